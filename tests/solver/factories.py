"""Small days and plans: every default in place, times as people write them."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from solver.plan import AimResult, PlacedMeeting, PlacedSession, Plan, Status
from solver.problem import (
    DEFAULT_AIMS,
    Aim,
    AnnouncedMeeting,
    Apart,
    Day,
    Meeting,
    Needs,
    Panel,
    Person,
    Problem,
    Rest,
    Room,
    Session,
    Span,
    Stretch,
    Supplier,
    Travel,
    Windows,
    Wish,
)
from solver.score import score

ALWAYS: Windows = (Span(0, 24 * 60),)
ONE_PERSON = Needs()
AT_ONCE = Travel()
SHA256 = "0" * 64

# Where something stands: its start, its room, and the people who attend.
Place = tuple[str | None, ...]


def at(text: str) -> int:
    """Minutes after midnight: `at("09:30") == 570`."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def spans(*texts: str) -> Windows:
    """Windows such as `spans("09:00-10:00", "11:00-12:00")`."""
    return tuple(Span(at(start), at(end)) for start, end in (text.split("-") for text in texts))


def day(opens: str = "08:00", closes: str = "16:00", step: int = 5) -> Day:
    return Day(date(2027, 4, 8), "Europe/Oslo", at(opens), at(closes), step)


def room(name: str, seats: int = 100, features: Iterable[str] = (), free: Windows = ALWAYS) -> Room:
    return Room(name, name, seats, frozenset(features), free)


EIGHT_TO_FOUR = day()
TWO_ROOMS = (room("r1"), room("r2"))


def person(
    name: str,
    buyer: str = "larvik",
    skills: Iterable[str] = (),
    free: Windows = ALWAYS,
    barred: Iterable[str] = (),
) -> Person:
    return Person(name, buyer, frozenset(skills), free, frozenset(barred))


def panel(
    name: str,
    *members: str,
    needs: Needs = ONE_PERSON,
    rooms: tuple[str, ...] = (),
    stays: bool = False,
    pause: int = 0,
    stretch: Stretch | None = None,
) -> Panel:
    """A panel; unlike in the format it does not stay unless told, so that a test meets one rule at a time."""
    return Panel(name, members, needs, rooms, stays, pause, stretch)


def supplier(
    name: str, seats: int = 1, *, online: bool = False, free: Windows = ALWAYS, wishes: tuple[Wish, ...] = ()
) -> Supplier:
    return Supplier(name, seats, online, free, wishes)


def session(
    name: str,
    minutes: int = 30,
    *,
    kind: str = "plenary",
    windows: Windows = ALWAYS,
    rooms: tuple[str, ...] = (),
    suppliers: tuple[str, ...] = (),
    panels: tuple[str, ...] = (),
    people: tuple[str, ...] = (),
    after: tuple[str, ...] = (),
) -> Session:
    return Session(name, name, kind, minutes, windows, rooms, suppliers, panels, people, after)


def meeting(
    name: str,
    *parties: str,
    minutes: int = 30,
    required: bool = False,
    weight: int = 1,
    after: tuple[str, ...] = (),
    windows: Windows = ALWAYS,
    rooms: tuple[str, ...] = (),
    pin: tuple[str | None, str | None] = (None, None),
) -> Meeting:
    start, pinned_room = pin
    pinned_start = None if start is None else at(start)
    return Meeting(name, parties, minutes, required, weight, after, windows, rooms, pinned_start, pinned_room)


def announced(name: str, start: str, room: str) -> AnnouncedMeeting:
    return AnnouncedMeeting(name, at(start), room)


def problem(
    *,
    rooms: tuple[Room, ...] = TWO_ROOMS,
    meetings: tuple[Meeting, ...] = (),
    people: tuple[Person, ...] = (),
    panels: tuple[Panel, ...] = (),
    suppliers: tuple[Supplier, ...] = (),
    sessions: tuple[Session, ...] = (),
    travel: Travel = AT_ONCE,
    rests: tuple[Rest, ...] = (),
    apart: tuple[Apart, ...] = (),
    breaks_differ_by: int | None = None,
    announced: tuple[AnnouncedMeeting, ...] = (),
    fixed_until: str | None = None,
    aims: tuple[Aim, ...] = DEFAULT_AIMS,
    frame: Day = EIGHT_TO_FOUR,
) -> Problem:
    """A day with every room filled in where none is named, as the format has it."""
    every = tuple(each.id for each in rooms)
    return Problem(
        day=frame,
        rooms=rooms,
        meetings=tuple(replace(each, rooms=each.rooms or every) for each in meetings),
        travel=travel,
        people=people,
        panels=tuple(replace(each, rooms=each.rooms or every) for each in panels),
        suppliers=suppliers,
        sessions=tuple(replace(each, rooms=each.rooms or (() if each.is_break else every)) for each in sessions),
        rests=rests,
        apart=apart,
        breaks_differ_by=breaks_differ_by,
        announced=announced,
        fixed_until=None if fixed_until is None else at(fixed_until),
        aims=aims,
    )


def plan_of(problem: Problem, **places: Place) -> Plan:
    """A plan that claims nothing: `plan_of(problem, m1=("09:00", "r1", "kari"), lunch=("11:00", None))`."""
    sessions = tuple(
        _placed_session(problem, name, *place[:2]) for name, place in places.items() if name in problem.session
    )
    meetings = tuple(_placed_meeting(problem, name, place) for name, place in places.items() if name in problem.meeting)
    return bare_plan(problem, sessions, meetings)


def bare_plan(problem: Problem, sessions: Iterable[PlacedSession], meetings: Iterable[PlacedMeeting]) -> Plan:
    """A plan of what is given, sorted, with the rest unplaced, and no aims."""
    met = tuple(sorted(meetings, key=lambda each: each.id))
    placed = {each.id for each in met}
    return Plan(
        status=Status.FEASIBLE,
        sessions=tuple(sorted(sessions, key=lambda each: each.id)),
        meetings=met,
        unplaced=tuple(sorted(each.id for each in problem.meetings if each.id not in placed)),
        aims=(),
        seed=1,
        workers=1,
        solver="none",
        seconds=0.0,
        problem_sha256=SHA256,
    )


def with_true_figures(problem: Problem, plan: Plan) -> Plan:
    """The plan with the value of every aim of the problem, each claimed proven."""
    values: Mapping[Aim, int] = score(problem, plan)
    aims = tuple(AimResult(aim, values[aim], values[aim], proven=True) for aim in problem.aims)
    return replace(plan, status=Status.OPTIMAL, aims=aims)


def _placed_session(problem: Problem, name: str, start: str | None, room: str | None) -> PlacedSession:
    begins = at(start or "")
    return PlacedSession(name, begins, begins + problem.session[name].minutes, room)


def _placed_meeting(problem: Problem, name: str, place: Place) -> PlacedMeeting:
    start, place_room, *people = (str(each) for each in place)
    return PlacedMeeting(name, at(start), at(start) + problem.meeting[name].minutes, place_room, tuple(sorted(people)))
