"""Rests that are promised, and what they ask of the tasks of those to whom they are promised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from solver.foresight.cells import Cells
from solver.foresight.crews import NOBODY
from solver.foresight.engaged import Fixed
from solver.foresight.ground import Pause
from solver.foresight.starts import Starts, clashing
from solver.problem import Rest


@dataclass(frozen=True, slots=True)
class Busy:
    """Somebody's tasks and settled activities: those taken part in for certain, and those that may be."""

    tasks: tuple[str, ...]
    fixed: tuple[Fixed, ...]
    perhaps: tuple[str, ...] = ()
    perhaps_fixed: tuple[Fixed, ...] = ()


class Resting:
    """The rests of one day; `is_lawful` is False where what is settled leaves no time for one of them.

    `is_clear` is False where it depends on who attends what is settled.
    """

    def __init__(self, cells: Cells, open_: Iterable[str], spared: dict[str, frozenset[str]]) -> None:
        self._cells, self._problem, self._step = cells, cells.problem, cells.step
        self._open = [cells.activities[name] for name in open_]
        self._spared = spared
        self.is_lawful, self.is_clear = True, True

    def pauses(self) -> Iterator[Pause]:
        """For each promise a rest beside what is certain, and where there may be more, a safe one beside it all."""
        for rest in self._problem.rests:
            if rest.minutes > 0:
                for supplier in rest.suppliers:
                    yield from self._of(rest, self._busy_supplier(supplier))
                for person in rest.people:
                    yield from self._of(rest, self._busy_person(person))

    def _of(self, rest: Rest, busy: Busy) -> Iterator[Pause]:
        begins = self._begins(rest, busy.fixed)
        if not begins:
            self.is_lawful = False
        elif busy.tasks:
            yield Pause(busy.tasks, begins, rest.minutes, is_sure=True)
        if busy.perhaps or busy.perhaps_fixed:
            yield from self._safe(rest, busy)

    def _safe(self, rest: Rest, busy: Busy) -> Iterator[Pause]:
        """A rest beside all that there may be."""
        begins = self._begins(rest, (*busy.fixed, *busy.perhaps_fixed))
        tasks = (*busy.tasks, *busy.perhaps)
        self.is_clear &= bool(tasks or begins)
        if tasks:
            yield Pause(tasks, begins, rest.minutes, is_sure=False)

    def _begins(self, rest: Rest, fixed: Iterable[Fixed]) -> tuple[int, ...]:
        """The minutes on the grid of the window at which the rest may begin beside what is settled."""
        begins = range(rest.window.start, rest.window.end - rest.minutes + 1, self._step)
        return tuple(
            begin
            for begin in begins
            if not any(each.start < begin + rest.minutes and begin < each.end for each in fixed)
        )

    def _busy_supplier(self, supplier: str) -> Busy:
        tasks = tuple(each.id for each in self._open if supplier in each.suppliers)
        return Busy(tasks, self._cells.engaged.of_supplier.get(supplier, ()))

    def _busy_person(self, person: str) -> Busy:
        crews, engaged = self._cells.crews, self._cells.engaged
        fixed = engaged.of_person.get(person, ())
        may = [each for each in self._open if each.is_meeting and person in self._members(each.panels)]
        needed = {each.id for each in may if person in crews.needed(each)}
        sessions = tuple(each.id for each in self._open if not each.is_meeting and person in each.people)
        perhaps_fixed = (
            each
            for each in self._cells.fixed.values()
            if each.activity.is_meeting and person in self._members(each.activity.panels) and each not in fixed
        )
        return Busy(
            tasks=(*sessions, *(each.id for each in may if each.id in needed)),
            fixed=fixed,
            perhaps=tuple(each.id for each in may if each.id not in needed),
            perhaps_fixed=tuple(perhaps_fixed),
        )

    def _members(self, panels: Iterable[str]) -> set[str]:
        """The members who may be called upon."""
        panel = self._problem.panel
        return {who for name in panels for who in panel[name].members if who not in self._spared.get(name, NOBODY)}


def left_by(pause: Pause, minutes: int, step: int) -> Starts:
    """The starts of an activity of that length with which one of the rests can still be had; negative is endless."""
    starts = 0
    for begin in pause.begins:
        starts |= ~clashing(begin, begin + pause.minutes, minutes, step)
    return starts
