"""Between a dialogue's facts and its desk: the day with its bookings pinned, and a timetable in its words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.kernel import clock
from app.meetings.models import Booking, SessionTime
from app.planning.translate import Facts, problem_of
from solver.exchanging.ground import Ground
from solver.exchanging.timetable import Placement
from solver.files import read_plan, read_problem, write_problem
from solver.plan import Plan
from solver.problem import Aim, Meeting, Problem, Session, Span

Placements = Mapping[str, Placement]

VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Names:
    """Whom the words of a day file mean: requests, rooms and people by id, and the day's date and zone."""

    requests: Mapping[UUID, str]
    rooms: Mapping[str, UUID]
    people: Mapping[str, UUID]
    day: date
    zone: ZoneInfo

    def moment(self, minutes: int) -> datetime:
        """The moment, in UTC, that is so many minutes after midnight of the day."""
        return clock.wall(self.day, minutes, self.zone).astimezone(UTC)

    def minutes(self, moment: datetime) -> int | None:
        """Minutes after midnight of the day; None for a moment of another day, or off the minute."""
        local = moment.astimezone(self.zone)
        if local.date() != self.day or local.second or local.microsecond:
            return None
        return clock.minutes_after_midnight(moment, self.zone)


def names_of(facts: Facts) -> dict[str, Any]:
    """Whom the words of these facts' day file mean, as they are kept."""
    return {
        "requests": {str(request.id): name for name, request in facts.meetings.items()},
        "rooms": {room.handle: str(room.id) for room in facts.rooms},
        "people": {person.handle: str(person.id) for person in facts.people},
        "date": facts.day.date.isoformat(),
        "zone": facts.day.timezone,
    }


def read_names(kept: Mapping[str, Any]) -> Names:
    """The names as they were kept."""
    return Names(
        requests={UUID(request): name for request, name in kept["requests"].items()},
        rooms={handle: UUID(room) for handle, room in kept["rooms"].items()},
        people={handle: UUID(person) for handle, person in kept["people"].items()},
        day=date.fromisoformat(kept["date"]),
        zone=ZoneInfo(kept["zone"]),
    )


def day_file(facts: Facts, timed: Mapping[UUID, SessionTime]) -> bytes:
    """The day file of these facts with what is booked, and every session that has its time, where they are.

    A session keeps its time, but not a room that no longer holds all who come to it. Only that suppliers get their
    meetings counts: when is for them to choose.
    """
    problem = read_problem(problem_of(facts))
    booked = {one.request_id: one for one in facts.bookings}
    pinned = {name: booked[request.id] for name, request in facts.meetings.items() if request.id in booked}
    rooms = {room.id: room.handle for room in facts.rooms}
    at = {session.handle: timed[session.id] for session in facts.sessions if session.id in timed}
    zone = ZoneInfo(facts.day.timezone)
    return write_problem(
        replace(
            problem,
            meetings=tuple(_pinned(each, pinned.get(each.id), rooms, zone) for each in problem.meetings),
            sessions=tuple(
                _timed(each, at.get(each.id), _holding(each, problem, rooms), zone) for each in problem.sessions
            ),
            announced=(),
            aims=(Aim.REACHED, Aim.PLACED),
        )
    )


def _pinned(meeting: Meeting, booking: Booking | None, rooms: Mapping[UUID, str], zone: ZoneInfo) -> Meeting:
    if booking is None:
        return meeting
    start = clock.minutes_after_midnight(booking.starts_at, zone)
    return replace(meeting, start=start, room=rooms[booking.room_id], required=True)


def _timed(session: Session, time: SessionTime | None, rooms: Mapping[UUID, str], zone: ZoneInfo) -> Session:
    if time is None:
        return session
    start = clock.minutes_after_midnight(time.starts_at, zone)
    held = session.rooms if time.room_id is None or time.room_id not in rooms else (rooms[time.room_id],)
    return replace(session, windows=(Span(start, start + session.minutes),), rooms=held)


def _holding(session: Session, problem: Problem, rooms: Mapping[UUID, str]) -> Mapping[UUID, str]:
    """Which of the rooms hold all who come to a session."""
    coming = [problem.supplier[name] for name in session.suppliers]
    seats = sum(one.seats for one in coming) + len(session.people)
    features = {VIDEO} if any(one.online for one in coming) else set()
    known = {each.id for each in problem.rooms if each.seats >= seats and each.features >= features}
    return {room: handle for room, handle in rooms.items() if handle in known}


def ground_of(problem: str, plan: str) -> Ground:
    """The unchanging part of a desk's day."""
    asked, made = files_of(problem, plan)
    return Ground(asked, made.sessions)


def files_of(problem: str, plan: str) -> tuple[Problem, Plan]:
    """The day and the plan that a desk was laid from."""
    asked = read_problem(problem.encode())
    return asked, read_plan(plan.encode(), asked)


def first_placements(plan: Plan) -> dict[str, Placement]:
    """The timetable as the solver has made it."""
    return {each.id: Placement(each.start, each.room, each.people) for each in plan.meetings}


def kept_placements(placements: Placements) -> dict[str, Any]:
    """A timetable as it is kept."""
    return {name: [at.start, at.room, list(at.people)] for name, at in placements.items()}


def read_placements(kept: Mapping[str, Any]) -> dict[str, Placement]:
    """A timetable as it was kept."""
    return {name: Placement(start, room, tuple(people)) for name, (start, room, people) in kept.items()}


def known(names: Names, requests: Iterable[UUID]) -> set[str]:
    """What the day file calls these requests; those it does not know are left out."""
    return {names.requests[request] for request in requests if request in names.requests}
