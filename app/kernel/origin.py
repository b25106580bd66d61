"""Where a form was sent from: what changes something is taken from our own pages only, beside SameSite cookies.

Our pages send no referrer, so browsers may call their origin “null”: what counts then is `Sec-Fetch-Site`, which every
present browser sends. A program that sends neither header has no cookies that another could abuse.
"""

from fastapi import Request

from app.kernel.refusals import Forbidden
from app.kernel.settings import settings

_OURS = {None, "same-origin", "none"}


async def refuse_foreign_forms(request: Request) -> None:
    """Let pass what reads, what systems send, and forms of our own pages; raises Forbidden for forms of other sites."""
    if request.method in {"GET", "HEAD", "OPTIONS"} or request.url.path.startswith("/api/"):
        return
    if request.headers.get("sec-fetch-site") not in _OURS or not _is_ours(request, request.headers.get("origin")):
        raise Forbidden("This form was sent from another site. Open the page here, and send it from there.")


def _is_ours(request: Request, origin: str | None) -> bool:
    hosts = {request.headers.get("host"), settings().base_url.partition("://")[2].partition("/")[0]}
    return origin is None or origin == "null" or origin.partition("://")[2] in hosts
