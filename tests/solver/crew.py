"""Random rooms, ways, suppliers, people and panels: who and what may come together on a tiny day."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from solver.problem import Needs, Panel, Person, Room, Stretch, Supplier, Travel, Wish
from solver.verifying.place import VIDEO
from tests.solver.chance import Chance

MOST_STARTS = 15
ROOMS = ("r1", "r2", "r3")
SUPPLIERS = ("acme", "beta", "cito")
# One person goes by the name of a supplier: they share no name space.
PEOPLE = ("kari", "acme", "per")
PANELS = ("p1", "p2")
SKILLS = ("health", "minutes")
ODD_MINUTES = (5, 10, 15, 20, 30, 40)


@dataclass(frozen=True)
class Crew:
    """All who may come together, and where."""

    rooms: tuple[Room, ...]
    suppliers: tuple[Supplier, ...]
    people: tuple[Person, ...]
    panels: tuple[Panel, ...]


def random_crew(chance: Chance) -> Crew:
    """Few enough for a tiny day: the third room only comes when the day is short."""
    steps = chance.frame.whole.minutes // chance.frame.step
    rooms = ROOMS[: min(MOST_STARTS // steps, chance.random.choice((2, 1, 2, 3)))]
    panels = PANELS[: chance.random.choice((1, 2, 1, 2, 0))]
    suppliers = SUPPLIERS[: chance.random.choice((2, 1, 2, 3)) if panels else 2]
    people = tuple(_person(chance, name, suppliers) for name in PEOPLE[: chance.random.choice((2, 3, 1))])
    return Crew(
        rooms=tuple(_room(chance, name) for name in rooms),
        suppliers=tuple(_supplier(chance, name) for name in suppliers),
        people=people,
        panels=tuple(_panel(chance, name, chance.some(people, 1, 2), rooms) for name in panels),
    )


def random_travel(chance: Chance, rooms: Sequence[Room]) -> Travel:
    """Ways that need not be the shortest: by way of a third room it may go faster."""
    pairs = combinations((room.id for room in rooms), 2)
    between = {frozenset(pair): chance.random.choice((0, *ODD_MINUTES)) for pair in pairs}
    some_of_them = dict(chance.some(tuple(between.items())))
    return Travel(chance.pick("travel", 0, 0, 5, 15, 20, 40), chance.pick("travel", {}, {}, some_of_them))


def _room(chance: Chance, name: str) -> Room:
    features = chance.pick("online", frozenset[str](), frozenset[str](), frozenset({VIDEO}), frozenset({VIDEO}))
    return Room(name, name, chance.pick("seats", 12, 2, 3, 4, 5, 8), features, chance.windows("free"))


def _supplier(chance: Chance, name: str) -> Supplier:
    wishes = tuple(Wish(chance.span(), chance.random.randint(0, 3)) for _ in range(2))
    return Supplier(
        name,
        seats=chance.pick("seats", 1, 0, 1, 2),
        online=chance.pick("online", False, False, True),  # noqa: FBT003 - one of two, like any other value
        free=chance.windows("free"),
        wishes=chance.pick("wishes", (), (), wishes[:1], wishes),
    )


def _person(chance: Chance, name: str, suppliers: Sequence[str]) -> Person:
    return Person(
        name,
        buyer=chance.random.choice(("larvik", "skien")),
        skills=frozenset(chance.some(SKILLS)),
        free=chance.windows("free"),
        barred=frozenset(chance.pick("barred", (), (), chance.some(suppliers, 1, 1))),
    )


def _panel(chance: Chance, name: str, members: Sequence[Person], rooms: tuple[str, ...]) -> Panel:
    stretch = Stretch(chance.random.choice((15, 30, 45, 60)), chance.random.choice(ODD_MINUTES))
    return Panel(
        name,
        members=tuple(member.id for member in members),
        needs=chance.pick("needs", Needs(), _needs(chance, members)),
        rooms=chance.pick("rooms", rooms, rooms, chance.some(rooms, 1)),
        stays=chance.pick("stays", False, False, True, True),  # noqa: FBT003 - one of two, like any other value
        pause_minutes=chance.pick("pause", 0, 0, *ODD_MINUTES),
        stretch=chance.pick("stretch", None, None, stretch, stretch),
    )


def _needs(chance: Chance, members: Sequence[Person]) -> Needs:
    """What the members can mostly amount to, sometimes a little more."""
    held = sorted(frozenset[str]().union(*(member.skills for member in members)))
    wanted = chance.some(chance.random.choice((held, held, SKILLS)))
    return Needs(
        people=chance.random.choice((0, 1, 1, len(members), len(members) + chance.random.randint(0, 1))),
        buyers=chance.random.choice((0, len({member.buyer for member in members}), chance.random.randint(0, 2))),
        skills={skill: chance.random.choice((1, 1, 1, 2)) for skill in wanted},
    )
