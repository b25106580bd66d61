"""How much the day holds, by counting alone: no solver, no search, and never less than can truly be placed.

A panel takes one meeting at a time, with its pauses and beside its sessions; so does a supplier, a room, and everyone
who has what a panel needs. Meetings that ask for more of them than there are, within the hours that these meetings
have, cannot all be placed. Where meetings are equally long, and only one such want is at work, the count is exact.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from solver.activities import Activity
from solver.counting.takers import Group, Taker, Takers
from solver.counting.thinkable import Thinkable
from solver.model.formula import Tag
from solver.problem import Problem, Span

# Some meetings, and how many of them can be placed.
AtMost = tuple[tuple[str, ...], int]

# Hours are looked at in so many ways for each group, the tightest of the widest first.
MOST_INTERVALS = 300


@dataclass(frozen=True, slots=True)
class Bound:
    """At most `most` of the meetings, all of them confined to `within`, can be placed: `takers` hold no more."""

    meetings: tuple[str, ...]
    most: int
    takers: tuple[str, ...]
    within: Span


def at_most(problem: Problem) -> Iterator[AtMost]:
    """Sets of meetings, each with the most of them that can be placed, where that is fewer than all of them."""
    return ((bound.meetings, bound.most) for bound in bounds(problem))


def is_overfull(problem: Problem, asked: Collection[str], dropped: Collection[Tag] = ()) -> bool:
    """Whether counting says that these meetings and all sessions cannot be placed together.

    `dropped` names instances of R3, R5, R6 and R13 to be left aside, which cannot be left out of the problem itself.
    """
    return any(len({*bound.meetings} & {*asked}) > bound.most for bound in _Count(problem, dropped).bounds())


def bounds(problem: Problem) -> tuple[Bound, ...]:
    """Every bound that counting finds and that no other one implies; sets of fewer meetings first."""
    found = sorted(_Count(problem).bounds(), key=lambda bound: (len(bound.meetings), bound.most, bound.meetings))
    kept: list[tuple[frozenset[str], Bound]] = []
    for bound in found:
        names = frozenset(bound.meetings)
        if not any(other.most + len(names - inside) <= bound.most for inside, other in kept):
            kept.append((names, bound))
    return tuple(bound for _, bound in kept)


def panels_hold(problem: Problem, minutes: int) -> dict[str, int]:
    """For each panel, no more than so many meetings like its own, but of that length, fit it."""
    changed = tuple(
        replace(each, minutes=minutes, start=None) if problem.panels_of(each) else each for each in problem.meetings
    )
    count = _Count(replace(problem, meetings=changed))
    held = {group.takers[0].about: count.endless(group) for group in count.groups if group.takers[0].panel is not None}
    return {panel.id: held.get(f"panel:{panel.id}", 0) for panel in problem.panels}


def day_holds(problem: Problem, minutes: int) -> int:
    """No more than so many meetings of that length fit the day: six panels hold 30 at 30 minutes, 18 at 60."""
    return sum(panels_hold(problem, minutes).values())


class _Count:
    """One day while it is being counted."""

    def __init__(self, problem: Problem, dropped: Collection[Tag] = ()) -> None:
        self._problem, self._step = problem, problem.day.step
        self._thinkable = Thinkable(problem, dropped)
        self._activities = self._thinkable.activities

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        return tuple(group for group in Takers(self._thinkable).groups() if group.meetings)

    def bounds(self) -> Iterator[Bound]:
        """A bound for each meeting that cannot take place at all, and for each group within each of its hours."""
        for meeting in self._problem.meetings:
            if not self._thinkable.starts[meeting.id]:
                yield Bound((meeting.id,), 0, (f"meeting:{meeting.id}",), self._problem.day.whole)
        for group in self.groups:
            for names, hours in self._confined(group):
                held = self._held(group, names)
                if held < len(names):
                    yield Bound(names, held, tuple(taker.about for taker in group.takers), hours)

    def endless(self, group: Group) -> int:
        """How many the group holds when there is no end of meetings such as its own."""
        (taker,) = group.takers
        many = [self._activities[name] for name in group.meetings] * (24 * 60)
        return max(0, self._holds(taker, many))

    def _held(self, group: Group, names: tuple[str, ...]) -> int:
        meetings = [self._activities[name] for name in names]
        held = (max(0, min(len(names), self._holds(taker, meetings))) for taker in group.takers)
        return sum(held) // group.needed

    def _holds(self, taker: Taker, meetings: list[Activity]) -> int:
        """What the taker holds; a panel that stays does so in the room that is best for it."""
        if taker.panel is None or not taker.panel.stays:
            return taker.holds(meetings, self._step)
        return max((each.holds(meetings, self._step) for each in self._in_each_room(taker)), default=0)

    def _in_each_room(self, taker: Taker) -> Iterator[Taker]:
        """The panel in each of its rooms; rooms that make no difference once."""
        seen: set[tuple[int, ...]] = set()
        for room in sorted({room for name in taker.starts for room in self._thinkable.rooms_of(name)}):
            starts = {name: self._thinkable.in_room(name, room) for name in taker.starts}
            if tuple(starts.values()) not in seen:
                seen.add(tuple(starts.values()))
                yield replace(taker, starts=starts)

    # -- hours ---------------------------------------------------------------------------------------------------

    def _confined(self, group: Group) -> Iterator[tuple[tuple[str, ...], Span]]:
        """The meetings that cannot but lie within an interval, for every interval that gives a set of its own."""
        hours = {name: self._hours(name) for name in group.meetings}
        starts = sorted({span.start for span in hours.values()})
        ends = sorted({span.end for span in hours.values()}, reverse=True)
        seen: set[tuple[str, ...]] = set()
        for interval in _widest_first(starts, ends):
            names = tuple(name for name, span in hours.items() if interval.holds(span.start, span.end))
            if names and names not in seen and len(seen) < MOST_INTERVALS:
                seen.add(names)
                yield names, Span(min(hours[name].start for name in names), max(hours[name].end for name in names))

    def _hours(self, name: str) -> Span:
        """From the first thinkable start to the last thinkable end."""
        starts, minutes = self._thinkable.starts[name], self._activities[name].minutes
        first, last = (starts & -starts).bit_length() - 1, starts.bit_length() - 1
        return Span(first * self._step, last * self._step + minutes)


def _widest_first(starts: Iterable[int], ends: Iterable[int]) -> list[Span]:
    ends = list(ends)
    spans = [Span(start, end) for start in starts for end in ends if start < end]
    return sorted(spans, key=lambda span: (-span.minutes, span))
