"""Random tiny days that touch every part of the day format and can often be solved."""

from collections.abc import Iterable
from random import Random

from hypothesis import strategies as st

from solver.problem import Aim, AnnouncedMeeting, Apart, Meeting, Panel, Person, Problem, Rest, Room, Session, Supplier
from solver.times import clock
from tests.solver.chance import FEATURES, Chance
from tests.solver.crew import ODD_MINUTES, Crew, random_crew, random_travel
from tests.solver.factories import day, problem

STEP = 15
FEW_PLACES = 10
SESSIONS, MEETINGS = ("s1", "s2"), ("m1", "m2", "m3")


def small_days(most_steps: int = 7) -> st.SearchStrategy[Problem]:
    """Days of at most so many steps of 15 minutes, with at most 5 activities, 3 rooms, 3 suppliers, 2 panels, 3 people.

    Small enough for `tests.solver.exhaustive`. Times that need not lie on the grid, such as travel and pauses, often
    do not. A day is drawn from two numbers only, for Hypothesis would else rather vary the last day than try a new
    one; the second number still lets it make a failing day plainer, silencing one feature after the other.
    """
    return st.builds(random_day, st.randoms(use_true_random=True), st.integers(0, 100), st.just(most_steps))


def random_day(random: Random, noise: int, most_steps: int) -> Problem:
    """One day that uses some features, the more the higher the noise, up to 100."""
    loud = frozenset(feature for feature in FEATURES if random.randrange(100) < noise)
    steps = random.randint(4, most_steps)
    chance = Chance(day("08:00", clock(8 * 60 + steps * STEP), STEP), random, loud)
    crew = random_crew(chance)
    met = MEETINGS[: random.choice((3, 2, 3, 1))]
    most_sessions = 2 if steps * len(crew.rooms) <= FEW_PLACES else 4 - len(met)
    names = (*SESSIONS[: min(most_sessions, random.choice((1, 0, 1, 2)))], *met)
    order = tuple(random.sample(names, len(names)))
    return problem(
        frame=chance.frame,
        rooms=crew.rooms,
        suppliers=crew.suppliers,
        people=crew.people,
        panels=crew.panels,
        travel=random_travel(chance, crew.rooms),
        sessions=tuple(_session(chance, crew, name, order) for name in order if name in SESSIONS),
        meetings=tuple(_meeting(chance, crew, name, order) for name in order if name in MEETINGS),
        rests=chance.pick("rests", (), (_rest(chance, crew),)),
        apart=chance.pick("apart", (), (_apart(chance, crew),)),
        breaks_differ_by=chance.pick("even", None, 0, 1),
        announced=chance.pick("announced", (), tuple(_announced(chance, crew, name) for name in chance.some(met))),
        fixed_until=chance.pick("announced", None, None, None, clock(chance.start())),
        aims=chance.pick("aims", tuple(Aim), _aims(chance)),
    )


def _session(chance: Chance, crew: Crew, name: str, order: tuple[str, ...]) -> Session:
    suppliers, people = _ids(crew.suppliers), _ids(crew.people)
    return Session(
        name,
        name,
        kind=chance.random.choice(("break", "plenary", "workshop")),
        minutes=chance.random.choice((STEP, 2 * STEP)),
        windows=chance.windows("windows"),
        rooms=_rooms(chance, crew),
        suppliers=chance.random.choice((suppliers, suppliers, chance.some(suppliers))),
        panels=chance.some(_ids(crew.panels)),
        people=chance.random.choice(((), chance.some(people))),
        after=_after(chance, name, order),
    )


def _meeting(chance: Chance, crew: Crew, name: str, order: tuple[str, ...]) -> Meeting:
    return Meeting(
        name,
        parties=_parties(chance, crew),
        minutes=chance.random.choice((STEP, 2 * STEP)),
        required=chance.pick("required", False, False, False, True),  # noqa: FBT003 - one of two, like any other value
        weight=chance.pick("weights", 1, 0, 1, 2, 3),
        after=_after(chance, name, order),
        windows=chance.windows("windows"),
        rooms=_rooms(chance, crew),
        start=chance.pick("pins", None, None, None, None, chance.start()),
        room=chance.pick("pins", None, None, None, chance.random.choice(_ids(crew.rooms))),
    )


def _parties(chance: Chance, crew: Crew) -> tuple[str, ...]:
    """A supplier and a panel; else any two or three, such as a consortium or two suppliers alone."""
    suppliers, panels = _ids(crew.suppliers), _ids(crew.panels)
    others = chance.some((*panels, *suppliers), 2, 3)
    if not panels:
        return others
    usual = (chance.random.choice(suppliers), chance.random.choice(panels))
    return chance.pick("consortium", usual, usual, others)


def _ids(things: Iterable[Room | Supplier | Person | Panel]) -> tuple[str, ...]:
    return tuple(thing.id for thing in things)


def _rooms(chance: Chance, crew: Crew) -> tuple[str, ...]:
    return chance.pick("rooms", (), (), *((room.id,) for room in crew.rooms))


def _after(chance: Chance, name: str, order: tuple[str, ...]) -> tuple[str, ...]:
    return chance.pick("after", (), (), chance.some(order[: order.index(name)], 0, 2))


def _rest(chance: Chance, crew: Crew) -> Rest:
    people, suppliers = _ids(crew.people), _ids(crew.suppliers)
    who = chance.some(tuple(dict.fromkeys((*suppliers, *people))))
    return Rest(
        suppliers=tuple(name for name in suppliers if name in who),
        people=tuple(name for name in people if name in who),
        minutes=chance.random.choice(ODD_MINUTES),
        window=chance.span(),
    )


def _apart(chance: Chance, crew: Crew) -> Apart:
    suppliers = _ids(crew.suppliers)
    group = chance.random.choice((suppliers, suppliers, chance.some(suppliers)))
    return Apart(group, chance.random.choice(ODD_MINUTES))


def _announced(chance: Chance, crew: Crew, name: str) -> AnnouncedMeeting:
    return AnnouncedMeeting(name, chance.start(), chance.random.choice(_ids(crew.rooms)))


def _aims(chance: Chance) -> tuple[Aim, ...]:
    """Some of the aims in any order; mostly one that wants meetings comes first, so that the others bite."""
    first = chance.random.choice(((Aim.PLACED,), (Aim.REACHED,), (Aim.PLACED, Aim.REACHED), ()))
    others = chance.random.sample(tuple(Aim), chance.random.randint(0, len(Aim)))
    return tuple(dict.fromkeys((*first, *others)))
