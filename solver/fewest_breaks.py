"""The fewest breaks that one supplier can have, looked at alone: a bound on what all of them have together."""

from collections.abc import Sequence

from solver.variables import Choices
from solver.waiting import activities_of


def fewest_breaks(choices: Choices, supplier: str) -> int:
    """The fewest gaps between the activities of a supplier, when they are equally long and all must be placed."""
    taken = activities_of(choices, supplier)
    required = {meeting.id for meeting in choices.problem.meetings if meeting.required}
    lengths = {activity.minutes for activity in taken}
    if len(lengths) != 1 or any(each.is_meeting and each.id not in required for each in taken):
        return 0
    return fewest_gaps([list(choices.start[each.id]) for each in taken], lengths.pop()) or 0


def fewest_gaps(starts: Sequence[Sequence[int]], minutes: int) -> int | None:
    """The fewest gaps when each of several equally long activities takes one of its starts; None if they cannot.

    Which activity takes which start is left open, but for how many must have started by a time, and how many can have:
    the figure is never too high. Dynamic programme over the starts, in the order of time.
    """
    if not all(starts):
        return None
    best: dict[tuple[int, int], int] = {}
    for time in sorted({start for each in starts for start in each}):
        must = sum(max(each) <= time for each in starts)
        can = sum(min(each) <= time for each in starts)
        before = _latest(best, time - minutes)
        for number in range(1, can + 1):
            gaps = [0] if number == 1 else [had + (at < time - minutes) for at, had in before.get(number - 1, ())]
            if gaps and number >= must:
                best[number, time] = min(gaps)
        best = {key: gaps for key, gaps in best.items() if key[0] >= must or key[1] + minutes > time}
    return min((gaps for (number, _), gaps in best.items() if number == len(starts)), default=None)


def _latest(best: dict[tuple[int, int], int], until: int) -> dict[int, list[tuple[int, int]]]:
    """By how many have started: when the last did, not later than `until`, and the gaps so far."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (number, at), gaps in best.items():
        if at <= until:
            found.setdefault(number, []).append((at, gaps))
    return found
