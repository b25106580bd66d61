"""Every plan of a tiny day, tried one by one: the yardstick for whatever claims to be optimal.

Uses nothing but the checks and the score. What it skips, it skips because the checks forbid it whatever else
is placed: breaches of the rules in `LASTING` never heal when more is placed or more people attend.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import chain, combinations, islice, product

from solver.plan import PlacedMeeting, PlacedSession, Plan
from solver.problem import Aim, Meeting, Problem, Session
from solver.rules import Breach, Rule
from solver.score import score
from solver.verify import breaches
from tests.solver.factories import bare_plan

Placed = PlacedSession | PlacedMeeting

LASTING = frozenset(
    {Rule.OPEN, Rule.WINDOW, Rule.ONE_PLACE, Rule.ROOM, Rule.PAUSE, Rule.STAYS, Rule.REST, Rule.APART, Rule.BARRED}
)


def best_lawful(problem: Problem) -> tuple[int, ...] | None:
    """The values of the best lawful plan in the order of `problem.aims`; None when no plan is lawful."""
    search = _Search(problem)
    best: tuple[int, ...] | None = None
    for plan in search.plans():
        found = values(problem, plan)
        is_wanted = best is None or is_better(problem, found, best)
        if is_wanted and search.may_be_lawful(plan) and any(True for _ in search.with_people(plan)):
            best = found
    return best


def all_lawful_times(problem: Problem) -> Iterator[Plan]:
    """Every lawful choice of starts and rooms, each as one plan with some people who make it lawful."""
    search = _Search(problem)
    for plan in filter(search.may_be_lawful, search.plans()):
        yield from islice(search.with_people(plan), 1)


def all_lawful_plans(problem: Problem) -> Iterator[Plan]:
    """Every lawful plan, with every choice of starts, rooms and people."""
    search = _Search(problem)
    for plan in filter(search.may_be_lawful, search.plans()):
        yield from search.with_people(plan)


def values(problem: Problem, plan: Plan) -> tuple[int, ...]:
    """The values of a plan in the order of `problem.aims`."""
    scores = score(problem, plan)
    return tuple(scores[aim] for aim in problem.aims)


def is_better(problem: Problem, one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether the first values come before the others, the first aim that differs deciding."""
    return _ranked(problem.aims, one) < _ranked(problem.aims, other)


class _Search:
    """The choices of one day, with what has been found out about them on the way."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.bear_each_other = cache(self._bear_each_other)
        self.attendances = cache(self._attendances)
        sessions = (self._places_of_session(each) for each in problem.sessions)
        meetings = (self._places_of_meeting(each) for each in problem.meetings)
        self.places: tuple[tuple[Placed, ...], ...] = (*sessions, *meetings)

    def plans(self) -> Iterator[Plan]:
        """Every choice of starts and rooms in which no two things hinder each other; nobody attends yet."""
        for chosen in self._choices(()):
            yield self._plan(*(place for place in chosen if place is not None))

    def may_be_lawful(self, plan: Plan) -> bool:
        """Whether nothing forbids the plan but, perhaps, who attends."""
        return not any(_outlives_people(breach) for breach in breaches(self.problem, plan))

    def with_people(self, plan: Plan) -> Iterator[Plan]:
        """Every choice of people that makes the plan lawful."""
        for meetings in product(*(self.attendances(meeting) for meeting in plan.meetings)):
            if all(self.bear_each_other(one, other) for one, other in combinations(meetings, 2)):
                complete = replace(plan, meetings=meetings)
                if not breaches(self.problem, complete):
                    yield complete

    def _choices(self, chosen: tuple[Placed | None, ...]) -> Iterator[tuple[Placed | None, ...]]:
        if len(chosen) == len(self.places):
            yield chosen
            return
        for place in self.places[len(chosen)]:
            if all(self.bear_each_other(earlier, place) for earlier in chosen if earlier is not None):
                yield from self._choices((*chosen, place))
        if len(chosen) >= len(self.problem.sessions):
            yield from self._choices((*chosen, None))

    def _attendances(self, meeting: PlacedMeeting) -> tuple[PlacedMeeting, ...]:
        panels = self.problem.panels_of(self.problem.meeting[meeting.id])
        members = sorted({member for panel in panels for member in panel.members})
        groups = chain.from_iterable(combinations(members, size) for size in range(len(members) + 1))
        attended = (replace(meeting, people=group) for group in groups)
        return tuple(each for each in attended if not self._breaks(LASTING | {Rule.PANEL}, each))

    def _places_of_session(self, asked: Session) -> tuple[PlacedSession, ...]:
        places = product(_starts(self.problem), asked.rooms or (None,))
        placed = (PlacedSession(asked.id, start, start + asked.minutes, room) for start, room in places)
        return tuple(each for each in placed if not self._breaks(LASTING, each))

    def _places_of_meeting(self, asked: Meeting) -> tuple[PlacedMeeting, ...]:
        places = product(_starts(self.problem), asked.rooms)
        placed = (PlacedMeeting(asked.id, start, start + asked.minutes, room, ()) for start, room in places)
        return tuple(each for each in placed if self.attendances(each))

    def _bear_each_other(self, one: Placed, other: Placed) -> bool:
        return not self._breaks(LASTING, one, other)

    def _breaks(self, rules: frozenset[Rule], *placed: Placed) -> bool:
        return any(breach.rule in rules for breach in breaches(self.problem, self._plan(*placed)))

    def _plan(self, *placed: Placed) -> Plan:
        sessions = (each for each in placed if isinstance(each, PlacedSession))
        meetings = (each for each in placed if isinstance(each, PlacedMeeting))
        return bare_plan(self.problem, sessions, meetings)


def _starts(problem: Problem) -> range:
    return range(problem.day.opens, problem.day.closes, problem.day.step)


def _outlives_people(breach: Breach) -> bool:
    """Whether no choice of people mends it; one who attends more may have the way that was missing."""
    if breach.rule is Rule.TRAVEL:
        return not any(name.startswith("person:") for name in breach.about)
    return breach.rule is not Rule.PANEL


def _ranked(aims: tuple[Aim, ...], found: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-value if aim.is_maximised else value for aim, value in zip(aims, found, strict=True))
