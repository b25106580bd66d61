"""Reads of planning: plan runs, and the facts that a plan depends on."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.service import day_of, panels_of, people_of, rooms_of, sessions_of
from app.dialogues.service import buyers_of
from app.kernel.refusals import NotFound
from app.meetings.queries import barred_of, bookings_of, requests_of
from app.planning.models import PlanRun
from app.planning.translate import Facts
from app.suppliers.service import of_dialogue


def facts_of(db: Session, dialogue_id: UUID) -> Facts:
    """What a plan depends on, as it stands now; raises NotFound until the hours of the day have been set."""
    return Facts(
        day=day_of(db, dialogue_id),
        buyers=buyers_of(db, dialogue_id),
        rooms=rooms_of(db, dialogue_id),
        people=people_of(db, dialogue_id),
        panels=panels_of(db, dialogue_id),
        sessions=sessions_of(db, dialogue_id),
        suppliers=of_dialogue(db, dialogue_id),
        requests=list(requests_of(db, dialogue_id).values()),
        barred=barred_of(db, dialogue_id),
        bookings=list(bookings_of(db, dialogue_id).values()),
    )


def run(db: Session, run_id: UUID) -> PlanRun:
    """The plan run with this id; raises NotFound."""
    found = db.get(PlanRun, run_id)
    if found is None:
        raise NotFound("There is no such plan.")
    return found


def run_in(db: Session, dialogue_id: UUID, run_id: UUID) -> PlanRun:
    """The plan run with this id in this dialogue; raises NotFound for those of others, too."""
    found = run(db, run_id)
    if found.dialogue_id != dialogue_id:
        raise NotFound("There is no such plan.")
    return found


def latest_run(db: Session, dialogue_id: UUID) -> PlanRun | None:
    """The plan run that was asked for last; None when none has been."""
    mine = sa.select(PlanRun).where(PlanRun.dialogue_id == dialogue_id)
    return db.scalars(mine.order_by(PlanRun.requested_at.desc(), PlanRun.id).limit(1)).one_or_none()


def runs_of(db: Session, dialogue_id: UUID) -> list[PlanRun]:
    """The last hundred plan runs of a dialogue, the latest first."""
    mine = sa.select(PlanRun).where(PlanRun.dialogue_id == dialogue_id)
    return list(db.scalars(mine.order_by(PlanRun.requested_at.desc(), PlanRun.id).limit(100)))
