"""How a no leaves the house: as problem+json (RFC 9457) to systems, as a page to people, never as a trace."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException

from app.kernel import rates
from app.kernel.forms import sentence_of
from app.kernel.html import page
from app.kernel.languages import language_of_system, translate
from app.kernel.refusals import Invalid, NotFound, Refusal, UnknownToken

log = structlog.get_logger()


def install(app: FastAPI) -> None:
    """Give `app` our way of saying no, FastAPI's own refusals and our own faults included."""
    app.add_exception_handler(Refusal, _refusal)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)


def problem(request: Request, refusal: Refusal, **more: object) -> Response:
    """A no to a system as an answer of its own, with `more` in it: what the request has changed is kept."""
    return _problem(request, refusal.status, refusal.title, refusal.sentence, refusal.values, refusal.headers, **more)


def _is_system(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _refusal(request: Request, refusal: Exception) -> Response:
    assert isinstance(refusal, Refusal)  # noqa: S101 Starlette's handlers are typed for any exception
    if isinstance(refusal, UnknownToken) or isinstance(refusal.__cause__, UnknownToken):
        rates.note_wrong_token(request)
    return _say_no(request, refusal.status, refusal.title, refusal.sentence, refusal.values, refusal.headers)


def _invalid(request: Request, invalid: Exception) -> Response:
    assert isinstance(invalid, RequestValidationError)  # noqa: S101 as above
    if not _is_system(request):
        return _refusal(
            request, NotFound("There is nothing here. The link may have been withdrawn, or cut off on its way.")
        )
    language = language_of_system(request)
    errors = [
        {"place": _place(fault["loc"]), "detail": sentence_of(fault, language)} for fault in invalid.errors()[:50]
    ]
    first = errors[0]
    sentence = "{place}: {fault}"
    return _problem(
        request,
        Invalid.status,
        Invalid.title,
        sentence,
        {"place": first["place"], "fault": first["detail"]},
        {},
        errors=errors,
    )


def _place(location: tuple[int | str, ...]) -> str:
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location).lstrip(".")
    return path.encode("utf-8", "backslashreplace").decode()[:200]


def _http(request: Request, refused: Exception) -> Response:
    assert isinstance(refused, HTTPException)  # noqa: S101 as above
    status = _status(refused)
    sentence = {404: "There is nothing at this address.", 405: "This address does not take that method."}.get(
        status, "The request cannot be read."
    )
    titles = {kind.status: kind.title for kind in Refusal.__subclasses__()}
    title = titles.get(status, Refusal.title)
    return _say_no(request, status, title, sentence, {}, dict(refused.headers or {}))


def _status(refused: HTTPException) -> HTTPStatus:
    # A form of too many or too large parts is more than is taken; Starlette calls it unreadable, like a torn one.
    is_form = isinstance(refused.__context__, MultiPartException)
    is_too_much = is_form and str(refused.detail).startswith(("Too many", "Part exceeded", "Field exceeded"))
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_too_much else HTTPStatus(refused.status_code)


def _fault(request: Request, fault: Exception) -> Response:
    log.error("fault", method=request.method, route=_route(request), exc_info=fault)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _say_no(
        request,
        status,
        "A fault of ours",
        "Something is wrong on our side. It has been noted, and nothing of yours was changed.",
        {},
        {},
    )


def _route(request: Request) -> str:
    # The pattern, not the path: an address may hold a token.
    return str(getattr(request.scope.get("route"), "path", "unknown"))


def _say_no(
    request: Request,
    status: HTTPStatus,
    title: str,
    sentence: str,
    values: dict[str, object],
    headers: Mapping[str, str],
) -> Response:
    if _is_system(request):
        return _problem(request, status, title, sentence, values, headers)
    answer = page(request, "refusal.html", status=status, title=title, sentence=sentence, values=values)
    answer.headers.update(headers)
    return answer


def _problem(
    request: Request,
    status: HTTPStatus,
    title: str,
    sentence: str,
    values: dict[str, Any],
    headers: Mapping[str, str],
    **more: object,
) -> Response:
    language = language_of_system(request)
    problem = {
        "type": "about:blank",
        "title": translate(language, title),
        "status": int(status),
        "detail": translate(language, sentence, **values),
        **more,
    }
    return JSONResponse(
        problem, status, {**headers, "Content-Language": language}, media_type="application/problem+json"
    )
