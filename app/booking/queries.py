"""Reads of booking: the desk, what is held, what has been done, and what nobody may move."""

from datetime import datetime
from threading import Lock
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.booking import translate
from app.booking.models import Act, Desk, DeskState, Hold
from app.booking.translate import Names
from app.dialogues.models import Dialogue
from app.kernel.refusals import NotFound
from app.meetings.models import Booking, MeetingRequest
from solver.exchange import Standing
from solver.exchanging.ground import Ground

MOST_GROUNDS = 8
_grounds: dict[tuple[UUID, datetime], tuple[Ground, Names]] = {}
_lock = Lock()


def desk_of(db: Session, dialogue_id: UUID) -> Desk | None:
    """The dialogue's desk; None before it was first asked for."""
    return db.scalars(sa.select(Desk).where(Desk.dialogue_id == dialogue_id)).one_or_none()


def is_good(desk: Desk | None, dialogue: Dialogue) -> bool:
    """Whether times can be given out at the desk: it is laid on the facts as they stand."""
    return desk is not None and desk.state is DeskState.READY and desk.facts_version == dialogue.facts_version


def standing_at(db: Session, desk: Desk) -> tuple[Standing, Names]:
    """The timetable of a desk that is laid, and what its words mean."""
    ground, names = _ground(db, desk)
    return Standing(ground, translate.read_placements(desk.placements)), names


def _ground(db: Session, desk: Desk) -> tuple[Ground, Names]:
    # The ground of a desk never changes once it is laid, and takes longer to read than all the rest.
    key = (desk.id, desk.laid_at)
    with _lock:
        if key not in _grounds:
            columns = sa.select(Desk.problem, Desk.plan, Desk.names).where(Desk.id == desk.id)
            problem, plan, names = db.execute(columns).one()
            while len(_grounds) >= MOST_GROUNDS:
                del _grounds[next(iter(_grounds))]
            _grounds[key] = translate.ground_of(problem, plan), translate.read_names(names)
        return _grounds[key]


def promised(db: Session, dialogue_id: UUID, at: datetime, *, but: UUID) -> set[UUID]:
    """The requests whose places nobody may move: what is booked, and held for suppliers `but` this one."""
    booked = sa.select(Booking.request_id).where(Booking.dialogue_id == dialogue_id)
    held = sa.select(Hold.request_id).where(Hold.dialogue_id == dialogue_id, Hold.until > at, Hold.supplier_id != but)
    return set(db.scalars(sa.union_all(booked, held)))


def hold_of(db: Session, supplier_id: UUID, at: datetime) -> Hold | None:
    """The time that is held for a supplier at this moment."""
    mine = sa.select(Hold).where(Hold.supplier_id == supplier_id, Hold.until > at)
    return db.scalars(mine).one_or_none()


def requests_of(db: Session, supplier_id: UUID) -> list[MeetingRequest]:
    """A supplier's wished meetings, by panel."""
    mine = sa.select(MeetingRequest).where(MeetingRequest.supplier_id == supplier_id)
    return list(db.scalars(mine.order_by(MeetingRequest.panel_id)))


def request_of(db: Session, supplier_id: UUID, request_id: UUID) -> MeetingRequest:
    """A supplier's own wished meeting; raises NotFound for those of others as for those that are not there."""
    found = db.get(MeetingRequest, request_id)
    if found is None or found.supplier_id != supplier_id:
        raise NotFound("There is no such meeting.")
    return found


def act_by_key(db: Session, supplier_id: UUID, key: str) -> Act | None:
    """What a supplier has done under a key of its own."""
    return db.scalars(sa.select(Act).where(Act.supplier_id == supplier_id, Act.key == key)).one_or_none()


def acts_of(db: Session, supplier_id: UUID) -> int:
    """How often a supplier has taken, moved or given back."""
    return db.scalars(sa.select(sa.func.count()).select_from(Act).where(Act.supplier_id == supplier_id)).one()


def acts_in(db: Session, dialogue_id: UUID) -> dict[UUID, int]:
    """How often each supplier of a dialogue has taken, moved or given back; those who never did are left out."""
    counted = sa.select(Act.supplier_id, sa.func.count()).where(Act.dialogue_id == dialogue_id)
    return dict(db.execute(counted.group_by(Act.supplier_id)).tuples().all())
