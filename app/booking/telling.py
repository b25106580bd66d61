"""What is told of booking at its doors: to a supplier of itself alone, to the organiser of all."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.booking import queries, service
from app.booking.models import DeskState
from app.booking.schemas import DeskOut, MeetingOut, NotYet, Opening, OpeningOut
from app.days.models import Panel
from app.dialogues.models import Dialogue
from app.dialogues.service import get as get_dialogue
from app.kernel import clock
from app.meetings.models import Booking, MeetingRequest
from app.meetings.queries import booking_of
from app.suppliers.models import Supplier


def desk(db: Session, dialogue: Dialogue) -> DeskOut:
    """How the desk of a dialogue stands; `acts` counts by the suppliers' handles."""
    found = queries.desk_of(db, dialogue.id)
    handles = dict(db.execute(sa.select(Supplier.id, Supplier.handle).where(Supplier.dialogue_id == dialogue.id)).all())
    booked = sa.select(sa.func.count()).select_from(Booking).where(Booking.dialogue_id == dialogue.id)
    asked = sa.select(sa.func.count()).select_from(MeetingRequest).where(MeetingRequest.dialogue_id == dialogue.id)
    return DeskOut(
        way=dialogue.booking,
        opens_at=dialogue.booking_opens_at,
        closes_at=dialogue.booking_closes_at,
        state=found.state if found else DeskState.WAITING,
        meetings=db.scalars(asked).one(),
        placed=len(found.placements) if found else 0,
        booked=db.scalars(booked).one(),
        acts={handles[supplier]: count for supplier, count in queries.acts_in(db, dialogue.id).items()},
    )


def meetings(db: Session, supplier: Supplier) -> list[MeetingOut]:
    """A supplier's meetings with the times that each can have; none while times are not given out."""
    dialogue = get_dialogue(db, supplier.dialogue_id)
    told = []
    for asked in service.requests_of(db, supplier.id):
        found = service.look(db, dialogue, asked) if service.is_open_at(dialogue, clock.now()) else ()
        openings = [] if isinstance(found, NotYet) else [OpeningOut.model_validate(one) for one in found]
        booking = booking_of(db, asked.id)
        had = Opening(booking.starts_at, booking.ends_at) if booking else None
        told.append(meeting(db, asked, had, openings))
    return told


def meeting(
    db: Session, asked: MeetingRequest, had: Opening | None, openings: list[OpeningOut] | None = None
) -> MeetingOut:
    """One meeting of a supplier, with the time that it has."""
    return MeetingOut(
        meeting=asked.id,
        panel=db.get_one(Panel, asked.panel_id).name,
        minutes=asked.minutes,
        starts_at=had.starts_at if had else None,
        ends_at=had.ends_at if had else None,
        openings=openings or [],
    )
