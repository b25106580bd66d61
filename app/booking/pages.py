"""Booking for people: the times that can be had, as a list and a picture; held, taken, moved and given back."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.booking import queueing, service
from app.booking.ics import meeting_file
from app.booking.schemas import Gone, NotYet, Order
from app.booking.shown import day_of, own
from app.days.models import Panel
from app.dialogues.models import BookingWay
from app.dialogues.service import get as get_dialogue
from app.kernel import clock
from app.kernel.db import Db, transaction
from app.kernel.forms import typed_texts
from app.kernel.html import page
from app.kernel.rates import Rate, spend
from app.kernel.received import ReceivedAt
from app.kernel.refusals import Conflict, NotFound, Refusal
from app.meetings.models import MeetingRequest
from app.meetings.queries import appointments, booking_of
from app.planning import own_day
from app.planning.own_day import Entry
from app.suppliers.door import OwnSupplier, OwnSupplierAlone
from app.suppliers.models import Supplier

router = APIRouter(prefix="/s/{supplier_id}/booking", include_in_schema=False)

Texts = Annotated[dict[str, str], Depends(typed_texts)]
_GONE = "That time has just been taken. Nothing has been changed. Here is what can be had now."
_NOT_YET = "The day is being looked through after a change. Look again in some seconds."


@router.get("")
def choose(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The times that a supplier's meetings can have, and its own day."""
    return _choose(request, db, supplier)


@router.post("/look-again")
def look_again(supplier: OwnSupplier, db: Db) -> Response:
    """See to it that times are given out on the facts as they stand; the page that follows shows how far that is."""
    service.see_to_desk(db, get_dialogue(db, supplier.dialogue_id), clock.now())
    return _back(supplier)


@router.post("/hold")
def hold(texts: Texts, received_at: ReceivedAt, supplier: OwnSupplierAlone, request: Request) -> Response:
    """Keep a time for a supplier that has none, while it looks at what taking it means on the page that follows."""
    return _order(request, supplier, texts, received_at, is_hold=True)


@router.get("/confirm")
def confirm(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """What taking the time means for the supplier's day."""
    try:
        order = _wanted(supplier, request.query_params, clock.now(), is_hold=True)
    except Refusal:
        return _back(supplier)
    asked, held = service.request_of(db, supplier.id, order.request_id), service.hold_of(db, supplier.id, clock.now())
    booking = booking_of(db, asked.id)
    is_held = held is not None and (held.request_id, held.starts_at) == (asked.id, order.starts_at)
    if booking is None and not is_held:
        return _back(supplier)
    dialogue, wanted = get_dialogue(db, supplier.dialogue_id), service.opening_of(asked, order.starts_at)
    entries = own_day.of_supplier(appointments(db, dialogue.id), supplier)
    return page(
        request,
        "booking/confirm.html",
        dialogue=dialogue,
        supplier=supplier,
        held_until=held.until if held and is_held else None,
        asked=asked,
        wanted=wanted,
        panel=db.get_one(Panel, asked.panel_id),
        booking=booking,
        picture=day_of(db, dialogue, _but(entries, asked), held=wanted),
    )


def _but(entries: list[Entry], asked: MeetingRequest) -> list[Entry]:
    """The day without what is about to move."""
    return [entry for entry in entries if entry.appointment is not None and entry.appointment.uid != asked.id]


@router.post("/take")
def take(texts: Texts, received_at: ReceivedAt, supplier: OwnSupplierAlone, request: Request) -> Response:
    """Take a time, or move there."""
    return _order(request, supplier, texts, received_at, is_hold=False)


@router.post("/let-go")
def let_go(supplier: OwnSupplier, db: Db) -> Response:
    """Let go of the held time, and choose another."""
    service.let_go(db, supplier)
    return _back(supplier)


@router.post("/give-back")
def give_back(texts: Texts, received_at: ReceivedAt, supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """Give a time back, so that others can have it."""
    try:
        service.give_back(db, supplier, service.request_of(db, supplier.id, _id(texts)), received_at)
    except Conflict as refusal:
        return _choose(request, db, supplier, refusal)
    return _back(supplier)


@router.get("/meeting-{request_id}.ics")
def calendar_file(request_id: UUID, supplier: OwnSupplier, db: Db) -> Response:
    """One meeting for any calendar, to open with one click."""
    asked = service.request_of(db, supplier.id, request_id)
    booking = booking_of(db, asked.id)
    if booking is None:
        raise NotFound("That meeting has no time.")
    content = meeting_file(db, get_dialogue(db, supplier.dialogue_id), supplier, asked, booking)
    headers = {"Content-Disposition": 'attachment; filename="meeting.ics"'}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _order(
    request: Request, supplier: Supplier, texts: Mapping[str, str], received_at: datetime, *, is_hold: bool
) -> Response:
    spend(Rate.BOOKING, str(supplier.id))
    try:
        answer = queueing.order(_wanted(supplier, texts, received_at, is_hold=is_hold))
    except Refusal as refusal:
        return _chosen_anew(request, supplier, refusal)
    if isinstance(answer, Gone):
        return _chosen_anew(request, supplier, Conflict(_GONE))
    if isinstance(answer, NotYet):
        return _chosen_anew(request, supplier, Conflict(_NOT_YET))
    if not is_hold:
        return _back(supplier)
    looked_at = urlencode({name: texts[name] for name in ("meeting", "starts_at")})
    return RedirectResponse(f"/s/{supplier.id}/booking/confirm?{looked_at}", HTTPStatus.SEE_OTHER)


def _wanted(supplier: Supplier, texts: Mapping[str, str], received_at: datetime, *, is_hold: bool) -> Order:
    with transaction(reads_only=True) as db:
        asked = service.request_of(db, supplier.id, _id(texts))
    try:
        starts_at = datetime.fromisoformat(texts.get("starts_at", ""))
    except ValueError as unreadable:
        raise Conflict("Choose one of the times.") from unreadable
    if starts_at.tzinfo is None or not 2000 <= starts_at.year < 2200:
        raise Conflict("Choose one of the times.")
    return Order(supplier.id, asked.id, starts_at, received_at, is_hold=is_hold)


def _id(texts: Mapping[str, str]) -> UUID:
    try:
        return UUID(texts.get("meeting", ""))
    except ValueError as unreadable:
        raise NotFound("There is no such meeting.") from unreadable


def _back(supplier: Supplier) -> Response:
    return RedirectResponse(f"/s/{supplier.id}/booking", HTTPStatus.SEE_OTHER)


def _chosen_anew(request: Request, supplier: Supplier, refusal: Refusal) -> Response:
    with transaction(reads_only=True) as db:
        return _choose(request, db, supplier, refusal)


def _choose(request: Request, db: Session, supplier: Supplier, refusal: Refusal | None = None) -> Response:
    dialogue, now = get_dialogue(db, supplier.dialogue_id), clock.now()
    if dialogue.booking is not BookingWay.FIRST_COME:
        return RedirectResponse(f"/s/{supplier.id}/meeting", HTTPStatus.SEE_OTHER)
    is_open, may_book = service.is_open_at(dialogue, now), service.may_book(db, supplier)
    return page(
        request,
        "booking/choose.html",
        status=refusal.status if refusal else HTTPStatus.OK,
        dialogue=dialogue,
        supplier=supplier,
        refusal=refusal,
        is_open=is_open,
        is_laid=service.is_laid(db, dialogue),
        is_stuck=service.is_stuck(db, dialogue),
        is_over=dialogue.booking_closes_at is not None and now > dialogue.booking_closes_at,
        may_book=may_book,
        left=service.acts_left(db, supplier),
        own=own(db, dialogue, supplier, offers=is_open and may_book),
    )
