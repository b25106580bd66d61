"""Reads of booking: the desk, what is held, what has been done, and what nobody may move."""

from collections import Counter
from collections.abc import Collection
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
from app.proposals.models import Proposal
from app.proposals.queries import questions
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


def booked_in(db: Session, dialogue_id: UUID) -> list[UUID]:
    """The requests of a dialogue that have their time."""
    return list(db.scalars(sa.select(Booking.request_id).where(Booking.dialogue_id == dialogue_id)))


def held_in(db: Session, dialogue_id: UUID, at: datetime) -> dict[UUID, UUID]:
    """The requests whose time is held at this moment, by supplier."""
    held = sa.select(Hold.supplier_id, Hold.request_id).where(Hold.dialogue_id == dialogue_id, Hold.until > at)
    return dict(db.execute(held).all())


def drop_holds(db: Session, suppliers: Collection[UUID]) -> None:
    """Let go of what is held for these suppliers."""
    db.execute(sa.delete(Hold).where(Hold.supplier_id.in_(suppliers)))


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


def requests_by_id(db: Session, ids: Collection[UUID]) -> dict[UUID, MeetingRequest]:
    """These wished meetings."""
    return {one.id: one for one in db.scalars(sa.select(MeetingRequest).where(MeetingRequest.id.in_(ids)))}


def acts_of_all(db: Session, suppliers: Collection[UUID]) -> Counter[UUID]:
    """How often each of these suppliers has taken, moved or given back."""
    counted = sa.select(Act.supplier_id, sa.func.count()).where(Act.supplier_id.in_(suppliers))
    return Counter(dict(db.execute(counted.group_by(Act.supplier_id)).all()))


def acts_by_key(db: Session, keys: Collection[tuple[UUID, str]]) -> dict[tuple[UUID, str], Act]:
    """What suppliers have done under keys of their own."""
    if not keys:
        return {}
    mine = sa.select(Act).where(sa.tuple_(Act.supplier_id, Act.key).in_(keys))
    return {(one.supplier_id, one.key or ""): one for one in db.scalars(mine)}


def ready(db: Session, dialogue_id: UUID, suppliers: Collection[UUID]) -> set[UUID]:
    """Which of these have sent in what their meetings are about; where nothing is asked, nothing is due."""
    if not questions(db, dialogue_id):
        return set(suppliers)
    sent = sa.select(Proposal.supplier_id).where(Proposal.supplier_id.in_(suppliers))
    return set(db.scalars(sent))


def has_acts(db: Session, dialogue_id: UUID) -> bool:
    """Whether any supplier of a dialogue has taken a time by itself."""
    return bool(db.scalar(sa.select(sa.exists().where(Act.dialogue_id == dialogue_id))))


def acts_in(db: Session, dialogue_id: UUID) -> dict[UUID, int]:
    """How often each supplier of a dialogue has taken, moved or given back; those who never did are left out."""
    counted = sa.select(Act.supplier_id, sa.func.count()).where(Act.dialogue_id == dialogue_id)
    return dict(db.execute(counted.group_by(Act.supplier_id)).all())
