"""One-to-one meetings over the API, for the organiser's systems."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.kernel.access import Token, check_organiser
from app.kernel.db import Db
from app.meetings import queries, service
from app.meetings.naming import Naming
from app.meetings.schemas import (
    BarredIn,
    BarredOut,
    BookingIn,
    BookingOut,
    MeetingRequestIn,
    MeetingRequestOut,
    MoveIn,
)

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}", tags=["meetings"])


def _names(dialogue_id: UUID, token: Token, db: Db) -> Naming:
    check_organiser(db, token, dialogue_id)
    return Naming(queries.those_of(db, dialogue_id))


Names = Annotated[Naming, Depends(_names, scope="function")]


@router.post("/meeting-requests", status_code=HTTPStatus.CREATED)
def request_meeting(wish: MeetingRequestIn, names: Names, db: Db) -> MeetingRequestOut:
    """Note that a supplier is to meet a panel."""
    return names.told_request(service.request(db, names.supplier(wish.supplier), names.panel(wish.panel), wish.minutes))


@router.get("/meeting-requests")
def read_requests(dialogue_id: UUID, names: Names, db: Db) -> list[MeetingRequestOut]:
    """The wished meetings, by supplier and panel."""
    return names.told_requests(queries.requests_of(db, dialogue_id).values())


@router.post("/barred", status_code=HTTPStatus.CREATED)
def bar(who: BarredIn, names: Names, db: Db) -> BarredOut:
    """Note that a person must not attend a supplier's meetings."""
    return names.told_barred([service.bar(db, names.person(who.person), names.supplier(who.supplier))])[0]


@router.get("/barred")
def read_barred(dialogue_id: UUID, names: Names, db: Db) -> list[BarredOut]:
    """Who must not attend whose meetings, by person and supplier."""
    return names.told_barred(queries.barred_of(db, dialogue_id))


@router.post("/bookings", status_code=HTTPStatus.CREATED)
def book(wanted: BookingIn, dialogue_id: UUID, names: Names, db: Db) -> BookingOut:
    """Give a wished meeting its time and room; 409 when any of it is taken."""
    asked = service.request_in(db, dialogue_id, wanted.request)
    return names.told_booking(service.book(db, asked, names.place(wanted)), asked)


@router.get("/bookings")
def read_bookings(dialogue_id: UUID, names: Names, db: Db) -> list[BookingOut]:
    """The booked meetings, by their start."""
    return names.told_bookings(queries.bookings_of(db, dialogue_id), queries.requests_of(db, dialogue_id))


@router.put("/bookings/{booking_id}")
def move(booking_id: UUID, wanted: MoveIn, dialogue_id: UUID, names: Names, db: Db) -> BookingOut:
    """Give a booked meeting another time, room or people; 409 when any of it is taken, and then nothing is changed."""
    booking, asked = service.booking_in(db, dialogue_id, booking_id)
    return names.told_booking(service.move(db, booking, names.place(wanted)), asked)


@router.delete("/bookings/{booking_id}", status_code=HTTPStatus.NO_CONTENT)
def cancel(booking_id: UUID, dialogue_id: UUID, names: Names, db: Db) -> None:  # noqa: ARG001 `names` is who may
    """Take a meeting's time back; the wish for it stands."""
    booking, _ = service.booking_in(db, dialogue_id, booking_id)
    service.cancel(db, booking)
