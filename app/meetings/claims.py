"""Claiming time: cells of five minutes, which the database lets nobody claim twice."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.days.schemas import CELL_MINUTES
from app.kernel.refusals import Conflict
from app.meetings.models import Booking, ClaimedCell, SessionTime

_CELL = timedelta(minutes=CELL_MINUTES)
_TAKEN = "That time has just been taken. Look at what is free now, and choose again."


def claim(db: Session, holder: Booking | SessionTime, resources: Iterable[UUID]) -> None:
    """Claim the time of the holder for each of the resources, all or none.

    Raises Conflict when any of it is taken. On PostgreSQL the transaction is lost then, back to its last savepoint.
    """
    claim_all(db, [(holder, resources)])


def claim_all(db: Session, wanted: Iterable[tuple[Booking | SessionTime, Iterable[UUID]]]) -> None:
    """Claim the times of many holders for the resources of each, all or none; raises as `claim` does."""
    rows = [
        {"resource_id": resource, "starts_at": moment, "booking_id": None, "session_time_id": None, **_held_by(holder)}
        for holder, resources in wanted
        for resource in set(resources)
        for moment in _moments(holder.starts_at, holder.ends_at)
    ]
    # Everyone claims in the same order, so that two who want the same wait for each other and never in a ring.
    rows.sort(key=lambda row: (row["resource_id"], row["starts_at"]))
    try:
        if rows:
            db.connection().execute(sa.insert(ClaimedCell), rows)
    except IntegrityError as lost:
        raise Conflict(_TAKEN) from lost


def release(db: Session, holder: Booking | SessionTime) -> None:
    """Give back all that the holder has claimed."""
    column, held = next(iter(_held_by(holder).items()))
    db.execute(sa.delete(ClaimedCell).where(getattr(ClaimedCell, column) == held))


def _held_by(holder: Booking | SessionTime) -> dict[str, UUID]:
    return {"booking_id" if isinstance(holder, Booking) else "session_time_id": holder.id}


def _moments(starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    moment = starts_at
    while moment < ends_at:
        yield moment
        moment += _CELL
