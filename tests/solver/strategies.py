"""Random tiny days that touch every part of the day format and can often be solved."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from hypothesis import strategies as st

from solver.attendance import time_text
from solver.problem import (
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
from solver.verify_place import VIDEO
from tests.solver.factories import day, problem

T = TypeVar("T")

STEP = 15
ROOMS = ("r1", "r2")
# One person goes by the name of a supplier: they share no name space.
PEOPLE = ("kari", "acme", "per")
SESSIONS, MEETINGS = ("s1", "s2"), ("m1", "m2", "m3")
SKILLS = ("health", "minutes")
ODD_MINUTES = (5, 10, 15, 20, 30, 40)

rarely = st.integers(1, 8).map(lambda turn: turn == 8)


def mostly(usual: T, otherwise: st.SearchStrategy[T], among: int = 4) -> st.SearchStrategy[T]:
    """The usual value, and one time among so many something else."""
    return st.integers(1, among).flatmap(lambda turn: otherwise if turn == among else st.just(usual))


def some(items: Sequence[T], least: int = 0, most: int | None = None) -> st.SearchStrategy[tuple[T, ...]]:
    """Some of the items, each at most once, in the order given."""
    at_most = len(items) if most is None else min(most, len(items))
    chosen = st.lists(st.sampled_from(range(len(items))), min_size=least, max_size=at_most, unique=True)
    return chosen.map(lambda places: tuple(items[place] for place in sorted(places))) if items else st.just(())


@st.composite
def spans(draw: st.DrawFn, frame: Day) -> Span:
    """A piece of the day on the grid."""
    steps = (frame.closes - frame.opens) // STEP
    start = draw(st.integers(0, steps - 1))
    end = draw(st.integers(start + 1, steps))
    return Span(frame.opens + start * STEP, frame.opens + end * STEP)


def windows(frame: Day) -> st.SearchStrategy[Windows]:
    """Mostly the whole day, else one piece of it or two that may touch or overlap."""
    return mostly((frame.whole,), st.lists(spans(frame), min_size=1, max_size=2).map(tuple), 6)


def starts(frame: Day) -> st.SearchStrategy[int]:
    return st.sampled_from(range(frame.opens, frame.closes, STEP))


@st.composite
def rooms(draw: st.DrawFn, frame: Day) -> tuple[Room, ...]:
    features = st.sampled_from([frozenset({VIDEO}), frozenset({VIDEO}), frozenset[str]()])
    return tuple(
        Room(name, name, draw(mostly(8, st.integers(2, 4))), draw(features), draw(windows(frame)))
        for name in ROOMS[: draw(st.integers(1, 2))]
    )


@st.composite
def travels(draw: st.DrawFn) -> Travel:
    minutes = st.sampled_from((0, 5, 15, 20))
    between = draw(mostly({}, st.builds(lambda needed: {frozenset(ROOMS): needed}, minutes)))
    return Travel(draw(mostly(0, minutes)), between)


@st.composite
def suppliers(draw: st.DrawFn, frame: Day) -> tuple[Supplier, ...]:
    wish = st.builds(Wish, spans(frame), st.integers(1, 3))
    return tuple(
        Supplier(
            name,
            seats=draw(mostly(1, st.integers(0, 2))),
            online=draw(rarely),
            free=draw(windows(frame)),
            wishes=draw(mostly((), st.lists(wish, min_size=1, max_size=2).map(tuple), 2)),
        )
        for name in ("acme", "beta", "cito")[: draw(st.sampled_from((2, 3, 1)))]
    )


@st.composite
def people(draw: st.DrawFn, frame: Day, barred_from: tuple[str, ...]) -> tuple[Person, ...]:
    return tuple(
        Person(
            name,
            buyer=draw(st.sampled_from(("larvik", "skien"))),
            skills=frozenset(draw(some(SKILLS))),
            free=draw(windows(frame)),
            barred=frozenset(draw(mostly((), some(barred_from, 1, 1)))),
        )
        for name in PEOPLE[: draw(st.sampled_from((2, 3, 1)))]
    )


@st.composite
def needs(draw: st.DrawFn) -> Needs:
    skills = draw(mostly({}, st.dictionaries(st.sampled_from(SKILLS), st.just(1), min_size=1)))
    return Needs(draw(mostly(1, st.integers(0, 2))), draw(mostly(0, st.integers(1, 2))), skills)


@st.composite
def panels(draw: st.DrawFn, members: tuple[str, ...], known_rooms: tuple[str, ...]) -> tuple[Panel, ...]:
    stretch = st.builds(Stretch, st.sampled_from((15, 30, 45)), st.sampled_from(ODD_MINUTES))
    return tuple(
        Panel(
            name,
            members=draw(some(members, 1, 2)),
            needs=draw(needs()),
            rooms=draw(mostly(known_rooms, some(known_rooms, 1))),
            stays=draw(st.booleans()),
            pause_minutes=draw(mostly(0, st.sampled_from(ODD_MINUTES))),
            stretch=draw(mostly(None, stretch)),
        )
        for name in ("p1", "p2")[: draw(st.sampled_from((1, 2, 1, 0)))]
    )


@st.composite
def sessions(draw: st.DrawFn, frame: Day, crew: "Crew", order: tuple[str, ...]) -> tuple[Session, ...]:
    return tuple(
        Session(
            name,
            name,
            kind=draw(st.sampled_from(("break", "plenary", "workshop"))),
            minutes=draw(st.sampled_from((STEP, 2 * STEP))),
            windows=draw(windows(frame)),
            rooms=draw(mostly((), some(crew.rooms, 1))),
            suppliers=draw(mostly(crew.suppliers, some(crew.suppliers), 2)),
            panels=draw(some(crew.panels)),
            people=draw(mostly((), some(crew.people), 2)),
            after=draw(mostly((), some(order[: order.index(name)]))),
        )
        for name in order
        if name in SESSIONS
    )


@st.composite
def meetings(draw: st.DrawFn, frame: Day, crew: "Crew", order: tuple[str, ...]) -> tuple[Meeting, ...]:
    return tuple(
        Meeting(
            name,
            parties=draw(parties(crew)),
            minutes=draw(st.sampled_from((STEP, 2 * STEP))),
            required=draw(rarely),
            weight=draw(mostly(1, st.integers(0, 3), 2)),
            after=draw(mostly((), some(order[: order.index(name)]))),
            windows=draw(windows(frame)),
            rooms=draw(mostly((), some(crew.rooms, 1))),
            start=draw(mostly(None, starts(frame), 6)),
            room=draw(mostly(None, st.sampled_from(crew.rooms), 6)),
        )
        for name in order
        if name in MEETINGS
    )


@st.composite
def parties(draw: st.DrawFn, crew: "Crew") -> tuple[str, ...]:
    """Mostly a supplier and a panel; else any two or three, such as a consortium or two suppliers alone."""
    everyone = (*crew.panels, *crew.suppliers)
    if crew.panels and draw(st.integers(1, 4)) > 1:
        return draw(st.sampled_from(crew.suppliers)), draw(st.sampled_from(crew.panels))
    return draw(some(everyone, 2, 3))


def rests(frame: Day, crew: "Crew") -> st.SearchStrategy[tuple[Rest, ...]]:
    one = st.builds(Rest, some(crew.suppliers), some(crew.people), st.sampled_from(ODD_MINUTES), spans(frame))
    return mostly((), st.tuples(one))


def groups_apart(crew: "Crew") -> st.SearchStrategy[tuple[Apart, ...]]:
    return mostly((), st.tuples(st.builds(Apart, some(crew.suppliers), st.sampled_from(ODD_MINUTES))), 3)


@st.composite
def promises(draw: st.DrawFn, frame: Day, crew: "Crew", known: tuple[str, ...]) -> tuple[AnnouncedMeeting, ...]:
    return tuple(
        AnnouncedMeeting(name, draw(starts(frame)), draw(st.sampled_from(crew.rooms)))
        for name in draw(mostly((), some(known), 2))
    )


@dataclass(frozen=True)
class Crew:
    """The ids of all who may come together."""

    rooms: tuple[str, ...]
    suppliers: tuple[str, ...]
    panels: tuple[str, ...]
    people: tuple[str, ...]


@st.composite
def small_days(draw: st.DrawFn, most_steps: int = 8) -> Problem:
    """A day of at most so many steps of 15 minutes with at most 5 activities, 2 rooms, 3 suppliers, 2 panels, 3 people.

    Every rule and every aim has its part, most of them seldom, so that many days can be solved. Times that need
    not lie on the grid, such as travel and pauses, often do not. Small enough for `tests.solver.exhaustive`.
    """
    steps = draw(st.integers(4, most_steps))
    frame = day("08:00", f"{8 + steps * STEP // 60:02}:{steps * STEP % 60:02}", STEP)
    all_rooms, all_suppliers = draw(rooms(frame)), draw(suppliers(frame))
    all_people = draw(people(frame, tuple(each.id for each in all_suppliers)))
    known_rooms, members = tuple(each.id for each in all_rooms), tuple(each.id for each in all_people)
    all_panels = draw(panels(members, known_rooms))
    crew = Crew(known_rooms, tuple(each.id for each in all_suppliers), tuple(each.id for each in all_panels), members)
    can_meet = len(crew.suppliers) + len(crew.panels) > 1
    met = MEETINGS[: draw(st.sampled_from((2, 3, 1)))] if can_meet else ()
    order = tuple(draw(st.permutations((*SESSIONS[: draw(st.sampled_from((0, 1, 2)))], *met))))
    return problem(
        frame=frame,
        rooms=all_rooms,
        meetings=draw(meetings(frame, crew, order)),
        travel=draw(travels()),
        people=all_people,
        panels=all_panels,
        suppliers=all_suppliers,
        sessions=draw(sessions(frame, crew, order)),
        rests=draw(rests(frame, crew)),
        apart=draw(groups_apart(crew)),
        breaks_differ_by=draw(mostly(None, st.integers(0, 1))),
        announced=draw(promises(frame, crew, met)),
        fixed_until=draw(mostly(None, starts(frame).map(time_text))),
        aims=draw(aims()),
    )


def aims() -> st.SearchStrategy[tuple[Aim, ...]]:
    """Some of the aims in any order."""
    return st.permutations(tuple(Aim)).flatmap(
        lambda order: st.integers(1, len(order)).map(lambda count: tuple(order[:count]))
    )
