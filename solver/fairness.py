"""How the day treats each supplier, side by side: wait, place in the day, and length; without the solver."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from solver.attendance import Activity, Reading, breaks_of, meetings_of, read, wait_of, wishes_met
from solver.plan import Plan
from solver.problem import Problem, Supplier
from solver.times import clock

Json = Mapping[str, object]
_HEADS = ("supplier", "meetings", "minutes", "wait", "breaks", "first", "place", "day gone", "wishes met")
_SPREAD = ("minutes", "wait", "breaks")
_EVEN = {
    "minutes": "Every supplier that meets anybody has {least} minutes of meetings.",
    "wait": "Every supplier that meets anybody waits {least} minutes.",
    "breaks": "Every supplier that meets anybody has as many breaks: {least}.",
}
_UNEVEN = {
    "minutes": "Suppliers have from {least} to {most} minutes of meetings: {apart} apart.",
    "wait": "Suppliers wait from {least} to {most} minutes: {apart} apart.",
    "breaks": "Suppliers have from {least} to {most} breaks: {apart} apart.",
}


@dataclass(frozen=True, slots=True)
class SupplierDay:
    """The day of one supplier: how many meetings, how long they are, how long it waits, in how many breaks.

    `first` is when its first meeting starts, `place` how many suppliers meet somebody earlier, plus one, and
    `day_gone` how much of the opening hours has passed by then, in percent; None for a supplier without a meeting.
    `wishes` counts the parts of the day it has wished for, `wishes_met` those that hold all its meetings.
    """

    id: str
    meetings: int
    minutes: int
    wait: int
    breaks: int
    first: int | None
    place: int | None
    day_gone: int | None
    wishes_met: int
    wishes: int


@dataclass(frozen=True, slots=True)
class Spread:
    """The least and the most of one figure among the suppliers that have a meeting."""

    least: int
    most: int

    def sentence(self, figure: str) -> str:
        """The spread in words."""
        words = _EVEN if self.least == self.most else _UNEVEN
        return words[figure].format(least=self.least, most=self.most, apart=self.most - self.least)


@dataclass(frozen=True, slots=True)
class Fairness:
    """The days of all suppliers, in the order of the problem, and how far apart they lie; empty without meetings."""

    suppliers: tuple[SupplierDay, ...]
    spread: Mapping[str, Spread]

    def as_values(self) -> Json:
        """The same as JSON values."""
        return {
            "suppliers": [_values(each) for each in self.suppliers],
            "spread": {figure: {"least": one.least, "most": one.most} for figure, one in self.spread.items()},
        }

    def lines(self) -> Iterator[str]:
        """The same as a table, and a sentence for each figure."""
        yield from _table([_HEADS, *map(_row, self.suppliers)])
        yield from (one.sentence(figure) for figure, one in self.spread.items())


def fairness(problem: Problem, plan: Plan) -> Fairness:
    """How a plan treats the suppliers of its day."""
    reading = read(problem, plan)
    firsts = {each.id: _first(reading, each.id) for each in problem.suppliers}
    starts = [first for first in firsts.values() if first is not None]
    days = tuple(_day(reading, each, firsts[each.id], starts) for each in problem.suppliers)
    return Fairness(days, _spread([day for day in days if day.meetings]))


def _first(reading: Reading, supplier: str) -> int | None:
    return next((meeting.start for meeting in _meetings(reading, supplier)), None)


def _meetings(reading: Reading, supplier: str) -> tuple[Activity, ...]:
    return meetings_of(reading.of_supplier(supplier))


def _day(reading: Reading, supplier: Supplier, first: int | None, starts: list[int]) -> SupplierDay:
    placed, meetings = reading.of_supplier(supplier.id), _meetings(reading, supplier.id)
    day = reading.problem.day
    return SupplierDay(
        id=supplier.id,
        meetings=len(meetings),
        minutes=sum(meeting.minutes for meeting in meetings),
        wait=wait_of(placed),
        breaks=breaks_of(placed),
        first=first,
        place=None if first is None else 1 + sum(start < first for start in starts),
        day_gone=None if first is None else round(100 * (first - day.opens) / day.whole.minutes),
        wishes_met=len(wishes_met(supplier, meetings)),
        wishes=len(supplier.wishes),
    )


def _spread(days: Sequence[SupplierDay]) -> dict[str, Spread]:
    figures = {figure: [getattr(day, figure) for day in days] for figure in _SPREAD}
    return {figure: Spread(min(values), max(values)) for figure, values in figures.items() if values}


def _values(day: SupplierDay) -> Json:
    return {
        "id": day.id,
        "meetings": day.meetings,
        "minutes": day.minutes,
        "wait": day.wait,
        "breaks": day.breaks,
        "first": None if day.first is None else clock(day.first),
        "place": day.place,
        "day_gone": day.day_gone,
        "wishes_met": day.wishes_met,
        "wishes": day.wishes,
    }


def _row(day: SupplierDay) -> tuple[str, ...]:
    first = ("–", "–", "–") if day.first is None else (clock(day.first), f"{day.place}", f"{day.day_gone} %")
    wishes = f"{day.wishes_met} of {day.wishes}" if day.wishes else "–"
    return (day.id, *map(str, (day.meetings, day.minutes, day.wait, day.breaks)), *first, wishes)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *figures in rows:
        cells = [name.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(figures, widths[1:], strict=True))]
        yield "  ".join(cells)
