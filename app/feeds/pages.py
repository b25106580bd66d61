"""Feeds as calendar programs fetch them: no cookie, no sign-in, and nothing new when nothing is new."""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response

from app.feeds import service
from app.feeds.freshness import http_date, is_fresh
from app.feeds.service import Served
from app.kernel.db import Db

router = APIRouter(include_in_schema=False)


@router.api_route("/d/{slug}/program.ics", methods=["GET", "HEAD"])
def public_feed(slug: str, request: Request, db: Db) -> Response:
    """The dates and the programme of a dialogue, for everybody."""
    return _answer(request, service.public(db, slug))


@router.api_route("/f/{token}.ics", methods=["GET", "HEAD"])
def secret_feed(token: str, request: Request, db: Db) -> Response:
    """The feed that the token opens."""
    return _answer(request, service.secret(db, token))


def _answer(request: Request, served: Served) -> Response:
    headers = {
        "ETag": f'"{served.etag}"',
        "Last-Modified": http_date(served.changed_at),
        "Cache-Control": "private, max-age=300, must-revalidate",
        "X-Robots-Tag": "noindex",
    }
    if is_fresh(request.headers, served.etag, served.changed_at):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if request.method == "HEAD":
        headers["Content-Length"] = str(len(served.body))
    content = b"" if request.method == "HEAD" else served.body
    return Response(content, headers=headers, media_type="text/calendar; charset=utf-8")
