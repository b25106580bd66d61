"""Random tiny days that touch every part of the day format and can often be solved."""

from dataclasses import dataclass

from hypothesis import strategies as st

from solver.problem import Aim, AnnouncedMeeting, Apart, Day, Meeting, Problem, Rest, Session
from solver.times import clock
from tests.solver.factories import day, problem
from tests.solver.tiny_parts import (
    ODD_MINUTES,
    STEP,
    mostly,
    panels,
    people,
    rarely,
    rooms,
    some,
    spans,
    starts,
    suppliers,
    travels,
    windows,
)

SESSIONS, MEETINGS = ("s1", "s2"), ("m1", "m2", "m3")


@dataclass(frozen=True)
class Crew:
    """The ids of all who may come together."""

    rooms: tuple[str, ...]
    suppliers: tuple[str, ...]
    panels: tuple[str, ...]
    people: tuple[str, ...]


@st.composite
def small_days(draw: st.DrawFn, most_steps: int = 8) -> Problem:
    """A day of at most so many steps of 15 minutes with at most 5 activities, 3 rooms, 3 suppliers, 2 panels, 3 people.

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
        fixed_until=draw(mostly(None, starts(frame).map(clock))),
        aims=draw(aims()),
    )


@st.composite
def sessions(draw: st.DrawFn, frame: Day, crew: Crew, order: tuple[str, ...]) -> tuple[Session, ...]:
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
def meetings(draw: st.DrawFn, frame: Day, crew: Crew, order: tuple[str, ...]) -> tuple[Meeting, ...]:
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
def parties(draw: st.DrawFn, crew: Crew) -> tuple[str, ...]:
    """Mostly a supplier and a panel; else any two or three, such as a consortium or two suppliers alone."""
    everyone = (*crew.panels, *crew.suppliers)
    if crew.panels and draw(st.integers(1, 4)) > 1:
        return draw(st.sampled_from(crew.suppliers)), draw(st.sampled_from(crew.panels))
    return draw(some(everyone, 2, 3))


def rests(frame: Day, crew: Crew) -> st.SearchStrategy[tuple[Rest, ...]]:
    one = st.builds(Rest, some(crew.suppliers), some(crew.people), st.sampled_from(ODD_MINUTES), spans(frame))
    return mostly((), st.tuples(one))


def groups_apart(crew: Crew) -> st.SearchStrategy[tuple[Apart, ...]]:
    return mostly((), st.tuples(st.builds(Apart, some(crew.suppliers), st.sampled_from(ODD_MINUTES))), 3)


@st.composite
def promises(draw: st.DrawFn, frame: Day, crew: Crew, known: tuple[str, ...]) -> tuple[AnnouncedMeeting, ...]:
    return tuple(
        AnnouncedMeeting(name, draw(starts(frame)), draw(st.sampled_from(crew.rooms)))
        for name in draw(mostly((), some(known), 2))
    )


def aims() -> st.SearchStrategy[tuple[Aim, ...]]:
    """Some of the aims in any order."""
    return st.permutations(tuple(Aim)).flatmap(
        lambda order: st.integers(1, len(order)).map(lambda count: tuple(order[:count]))
    )
