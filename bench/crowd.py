"""Who comes to a drawn day and where it is held: rooms, people in panels, suppliers."""

from random import Random

from bench.shape import Shape
from bench.timetable import Cell
from solver.problem import Needs, Panel, Person, Room, Span, Supplier, Windows, Wish

VIDEO = frozenset({"video"})
BUYERS = ("elvemo", "fjordby", "granvik", "lyngfjord", "myrland", "nesodd", "solnesby", "tindvik", "vikstrand")
THEMES = ("health", "ict", "procurement")
SPARE_ROOMS = 2
LEAVES_EARLY, ARRIVES_LATE, GOES_HOME = 14 * 60 + 30, 10 * 60 + 45, 15 * 60
PANELS_A_DEPUTY = 3
VIDEO_SHARE = 0.4


def rooms(shape: Shape, random: Random) -> tuple[Room, ...]:
    """The hall, one room for each panel, some with video, and a few small ones to spare."""
    whole = (Span(shape.opens, shape.closes),)
    hall = Room("hall", "Hall", 4 * (shape.suppliers + shape.panels), VIDEO, whole)
    of_panels = [
        Room(room_id(panel), f"Room {panel + 1}", random.choice((6, 8, 8, 10, 12)), _video(shape, panel), whole)
        for panel in range(shape.panels)
    ]
    spare = [Room(f"spare{number}", f"Spare {number}", 5, frozenset(), whole) for number in range(1, SPARE_ROOMS + 1)]
    return (hall, *of_panels, *spare)


def room_id(panel: int) -> str:
    """The room that the timetable gives a panel."""
    return f"r{panel + 1:02}"


def panel_id(panel: int) -> str:
    """The id of a panel by number."""
    return f"p{panel + 1:02}"


def supplier_id(supplier: int) -> str:
    """The id of a supplier by number."""
    return f"s{supplier + 1:03}"


def panels(shape: Shape, rooms: tuple[Room, ...]) -> tuple[Panel, ...]:
    """Panels of three and a deputy, any two of whom can hold a meeting; the hall is not for them."""
    return tuple(
        Panel(
            id=panel_id(panel),
            members=(*(f"{panel_id(panel)}{letter}" for letter in "abc"), _deputy_id(panel)),
            needs=Needs(people=2, buyers=2, skills={"minutes": 1, _theme(panel): 1}),
            rooms=tuple(room.id for room in rooms if room.id != "hall"),
            stays=True,
            pause_minutes=shape.pause_minutes,
            stretch=None,
        )
        for panel in range(shape.panels)
    )


def people(shape: Shape, random: Random) -> tuple[Person, ...]:
    """Everybody in the panels; of each panel at most one leaves early, or must keep away from suppliers."""
    whole = Span(shape.opens, shape.closes)
    deputies = [
        Person(_deputy_id(panel), "the-lead", frozenset({"minutes", *THEMES}), (whole,), frozenset())
        for panel in range(0, shape.panels, PANELS_A_DEPUTY)
    ]
    return (*(person for panel in range(shape.panels) for person in _three(shape, panel, random)), *deputies)


def suppliers(shape: Shape, cells: tuple[Cell, ...], random: Random) -> tuple[Supplier, ...]:
    """The suppliers; who comes late, goes early or takes part online still fits the timetable."""
    return tuple(
        _supplier(shape, number, [cell for cell in cells if cell.supplier == number], random)
        for number in range(shape.suppliers)
    )


def _video(shape: Shape, panel: int) -> frozenset[str]:
    return VIDEO if panel < VIDEO_SHARE * shape.panels else frozenset()


def _theme(panel: int) -> str:
    return THEMES[panel % len(THEMES)]


def _deputy_id(panel: int) -> str:
    return f"d{panel // PANELS_A_DEPUTY + 1:02}"


def _three(shape: Shape, panel: int, random: Random) -> list[Person]:
    theme, buyers, weak = _theme(panel), random.sample(BUYERS, 3), random.choice("abc")
    skills = {"a": {"minutes", theme}, "b": {"minutes"}, "c": {theme}}
    until = random.choice((shape.closes, shape.closes, LEAVES_EARLY))
    barred = frozenset(supplier_id(random.randrange(shape.suppliers)) for _ in range(random.randrange(3)))
    return [
        Person(
            id=f"{panel_id(panel)}{letter}",
            buyer=buyer,
            skills=frozenset(skills[letter]),
            free=(Span(shape.opens, until if letter == weak else shape.closes),),
            barred=barred if letter == weak else frozenset(),
        )
        for letter, buyer in zip("abc", buyers, strict=True)
    ]


def _supplier(shape: Shape, number: int, cells: list[Cell], random: Random) -> Supplier:
    may_be_online = all(_video(shape, cell.panel) for cell in cells)
    return Supplier(
        id=supplier_id(number),
        seats=random.choice((1, 2, 2, 3)),
        online=random.random() < 0.4 and may_be_online,
        free=_free(shape, [cell.start for cell in cells if cell.start is not None], random),
        wishes=_wishes(shape, random),
    )


def _free(shape: Shape, starts: list[int], random: Random) -> Windows:
    luck = random.random()
    if luck < 0.2 and all(start >= ARRIVES_LATE for start in starts):
        return (Span(ARRIVES_LATE, shape.closes),)
    if luck > 0.8 and all(start + shape.minutes <= GOES_HOME for start in starts):
        return (Span(shape.opens, GOES_HOME),)
    return (Span(shape.opens, shape.closes),)


def _wishes(shape: Shape, random: Random) -> tuple[Wish, ...]:
    noon = 12 * 60
    spans = (Span(shape.plenary_ends, noon), Span(noon, 15 * 60), Span(14 * 60, shape.closes))
    return (Wish(random.choice(spans), random.choice((1, 1, 2))),) if random.random() < 0.6 else ()
