"""Whether instances of rules can be kept together, tried plan by plan: the yardstick for conflicts.

Uses nothing but the checks. A breach counts only when it is one of an instance that is to be kept.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, product
from math import prod

from solver.model.formula import Tag
from solver.plan import PlacedMeeting, PlacedSession
from solver.problem import Meeting, Problem, Session, Span, Windows
from solver.rules import Breach, Rule
from solver.verify import breaches
from tests.solver.factories import ALWAYS, bare_plan

Placed = PlacedSession | PlacedMeeting

# What is broken by some stays broken when more is placed.
LASTING = frozenset(Rule) - {Rule.TRAVEL, Rule.AFTER, Rule.PINNED, Rule.REQUIRED, Rule.EVEN}
AROUND = 60
MOST_TRIED = 3_000


def can_keep(problem: Problem, kept: Collection[Tag]) -> bool | None:
    """Whether some plan, lawful or not, breaks none of the instances; None when there is too much to try.

    Whoever is free all day is so at any hour.
    """
    keeping = _Keeping(_at_any_hour(problem), frozenset(kept))
    if keeping.size > MOST_TRIED:
        return None
    return keeping.can_go_on((), (*problem.sessions, *problem.meetings))


def _at_any_hour(problem: Problem) -> Problem:
    def widened(windows: Windows) -> Windows:
        whole = problem.day.whole
        return ALWAYS if any(window.holds(whole.start, whole.end) for window in windows) else windows

    return replace(
        problem,
        rooms=tuple(replace(each, free=widened(each.free)) for each in problem.rooms),
        people=tuple(replace(each, free=widened(each.free)) for each in problem.people),
        suppliers=tuple(replace(each, free=widened(each.free)) for each in problem.suppliers),
        sessions=tuple(replace(each, windows=widened(each.windows)) for each in problem.sessions),
        meetings=tuple(replace(each, windows=widened(each.windows)) for each in problem.meetings),
    )


class _Keeping:
    """The search for such a plan, with what has been found out about pairs on the way."""

    def __init__(self, problem: Problem, kept: frozenset[Tag]) -> None:
        self._problem, self._kept = problem, kept
        rules, things = {tag.rule for tag in kept}, {about.split(":")[0] for tag in kept for about in tag.about}
        hours = problem.day.whole
        if Rule.OPEN not in rules:
            hours = Span(hours.start - AROUND, hours.end + AROUND)
        self._starts = range(hours.start, hours.end, problem.day.step)
        people = {Rule.PANEL, Rule.BARRED, Rule.ROOM}
        self._is_about_people = "person" in things or not rules.isdisjoint(people)
        rooms = {Rule.STAYS, Rule.TRAVEL, Rule.APART, Rule.PINNED}
        self._rooms = tuple(problem.room) if "room" in things or not rules.isdisjoint(rooms) else (problem.rooms[0].id,)
        self._bear_each_other = cache(self._are_alright)
        self._options = {each.id: self._alone(each) for each in problem.sessions}
        self._options |= {each.id: self._alone(each) for each in problem.meetings}
        self.size = prod(len(options) + 1 for options in self._options.values())

    def _alone(self, asked: Session | Meeting) -> list[Placed]:
        options = self._of_session(asked) if isinstance(asked, Session) else self._of_meeting(asked)
        return [option for option in options if self._are_alright(option)]

    def _are_alright(self, *placed: Placed) -> bool:
        return not any(breach.rule in LASTING for breach in self._breaks(placed))

    def can_go_on(self, placed: tuple[Placed, ...], left: tuple[Session | Meeting, ...]) -> bool:
        if not left:
            return not any(self._breaks(placed))
        first, *others = left
        if not self._must(first) and self.can_go_on(placed, tuple(others)):
            return True
        return any(
            self.can_go_on((*placed, option), tuple(others))
            for option in self._options[first.id]
            if all(self._bear_each_other(other, option) for other in placed)
        )

    def _must(self, asked: Session | Meeting) -> bool:
        kind = "session" if isinstance(asked, Session) else "meeting"
        return Tag(Rule.REQUIRED, (f"{kind}:{asked.id}",)) in self._kept

    def _of_session(self, asked: Session) -> Iterator[Placed]:
        rooms = self._rooms if asked.rooms else (None,)
        for start, room in product(self._starts, rooms):
            yield PlacedSession(asked.id, start, start + asked.minutes, room)

    def _of_meeting(self, asked: Meeting) -> Iterator[Placed]:
        panels = self._problem.panels_of(asked)
        members = sorted({member for panel in panels for member in panel.members})
        sizes = range(len(members) + 1) if self._is_about_people else (0,)
        groups = list(chain.from_iterable(combinations(members, size) for size in sizes))
        for start, room, people in product(self._starts, self._rooms, groups):
            yield PlacedMeeting(asked.id, start, start + asked.minutes, room, people)

    def _breaks(self, placed: tuple[Placed, ...]) -> Iterator[Breach]:
        sessions = [each for each in placed if isinstance(each, PlacedSession)]
        meetings = [each for each in placed if isinstance(each, PlacedMeeting)]
        plan = bare_plan(self._problem, sessions, meetings)
        wished = {tag.about[0] for tag in self._kept if tag.rule is Rule.REQUIRED}
        asked = replace(
            self._problem,
            meetings=tuple(replace(each, required=f"meeting:{each.id}" in wished) for each in self._problem.meetings),
        )
        return (breach for breach in breaches(asked, plan) if self._counts(breach))

    def _counts(self, breach: Breach) -> bool:
        return any(tag.rule is breach.rule and _is_of(tag, breach) for tag in self._kept)


def _is_of(tag: Tag, breach: Breach) -> bool:
    """Whether the breach is one of that instance; suppliers kept apart are told by the meetings that hold them."""
    if tag.rule is Rule.WINDOW:
        return tag.about == breach.about[-1:]
    return tag.rule in {Rule.OPEN, Rule.EVEN, Rule.APART} or set(tag.about) <= set(breach.about)
