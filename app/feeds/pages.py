"""Feeds as calendar programs fetch them, and as a page. The ending of an address says in which form.

A feed needs no cookie and no sign-in, and says nothing new when nothing is new. What its reader says it accepts is not
heeded: some programs say nothing, and others say too much.
"""

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.feeds import opening
from app.feeds.answers import answer
from app.feeds.opening import Opened
from app.feeds.picture import days
from app.kernel.db import Db
from app.kernel.html import page

router = APIRouter(include_in_schema=False)
READ = ["GET", "HEAD"]


@router.api_route("/d/{slug}/program.ics", methods=READ)
def public_feed(slug: str, request: Request, db: Db) -> Response:
    """The dates and the programme of a dialogue, for everybody."""
    return answer(request, opening.calendar(db, opening.by_slug(db, slug)))


@router.api_route("/d/{slug}/program.json", methods=READ)
def public_jcal(slug: str, request: Request, db: Db) -> Response:
    """The same as JSON."""
    return answer(request, opening.jcal(db, opening.by_slug(db, slug)))


@router.get("/d/{slug}/program.html")
def public_page(slug: str, request: Request, db: Db) -> Response:
    """The same as a page."""
    return _page(request, db, opening.by_slug(db, slug), f"/d/{slug}/program")


@router.api_route("/f/{token}.ics", methods=READ)
def secret_feed(token: str, request: Request, db: Db) -> Response:
    """The feed that the token opens."""
    return answer(request, opening.calendar(db, opening.by_token(db, token)))


@router.api_route("/f/{token}.json", methods=READ)
def secret_jcal(token: str, request: Request, db: Db) -> Response:
    """The same as JSON."""
    return answer(request, opening.jcal(db, opening.by_token(db, token)))


@router.api_route("/f/{token}.ifb", methods=READ)
def secret_busy_times(token: str, request: Request, db: Db) -> Response:
    """When the panel or person of the feed is busy, and nothing more."""
    return answer(request, opening.free_busy(db, opening.by_token(db, token)))


@router.get("/f/{token}.html")
def secret_page(token: str, request: Request, db: Db) -> Response:
    """The same as a page."""
    return _page(request, db, opening.by_token(db, token), f"/f/{token}")


def _page(request: Request, db: Session, opened: Opened, address: str) -> Response:
    return page(
        request,
        "feeds/days.html",
        dialogue=opened.dialogue,
        name=opened.whose.name,
        spoken=opened.whose.language,
        days=days(opening.agenda(db, opened)),
        address=address,
        has_busy_times=opened.whose.kind in opening.HAVE_BUSY_TIMES,
    )
