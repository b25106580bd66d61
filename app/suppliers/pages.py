"""Registration for people: the form, and the links in letters that make a registration or a new address count."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.dialogues.models import Dialogue
from app.dialogues.service import by_slug
from app.kernel import clock
from app.kernel.db import Db
from app.kernel.forms import Typed, typed_texts
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.rates import Rate, by_client, note_wrong_token
from app.kernel.received import ReceivedAt
from app.kernel.refusals import NotFound
from app.suppliers import changing, checking, entering, service
from app.suppliers.countries import countries
from app.suppliers.door import start_session
from app.suppliers.form import RegistrationForm, typed_registration

router = APIRouter(include_in_schema=False)

Texts = Annotated[dict[str, str], Depends(typed_texts)]
_PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}  # the address holds a token


def _named(texts: Texts) -> dict[str, str]:
    """What was typed; a name that was left to the register is filled in when the register answers at once."""
    if texts.get("name", "").strip():
        return texts
    found = checking.at_the_door(texts.get("organisation_number", ""), texts.get("country", ""))
    return {**texts, "name": found.name} if found and found.name else texts


# The register is asked before a transaction is open, and after the moment that the deadline is held against.
Named = Annotated[dict[str, str], Depends(_named)]


@router.get("/d/{slug}/register")
def form(slug: str, request: Request, db: Db) -> Response:
    """The registration form, empty; or a page that says why there is none."""
    dialogue = by_slug(db, slug)
    if not service.is_open(dialogue, clock.now()):
        return page(request, "suppliers/closed.html", dialogue=dialogue)
    return _form(request, dialogue, Typed({"seats": "2"}))


@router.post("/d/{slug}/register", dependencies=[Depends(by_client(Rate.REGISTRATION))])
def register(slug: str, request: Request, _texts: Texts, received_at: ReceivedAt, named: Named, db: Db) -> Response:
    """Take in a registration; the page that follows is the same, whatever came of it."""
    dialogue = by_slug(db, slug)
    language = language_of(request)
    typed = typed_registration(named, language)
    if typed.value is None:
        return _form(request, dialogue, typed, HTTPStatus.UNPROCESSABLE_ENTITY)
    entering.register_openly(db, dialogue, typed.value.registration(language), received_at=received_at)
    return RedirectResponse(f"/d/{slug}/registered", HTTPStatus.SEE_OTHER)


def _form(
    request: Request, dialogue: Dialogue, typed: Typed[RegistrationForm], status: HTTPStatus = HTTPStatus.OK
) -> Response:
    known = countries(language_of(request))
    return page(request, "suppliers/register.html", status=status, dialogue=dialogue, typed=typed, countries=known)


@router.get("/d/{slug}/registered")
def registered(slug: str, request: Request, db: Db) -> Response:
    """What to expect after registering; it tells nothing of any company."""
    return page(request, "suppliers/registered.html", dialogue=by_slug(db, slug))


@router.get("/d/{slug}/confirm/{token}")
def ask_to_confirm(slug: str, token: str, request: Request, db: Db) -> Response:
    """What the letter's link would make count: looking at it changes nothing."""
    dialogue = by_slug(db, slug)
    try:
        registration = entering.to_be_confirmed(db, dialogue, token)
    except NotFound:
        return _lapsed(request, dialogue)
    answer = page(request, "suppliers/confirm.html", dialogue=dialogue, registration=registration, token=token)
    answer.headers.update(_PRIVATE)
    return answer


@router.post("/d/{slug}/confirm/{token}")
def confirm(slug: str, token: str, request: Request, db: Db) -> Response:
    """Make the registration count, once, and lead to the supplier's own page."""
    dialogue = by_slug(db, slug)
    try:
        supplier = entering.confirm(db, dialogue, token)
    except NotFound:
        return _lapsed(request, dialogue)
    if supplier is None:
        return RedirectResponse(f"/d/{slug}/registered", HTTPStatus.SEE_OTHER)
    answer = RedirectResponse(f"/s/{supplier.id}", HTTPStatus.SEE_OTHER)
    start_session(db, answer, supplier.id)
    return answer


@router.get("/d/{slug}/address/{token}")
def ask_to_confirm_address(slug: str, token: str, request: Request, db: Db) -> Response:
    """Which new address the letter's link would make hold: looking at it changes nothing."""
    dialogue = by_slug(db, slug)
    try:
        supplier = changing.new_address(db, dialogue, token)
    except NotFound:
        return _lapsed(request, dialogue)
    answer = page(request, "suppliers/confirm_address.html", dialogue=dialogue, supplier=supplier, token=token)
    answer.headers.update(_PRIVATE)
    return answer


@router.post("/d/{slug}/address/{token}")
def confirm_address(slug: str, token: str, request: Request, db: Db) -> Response:
    """Make the new address hold, once; every session ends, and a new one begins for whoever reads that mail."""
    dialogue = by_slug(db, slug)
    try:
        supplier = changing.confirm_address(db, dialogue, token)
    except NotFound:
        return _lapsed(request, dialogue)
    answer = RedirectResponse(f"/s/{supplier.id}/registration", HTTPStatus.SEE_OTHER)
    start_session(db, answer, supplier.id)
    return answer


def _lapsed(request: Request, dialogue: Dialogue) -> Response:
    note_wrong_token(request)
    is_open = service.is_open(dialogue, clock.now())
    answer = page(request, "suppliers/lapsed.html", status=HTTPStatus.NOT_FOUND, dialogue=dialogue, is_open=is_open)
    answer.headers.update(_PRIVATE)
    return answer


@router.get("/d/{slug}/withdrawn")
def withdrawn(slug: str, request: Request, db: Db) -> Response:
    """What has happened after a withdrawal; it tells nothing of any company."""
    return page(request, "suppliers/withdrawn.html", dialogue=by_slug(db, slug))


@router.get("/d/{slug}/erased")
def erased(slug: str, request: Request, db: Db) -> Response:
    """What has happened after people were erased; it tells nothing of any company."""
    return page(request, "suppliers/erased.html", dialogue=by_slug(db, slug))
