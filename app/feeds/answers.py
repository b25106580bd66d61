"""How a feed goes out over HTTP (RFC 9110): with what programs go by, and nothing new when nothing is new. Pure."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from fastapi import Request, Response

from app.kernel.freshness import http_date, is_fresh

CALENDAR = "text/calendar; charset=utf-8"
JCAL = "application/calendar+json"


@dataclass(frozen=True, slots=True)
class Served:
    """What goes out: its bytes, the hash of them, since when they are so, and of what type they are."""

    body: bytes
    etag: str
    changed_at: datetime
    media_type: str = CALENDAR


def answer(request: Request, served: Served) -> Response:
    """The whole of it, its head alone, or that the caller has it already."""
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
    return Response(content, headers=headers, media_type=served.media_type)
