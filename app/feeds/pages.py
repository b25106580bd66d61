"""Feeds as calendar programs fetch them, and the pages where a supplier or a person gets the link to its own.

A feed needs no cookie and no sign-in, and says nothing new when nothing is new.
"""

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.days.models import Person
from app.dialogues import service as dialogues
from app.feeds import service
from app.feeds.answers import answer
from app.feeds.models import FeedKind
from app.kernel.access import Right, opened_by
from app.kernel.db import Db
from app.kernel.html import page
from app.suppliers.door import OwnSupplier
from app.suppliers.models import Supplier

router = APIRouter(include_in_schema=False)


@router.api_route("/d/{slug}/program.ics", methods=["GET", "HEAD"])
def public_feed(slug: str, request: Request, db: Db) -> Response:
    """The dates and the programme of a dialogue, for everybody."""
    return answer(request, service.public(db, slug))


@router.api_route("/f/{token}.ics", methods=["GET", "HEAD"])
def secret_feed(token: str, request: Request, db: Db) -> Response:
    """The feed that the token opens."""
    return answer(request, service.secret(db, token))


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
