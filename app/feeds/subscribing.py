"""The pages where a supplier, a person or the organiser gets the link to its own calendar, and closes old ones."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from sqlalchemy.orm import Session

from app.days.door import own_person
from app.days.models import Person
from app.dialogues import service as dialogues
from app.dialogues.door import OwnDialogue
from app.dialogues.models import Dialogue
from app.feeds import service
from app.feeds.models import FeedKind
from app.kernel.db import Db
from app.kernel.html import page
from app.suppliers.door import OwnSupplier
from app.suppliers.models import Supplier

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Asks:
    """Who asks for a link, where it stands, and what its page looks like."""

    whose: Supplier | Person | Dialogue
    kind: FeedKind
    back: str
    template: str = "feeds/calendar.html"


@router.get("/s/{supplier_id}/calendar")
def ask_for_supplier_link(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """Where a supplier asks for the link to its calendar."""
    return _calendar(request, db, _supplier(supplier))


@router.post("/s/{supplier_id}/calendar")
def make_supplier_link(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The link to a supplier's calendar, shown once."""
    return _another_link(request, db, _supplier(supplier))


@router.post("/s/{supplier_id}/calendar/anew")
def make_only_supplier_link(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The link to a supplier's calendar in place of all earlier ones."""
    return _only_link(request, db, _supplier(supplier))


@router.get("/p/{token}/calendar")
def ask_for_person_link(token: str, request: Request, db: Db) -> Response:
    """Where a person asks for the link to its calendar."""
    return _calendar(request, db, _person(db, token))


@router.post("/p/{token}/calendar")
def make_person_link(token: str, request: Request, db: Db) -> Response:
    """The link to a person's calendar, shown once."""
    return _another_link(request, db, _person(db, token))


@router.post("/p/{token}/calendar/anew")
def make_only_person_link(token: str, request: Request, db: Db) -> Response:
    """The link to a person's calendar in place of all earlier ones."""
    return _only_link(request, db, _person(db, token))


@router.get("/o/{token}/calendar")
def ask_for_organiser_link(token: str, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """Where the organiser asks for the link to the calendar of the whole dialogue."""
    return _calendar(request, db, _organiser(token, dialogue))


@router.post("/o/{token}/calendar")
def make_organiser_link(token: str, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """The link to the organiser's calendar, shown once."""
    return _another_link(request, db, _organiser(token, dialogue))


@router.post("/o/{token}/calendar/anew")
def make_only_organiser_link(token: str, dialogue: OwnDialogue, request: Request, db: Db) -> Response:
    """The link to the organiser's calendar in place of all earlier ones."""
    return _only_link(request, db, _organiser(token, dialogue))


def _supplier(supplier: Supplier) -> Asks:
    return Asks(supplier, FeedKind.SUPPLIER, f"/s/{supplier.id}")


def _person(db: Session, token: str) -> Asks:
    person = own_person(db, token)
    return Asks(person, FeedKind.PERSON, f"/p/{token}")


def _organiser(token: str, dialogue: Dialogue) -> Asks:
    return Asks(dialogue, FeedKind.ORGANISER, f"/o/{token}", "feeds/organiser_calendar.html")


def _another_link(request: Request, db: Session, asks: Asks) -> Response:
    return _calendar(request, db, asks, service.feed_link(db, asks.kind, asks.whose.id, _dialogue(db, asks)))


def _only_link(request: Request, db: Session, asks: Asks) -> Response:
    return _calendar(request, db, asks, service.new_link(db, asks.kind, asks.whose.id, _dialogue(db, asks)))


def _dialogue(db: Session, asks: Asks) -> Dialogue:
    whose = asks.whose
    return whose if isinstance(whose, Dialogue) else dialogues.get(db, whose.dialogue_id)


def _calendar(request: Request, db: Session, asks: Asks, link: str = "") -> Response:
    return page(
        request,
        asks.template,
        dialogue=_dialogue(db, asks),
        supplier=asks.whose if isinstance(asks.whose, Supplier) else None,
        token=asks.back.rpartition("/")[2],
        run=None,
        refusal=None,
        link=link,
        webcal=f"webcal:{link.partition(':')[2]}",
        has_links=service.has_links(db, asks.kind, asks.whose.id),
        back=asks.back,
    )
