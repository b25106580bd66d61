"""Random rooms, ways, suppliers, people and panels: who and what may come together on a tiny day."""

from collections.abc import Sequence
from itertools import combinations
from typing import TypeVar

from hypothesis import strategies as st

from solver.problem import Day, Needs, Panel, Person, Room, Span, Stretch, Supplier, Travel, Windows, Wish
from solver.verify_place import VIDEO

T = TypeVar("T")

STEP = 15
ROOMS = ("r1", "r2", "r3")
# One person goes by the name of a supplier: they share no name space.
PEOPLE = ("kari", "acme", "per")
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
    """One to three rooms, the third only on a short day: together they hold at most 16 starts."""
    features = st.sampled_from([frozenset({VIDEO}), frozenset({VIDEO}), frozenset[str]()])
    most = 16 * STEP // (frame.closes - frame.opens)
    return tuple(
        Room(name, name, draw(mostly(8, st.integers(2, 4))), draw(features), draw(windows(frame)))
        for name in ROOMS[: min(most, draw(st.sampled_from((2, 1, 2, 1, 3))))]
    )


@st.composite
def travels(draw: st.DrawFn) -> Travel:
    """Ways that need not be shortest: by way of a third room it may go faster."""
    minutes = st.sampled_from((0, 5, 15, 20, 40))
    pairs = st.sampled_from([frozenset(pair) for pair in combinations(ROOMS, 2)])
    return Travel(draw(mostly(0, minutes)), draw(mostly({}, st.dictionaries(pairs, minutes, min_size=1))))


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
