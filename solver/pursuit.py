"""One way to look at a day, with all its starts or with few of them: a first plan, then aim by aim a better one."""

import threading
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from solver.answer import Draft, literals_of, sessions_and_meetings
from solver.constraints import constrain
from solver.limits import Limits
from solver.objectives import AIMS
from solver.plan import AimResult, Plan, Status
from solver.problem import Aim, Problem
from solver.score import score
from solver.search import Search
from solver.variables import Choices

# Told of the aim, its value so far, and the best still thinkable.
Tell = Callable[[Aim, int | None, int | None], None]


@dataclass
class Pursuit:
    """One day while it is being solved; `only` keeps meetings to some of their starts."""

    problem: Problem
    limits: Limits
    stop: threading.Event
    only: Mapping[str, Collection[int]] | None = None
    best: Draft | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._choices = Choices(self.problem, only=self.only)
        constrain(self._choices)
        self._search = Search(self._choices.formula, self.limits, self.stop)

    @property
    def was_cut(self) -> bool:
        """Whether the clock or the caller, and not the counted work, has ended a question."""
        return self._search.was_cut

    def begin(self, draft: Draft | None) -> bool | None:
        """Whether there is a lawful plan, None when that is not known; if a draft is given, that is the first."""
        found = self._search.find_first(self._hopes(draft))
        if found:
            self._note()
        return found

    def _hopes(self, draft: Draft | None) -> list[int]:
        if draft is not None:
            return literals_of(self._choices, draft.sessions, draft.meetings)
        wanted = wants_everything(self.problem)
        return [self._choices.placed[name] for name in self._choices.meetings] if wanted else []

    def pursue(self, aim: Aim, tell: Tell) -> AimResult:
        """Come as near as the work allows to the best value of the aim, and hold on to it."""
        sign = -1 if aim.is_maximised else 1
        figure = AIMS[aim](self._choices)
        so_far = self._value(aim)
        tell(aim, so_far, None)
        best = sign * self._search.minimise(
            figure * sign,
            sign * so_far,
            lambda cost, least: tell(aim, sign * cost, sign * least),
            is_negative=aim.is_maximised,
        )
        self._note()
        value = self._value(aim)
        self._choices.formula.bound(figure, least=value, most=value)
        tell(aim, value, best)
        return AimResult(aim, value, best, proven=value == best)

    def _note(self) -> None:
        self.best = Draft(*sessions_and_meetings(self._choices, self._search.holds))

    def _value(self, aim: Aim) -> int:
        return score(self.problem, bare_plan(self.problem, self.best or Draft()))[aim]


def wants_everything(problem: Problem) -> bool:
    """Whether a plan with everything placed would be a good one to begin with."""
    is_first = problem.aims[:1] in ((Aim.REACHED,), (Aim.PLACED,))
    return is_first or all(meeting.required for meeting in problem.meetings)


def bare_plan(problem: Problem, draft: Draft) -> Plan:
    """A plan that claims nothing of its aims, its making or its day."""
    placed = {meeting.id for meeting in draft.meetings}
    unplaced = tuple(sorted(meeting.id for meeting in problem.meetings if meeting.id not in placed))
    return Plan(Status.FEASIBLE, draft.sessions, draft.meetings, unplaced, (), 0, 0, "", 0.0, "")
