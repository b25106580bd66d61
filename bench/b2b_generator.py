"""Events of the published sizes, drawn from a seed around a hidden timetable, for where the published are not at hand.

In the timetable most participants have their meetings in one go, as in real events; so all meetings can be had, and
few breaks suffice, but nobody knows how few.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from bench.b2b import Event, Wanted


@dataclass(frozen=True, slots=True)
class Size:
    """How large an event is; `bound` is the share of meetings that are wanted in the morning or the afternoon."""

    participants: int
    meetings: int
    slots: int
    morning_slots: int
    tables: int
    bound: float = 0.0


SIZES = {
    "tic-12": Size(42, 125, 8, 8, 21),
    "tic-12crafc": Size(42, 125, 8, 8, 16),
    "tic-13": Size(47, 180, 10, 10, 21),
    "tic-13crafc": Size(47, 180, 10, 10, 19),
    "forumt-14": Size(60, 237, 10, 10, 27),
    "forum-13": Size(70, 154, 21, 13, 14, 0.6),
    "forum-13crafc": Size(70, 154, 21, 13, 12, 0.6),
    "forum-14": Size(78, 302, 22, 12, 22, 0.25),
}


@dataclass(frozen=True, slots=True)
class Variant:
    """What makes an event harder, as shares: of the slots somebody has no meeting in, and twice of the meetings."""

    forbidden: float = 0.0
    fixed: float = 0.0
    after: float = 0.0


VARIANTS = {
    "original": Variant(),
    "forb": Variant(forbidden=0.07),
    "fixed": Variant(fixed=0.2),
    "prec": Variant(after=0.25),
}


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Two participants who meet in a slot, the lower number first."""

    one: int
    other: int
    slot: int


def draw_event(size: str, variant: str, seed: int) -> Event:
    """The event of that size and variant that the seed gives."""
    random = _random(size, variant, seed)
    shape, cells = SIZES[size], hidden_timetable(size, seed)
    event = Event(
        name=f"{size}-drawn{seed}.{variant}",
        participants=shape.participants,
        tables=shape.tables,
        slots=shape.slots,
        morning_slots=shape.morning_slots,
        meetings=tuple(_wanted(cell, shape, random) for cell in cells),
    )
    return _harder(event, cells, VARIANTS[variant], random)


def hidden_timetable(size: str, seed: int) -> tuple[Cell, ...]:
    """The timetable that the event of that size and seed is drawn around; sorted, as its meetings are."""
    return _Drawing(SIZES[size], _random(size, seed)).draw()


def _random(*parts: object) -> Random:
    return Random(zlib.crc32(repr(parts).encode()))  # noqa: S311 - no secret


def _wanted(cell: Cell, size: Size, random: Random) -> Wanted:
    session = 1 if cell.slot < size.morning_slots else 2
    return Wanted((cell.one, cell.other), session if random.random() < size.bound else 3)


def _harder(event: Event, cells: tuple[Cell, ...], variant: Variant, random: Random) -> Event:
    return replace(
        event,
        forbidden=dict(_forbidden(event, cells, variant.forbidden, random)),
        fixed={number: cell.slot for number, cell in enumerate(cells) if random.random() < variant.fixed},
        after=_after(cells, round(variant.after * len(cells)), random),
    )


def _forbidden(
    event: Event, cells: tuple[Cell, ...], share: float, random: Random
) -> Iterator[tuple[int, frozenset[int]]]:
    for participant in range(event.participants):
        idle = set(range(event.slots)) - {cell.slot for cell in cells if participant in (cell.one, cell.other)}
        slots = frozenset(slot for slot in sorted(idle) if random.random() < share)
        if slots:
            yield participant, slots


def _after(cells: tuple[Cell, ...], count: int, random: Random) -> dict[int, frozenset[int]]:
    """So many pairs of meetings of which one comes before the other in the timetable."""
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < count:
        earlier, later = random.sample(range(len(cells)), 2)
        if cells[earlier].slot < cells[later].slot:
            pairs.add((earlier, later))
    return {
        number: frozenset(earlier for earlier, later in pairs if later == number)
        for number in sorted({later for _, later in pairs})
    }


class _Drawing:
    """A timetable that fills slot by slot, with who is there, who is busy and who has met whom."""

    def __init__(self, size: Size, random: Random) -> None:
        self._size, self._random = size, random
        self._cells: set[Cell] = set()
        self._busy: list[set[int]] = [set() for _ in range(size.slots)]
        self._met: set[tuple[int, int]] = set()

    def draw(self) -> tuple[Cell, ...]:
        """As many meetings as the size says."""
        runs = [self._run() for _ in range(self._size.participants)]
        slots = list(range(self._size.slots))
        for slot in self._random.sample(slots, len(slots)):
            self._pair(slot, [who for who, run in enumerate(runs) if slot in run])
        while len(self._cells) < self._size.meetings:
            self._pair(self._random.choice(slots), range(self._size.participants), most=1)
        return tuple(sorted(self._cells))

    def _run(self) -> range:
        """The slots in which a participant is to meet others; many want little, or the whole event."""
        share = 2 * self._size.meetings / (self._size.participants * self._size.slots)
        length = max(1, round(self._size.slots * self._random.betavariate(3 * share, 3 * (1 - share))))
        first = self._random.randint(0, self._size.slots - length)
        return range(first, first + length)

    def _pair(self, slot: int, there: range | list[int], most: int | None = None) -> None:
        """Let those who are there meet, two and two, while there are tables, and meetings left to draw."""
        left = self._size.meetings - len(self._cells)
        places = min(self._size.tables - len(self._busy[slot]) // 2, left, left if most is None else most)
        waiting = self._random.sample(there, len(there))
        while waiting and places > 0:
            one = waiting.pop()
            other = next((each for each in waiting if self._may_meet(one, each, slot)), None)
            if other is not None:
                waiting.remove(other)
                self._meet(min(one, other), max(one, other), slot)
                places -= 1

    def _may_meet(self, one: int, other: int, slot: int) -> bool:
        busy = self._busy[slot]
        return one not in busy and other not in busy and (min(one, other), max(one, other)) not in self._met

    def _meet(self, one: int, other: int, slot: int) -> None:
        self._cells.add(Cell(one, other, slot))
        self._busy[slot].update((one, other))
        self._met.add((one, other))
