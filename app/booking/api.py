"""Booking over the API: organisers say how times are given out, suppliers' systems look, take and give back."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request, Response

from app.booking import laying, queueing, service, telling
from app.booking.schemas import Claim, DeskOut, Gone, Key, MeetingOut, NotYet, OpeningOut, OrderIn, WayIn
from app.dialogues.models import Dialogue
from app.dialogues.service import get as get_dialogue
from app.kernel.access import Token, check_organiser
from app.kernel.answers import problem
from app.kernel.db import Db
from app.kernel.received import ReceivedAt
from app.kernel.refusals import Conflict, Unavailable
from app.suppliers.models import Supplier
from app.suppliers.service import by_bearer

router = APIRouter(prefix="/api/v1", tags=["booking"])


def _own_dialogue(dialogue_id: UUID, token: Token, db: Db) -> Dialogue:
    check_organiser(db, token, dialogue_id)
    return get_dialogue(db, dialogue_id)


def _own_supplier(token: Token, db: Db) -> Supplier:
    return by_bearer(db, token)


Own = Annotated[Dialogue, Depends(_own_dialogue, scope="function")]
Caller = Annotated[Supplier, Depends(_own_supplier, scope="function")]
OrderKey = Annotated[Key | None, Header(alias="Idempotency-Key")]


@router.put("/dialogues/{dialogue_id}/booking")
def set_way(way: WayIn, dialogue: Own, db: Db) -> DeskOut:
    """Say whether suppliers choose their own times, and from when to when; 409 once somebody has booked."""
    service.set_way(db, dialogue, way)
    return telling.desk(db, dialogue)


@router.get("/dialogues/{dialogue_id}/booking")
def read_desk(dialogue: Own, db: Db) -> DeskOut:
    """How the desk stands, and how often each supplier has taken, moved or given back."""
    return telling.desk(db, dialogue)


@router.post("/dialogues/{dialogue_id}/booking/desk", status_code=HTTPStatus.ACCEPTED)
def lay_desk(dialogue: Own, db: Db) -> DeskOut:
    """Have the desk laid now; it is done by itself shortly before booking opens, and when facts change."""
    laying.ask_for(db, dialogue)
    return telling.desk(db, dialogue)


@router.get("/meetings")
def read_meetings(supplier: Caller, db: Db) -> list[MeetingOut]:
    """The supplier's meetings, with the times that each can have; the token is that of a session."""
    return telling.meetings(db, supplier)


@router.put("/meetings/{request_id}", response_model=MeetingOut)
async def take(
    request_id: UUID,
    order: OrderIn,
    request: Request,
    received_at: ReceivedAt,
    token: Token,
    key: OrderKey = None,
) -> MeetingOut | Response:
    """Give a meeting a time, or another; 409 with the times that can be had when it cannot."""
    served = await queueing.claim(Claim(token, request_id, order.starts_at, received_at, key))
    answer = served.answer
    if isinstance(answer, NotYet):
        return problem(request, Unavailable("The day is being looked through. Try again in some seconds."))
    if isinstance(answer, Gone):
        fresh = [OpeningOut.model_validate(one).model_dump(mode="json") for one in answer.fresh]
        return problem(request, Conflict("That time can no longer be had."), openings=fresh)
    return MeetingOut(
        meeting=request_id,
        panel=served.panel,
        minutes=served.minutes,
        starts_at=answer.opening.starts_at,
        ends_at=answer.opening.ends_at,
        openings=[],
    )


@router.delete("/meetings/{request_id}", status_code=HTTPStatus.NO_CONTENT)
def give_back(request_id: UUID, received_at: ReceivedAt, supplier: Caller, db: Db) -> None:
    """Give a meeting's time back, so that others can have it."""
    service.give_back(db, supplier, service.request_of(db, supplier.id, request_id), received_at)
