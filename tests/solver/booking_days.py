"""Random tiny days such as people book on: panels with rooms of their own, a break, few of them with much to spare."""

from random import Random

from hypothesis import strategies as st

from solver.problem import Aim, Meeting, Panel, Person, Problem, Rest, Room, Session, Span, Stretch, Supplier, Travel
from solver.times import clock
from tests.solver.factories import day, meeting, panel, person, problem, room, session, supplier

STEP = 15
OPENS = 8 * 60


def booking_days(most_steps: int = 6) -> st.SearchStrategy[Problem]:
    """Days of three meetings with one or two panels, in one to three rooms; small enough for `exhaustive`."""
    return st.builds(random_booking_day, st.randoms(use_true_random=True), st.just(most_steps))


def random_booking_day(random: Random, most_steps: int) -> Problem:
    steps = random.randint(4, most_steps)
    closes = OPENS + steps * STEP
    rooms = _rooms(random, closes, steps)
    suppliers = tuple(_supplier(random, name, closes) for name in ("acme", "beta", "cito")[: random.choice((2, 3, 3))])
    people = tuple(_person(random, name, closes) for name in ("kari", "ola", "per"))
    panels = _panels(random, people, rooms)
    meetings = tuple(_meeting(random, number, suppliers, panels, closes) for number in (1, 2, 3))
    return problem(
        frame=day("08:00", clock(closes), STEP),
        rooms=rooms,
        suppliers=suppliers,
        people=people,
        panels=panels,
        sessions=_sessions(random, suppliers, people, closes),
        meetings=meetings,
        travel=Travel(random.choice((0, 0, 5, 15))),
        rests=_rests(random, suppliers, people, closes),
        aims=random.choice(((Aim.REACHED, Aim.PLACED), (Aim.PLACED, Aim.REACHED), (Aim.PLACED,))),
    )


def _piece(random: Random, closes: int, least: int) -> Span:
    start = random.randrange(OPENS, closes - least * STEP + 1, STEP)
    return Span(start, random.randrange(start + least * STEP, closes + 1, STEP))


def _free(random: Random, closes: int) -> tuple[Span, ...]:
    return random.choice((((Span(OPENS, closes)),), (Span(OPENS, closes),), (_piece(random, closes, 2),)))


def _rooms(random: Random, closes: int, steps: int) -> tuple[Room, ...]:
    count = random.choice((1, 2, 2, 3 if steps < 6 else 2))
    return tuple(
        room(name, random.choice((9, 9, 3)), free=_free(random, closes)) for name in ("r1", "r2", "r3")[:count]
    )


def _supplier(random: Random, name: str, closes: int) -> Supplier:
    return supplier(name, random.choice((1, 2)), free=_free(random, closes))


def _person(random: Random, name: str, closes: int) -> Person:
    barred = random.choice(((), (), (), ("acme",)))
    return person(name, free=_free(random, closes), barred=barred)


def _panels(random: Random, people: tuple[Person, ...], rooms: tuple[Room, ...]) -> tuple[Panel, ...]:
    crews = random.choice(((("kari",), ("ola",)), (("kari", "per"), ("ola", "per")), (("kari", "ola"),)))
    names = tuple(each.id for each in rooms)
    return tuple(
        panel(
            name,
            *members,
            rooms=random.choice((names, names, names[:1])),
            stays=random.random() < 0.8,
            pause=random.choice((0, 0, 10, 15)),
            stretch=random.choice((None, None, None, Stretch(45, 10))),
        )
        for name, members in zip(("p1", "p2"), crews, strict=False)
    )


def _meeting(
    random: Random, number: int, suppliers: tuple[Supplier, ...], panels: tuple[Panel, ...], closes: int
) -> Meeting:
    pin = random.choice((None,) * 5 + (clock(random.randrange(OPENS, closes, STEP)),))
    return meeting(
        f"m{number}",
        suppliers[min(number, len(suppliers)) - 1].id,
        random.choice(panels).id,
        minutes=random.choice((15, 15, 15, 30)),
        required=random.random() < 0.2,
        weight=random.choice((1, 1, 1, 2)),
        after=("m1",) if number > 1 and random.random() < 0.1 else (),
        windows=_free(random, closes),
        pin=(pin, random.choice((None, "r1"))),
    )


def _sessions(
    random: Random, suppliers: tuple[Supplier, ...], people: tuple[Person, ...], closes: int
) -> tuple[Session, ...]:
    start = random.randrange(OPENS, closes - 2 * STEP, STEP)
    window = (Span(start, min(closes, start + random.choice((1, 2, 3)) * STEP)),)
    lunch = session(
        "lunch",
        STEP,
        kind=random.choice(("break", "break", "plenary")),
        windows=window,
        suppliers=tuple(each.id for each in suppliers),
        people=random.choice((tuple(each.id for each in people), ("kari",))),
    )
    return random.choice(((), (lunch,)))


def _rests(
    random: Random, suppliers: tuple[Supplier, ...], people: tuple[Person, ...], closes: int
) -> tuple[Rest, ...]:
    rest = Rest(
        random.choice((tuple(each.id for each in suppliers), ())),
        random.choice((tuple(each.id for each in people), ("per",))),
        random.choice((10, 15)),
        _piece(random, closes, 2),
    )
    return random.choice(((), (), (), (rest,)))
