"""Feeds as calendar programs fetch them, and the pages where a supplier or a person gets the link to its own.

A feed needs no cookie and no sign-in, and says nothing new when nothing is new.
"""

from http import HTTPStatus

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.days.models import Person
from app.dialogues import service as dialogues
from app.feeds import service
from app.feeds.models import FeedKind
from app.feeds.service import Served
from app.kernel.access import Right, opened_by
from app.kernel.db import Db
from app.kernel.freshness import http_date, is_fresh
from app.kernel.html import page
from app.suppliers.door import OwnSupplier
from app.suppliers.models import Supplier

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


@router.get("/s/{supplier_id}/calendar")
def ask_for_supplier_link(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """Where a supplier asks for the link to its calendar."""
    return _calendar(request, db, supplier, f"/s/{supplier.id}")


@router.post("/s/{supplier_id}/calendar")
def make_supplier_link(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The link to a supplier's calendar, shown once."""
    return _new_link(request, db, supplier, f"/s/{supplier.id}")


@router.get("/p/{token}/calendar")
def ask_for_person_link(token: str, request: Request, db: Db) -> Response:
    """Where a person asks for the link to its calendar."""
    return _calendar(request, db, _person(db, token), f"/p/{token}")


@router.post("/p/{token}/calendar")
def make_person_link(token: str, request: Request, db: Db) -> Response:
    """The link to a person's calendar, shown once."""
    return _new_link(request, db, _person(db, token), f"/p/{token}")


def _person(db: Session, token: str) -> Person:
    person = db.get_one(Person, opened_by(db, token, Right.PERSON).about)
    db.info["actor"] = f"person:{person.id}"
    return person


def _new_link(request: Request, db: Session, whose: Supplier | Person, back: str) -> Response:
    kind = FeedKind.SUPPLIER if isinstance(whose, Supplier) else FeedKind.PERSON
    link = service.feed_link(db, kind, whose.id, dialogues.get(db, whose.dialogue_id))
    return _calendar(request, db, whose, back, link)


def _calendar(request: Request, db: Session, whose: Supplier | Person, back: str, link: str = "") -> Response:
    dialogue, webcal = dialogues.get(db, whose.dialogue_id), f"webcal:{link.partition(':')[2]}"
    supplier = whose if isinstance(whose, Supplier) else None
    return page(
        request, "feeds/calendar.html", dialogue=dialogue, supplier=supplier, link=link, webcal=webcal, back=back
    )
