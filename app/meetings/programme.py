"""The programme's times: a session claims its room and everyone who comes to it, so that no meeting is put over it."""

from collections.abc import Mapping
from datetime import UTC, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.days.models import Session as DaySession
from app.days.service import sessions_of
from app.kernel import clock, trail
from app.meetings import queries
from app.meetings.claims import claim, release
from app.meetings.models import SessionTime
from app.meetings.schemas import SessionPlace


def place(db: Session, dialogue_id: UUID, places: Mapping[UUID, SessionPlace]) -> bool:
    """Give the sessions their times, and claim them for those who come as of now; whether any time has changed."""
    timed = queries.session_times_of(db, dialogue_id)
    for time in timed.values():
        release(db, time)
    dropped = [time for session_id, time in timed.items() if session_id not in places]
    for time in dropped:
        db.delete(time)
    sessions = [session for session in sessions_of(db, dialogue_id) if session.id in places]
    changed = [_set(db, timed.get(session.id), session, places[session.id]) for session in sessions]
    db.flush()
    _claim(db, dialogue_id, sessions)
    return bool(dropped) or any(changed)


def _set(db: Session, known: SessionTime | None, session: DaySession, to: SessionPlace) -> bool:
    if known is not None and (known.room_id, known.starts_at) == (to.room_id, to.starts_at):
        return False
    time = known or SessionTime(dialogue_id=session.dialogue_id, session_id=session.id)
    time.room_id, time.starts_at, time.changed_at = to.room_id, to.starts_at.astimezone(UTC), clock.now()
    time.ends_at = time.starts_at + timedelta(minutes=session.minutes)
    db.add(time)
    trail.record(db, "timed", time, dialogue_id=session.dialogue_id, starts_at=to.starts_at.isoformat())
    return True


def _claim(db: Session, dialogue_id: UUID, sessions: list[DaySession]) -> None:
    timed, those = queries.session_times_of(db, dialogue_id), queries.those_of(db, dialogue_id)
    for session in sessions:
        time = timed[session.id]
        suppliers, people = those.at(session, time)
        rooms = [time.room_id] if time.room_id else []
        claim(db, time, [*rooms, *(one.id for one in suppliers), *(one.id for one in people)])
