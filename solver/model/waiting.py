"""How long a supplier waits and how often its day breaks, as figures the solver can reason about."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from solver.activities import Activity
from solver.model.formula import Figure, Literal, count, times, total
from solver.rules import Rule
from solver.variables import Choices

# Whose activities a figure is about: a supplier, a panel, or the day as a whole.
Who = tuple[str, ...]


def keep_even(choices: Choices) -> None:
    """R15 `even`: the breaks of any two suppliers differ by at most the number given."""
    most = choices.problem.breaks_differ_by
    if most is None:
        return
    choices.formula.about(Rule.EVEN, "day")
    breaks_of_each = [breaks_of(choices, supplier) for supplier in sorted(choices.problem.supplier)]
    highest = min((len(breaks.terms) for breaks in breaks_of_each), default=0)
    fewest = choices.formula.number(0, highest, "the fewest breaks of any supplier")
    for breaks in breaks_of_each:
        choices.formula.bound(breaks - fewest, least=0, most=most)


def wait_of(choices: Choices, supplier: str) -> Figure:
    """The minutes from the end of its first activity to the start of its last, less the activities between them."""
    taken = activities_of(choices, supplier)
    if len(taken) < 2:
        return Figure()
    spent = total(times(activity.minutes, choices.placed[activity.id]) for activity in taken)
    who = ("supplier", supplier)
    wait = last_end(choices, who, taken) - _first_start(choices, who, taken) - spent
    return _never_negative(choices, wait)


def last_end(choices: Choices, who: Who, activities: Sequence[Activity]) -> Figure:
    """The minute at which the last of the activities ends; 0 when none is placed."""
    ends = {time + activity.minutes for activity in activities for time in choices.start[activity.id]}
    certain = [min(choices.start[a.id], default=0) + a.minutes for a in activities if not a.is_meeting]
    moments = [time for time in sorted(ends) if time >= max(certain, default=0)]
    steps = [
        times(later - earlier, choices.some(("is at it until", who, later), _ending_from(choices, activities, later)))
        for earlier, later in pairwise(moments)
    ]
    return times(moments[0], takes_any(choices, who, activities)) + total(steps) if moments else Figure()


def _ending_from(choices: Choices, activities: Sequence[Activity], time: int) -> list[Literal]:
    """For each of the activities, whether it ends at `time` or later, unless that cannot be."""
    ending = [choices.started_after(activity.id, time - activity.minutes - 1) for activity in activities]
    return [literal for literal in ending if literal != choices.never]


def _first_start(choices: Choices, who: Who, activities: Sequence[Activity]) -> Figure:
    """The minute at which the first of the activities starts; 0 when none is placed."""
    starts = {time for activity in activities for time in choices.start[activity.id]}
    certain = [max(choices.start[a.id], default=0) for a in activities if not a.is_meeting]
    moments = [time for time in sorted(starts) if time <= min(certain, default=time)]
    steps = [
        times(later - earlier, choices.some(("is at it from", who, earlier), _started_by(choices, activities, earlier)))
        for earlier, later in pairwise(moments)
    ]
    return times(moments[-1], takes_any(choices, who, activities)) - total(steps) if moments else Figure()


def _started_by(choices: Choices, activities: Sequence[Activity], time: int) -> list[Literal]:
    started = [choices.started_by(activity.id, time) for activity in activities]
    return [literal for literal in started if literal != choices.never]


def breaks_of(choices: Choices, supplier: str) -> Figure:
    """The gaps between consecutive activities."""
    return count(holes_of(choices, supplier))


def holes_of(choices: Choices, supplier: str) -> list[Literal]:
    """For each moment at which a gap may end, whether one does: one activity starts, none ends, and one has been."""
    taken = activities_of(choices, supplier)
    if len(taken) < 2:
        return []
    holes, begun = [], choices.never
    starting = {time: _starting(choices, supplier, taken, time) for time in _starts(choices, taken)}
    for time, starts in starting.items():
        if begun != choices.never:
            ends = _ending(choices, supplier, taken, time)
            holes.append(-choices.some(("has no gap until", supplier, time), [-starts, ends, -begun]))
        begun = choices.some(("has begun by", supplier, time), [begun, starts])
    _start_each_but_once(choices, taken, starting.values())
    return holes


def _starts(choices: Choices, taken: Sequence[Activity]) -> list[int]:
    return sorted({time for activity in taken for time in choices.start[activity.id]})


def _starting(choices: Choices, supplier: str, taken: Sequence[Activity], time: int) -> Literal:
    starting = (lit for a in taken for lit in choices.starts_between(a.id, time, time))
    return choices.some(("starts one", supplier, time), starting)


def _ending(choices: Choices, supplier: str, taken: Sequence[Activity], time: int) -> Literal:
    ending = (lit for a in taken for lit in choices.starts_between(a.id, time - a.minutes, time - a.minutes))
    return choices.some(("ends one", supplier, time), ending)


def _start_each_but_once(choices: Choices, taken: Sequence[Activity], starting: Iterable[Literal]) -> None:
    """As many moments at which one starts as there are activities; it follows from R3, but so it need not be found."""
    if choices.explaining or ("starts each", *(a.id for a in taken)) in choices.implied:
        return
    choices.implied.add(("starts each", *(a.id for a in taken)))
    with choices.formula.defining():
        placed = count(choices.placed[activity.id] for activity in taken)
        choices.formula.bound(count(starting) - placed, least=0, most=0)


def _never_negative(choices: Choices, figure: Figure) -> Figure:
    """The figure; that it is never below 0 follows from R3, but so the solver need not find out."""
    if choices.explaining:
        return figure
    with choices.formula.defining():
        choices.formula.bound(figure, least=0)
    return figure


def activities_of(choices: Choices, supplier: str) -> list[Activity]:
    """The sessions and meetings that the supplier may take part in."""
    return [activity for activity in choices.activities.values() if supplier in activity.suppliers]


def takes_any(choices: Choices, who: Who, activities: Sequence[Activity]) -> Literal:
    """Whether any of the activities is placed."""
    return choices.some(("takes any", who), (choices.placed[activity.id] for activity in activities))
