"""One way to look at a day, with all its starts or with few of them: a first plan, then aim by aim a better one."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from solver.climb import climb
from solver.constraints import constrain
from solver.counting.capacity import AtMost, at_most
from solver.deadline import Deadline
from solver.engines.cnf import is_heavy
from solver.engines.cores import Least, least_of
from solver.engines.hearing import Hearing
from solver.engines.search import FOR_ROOM, FOR_SUMS, Search
from solver.limits import Limits
from solver.model.answer import Draft, all_literals_of, sessions_and_meetings, told_literals_of
from solver.model.formula import Figure, Formula, Literal
from solver.objectives import AIMS
from solver.plan import AimResult, Plan, Status
from solver.problem import Aim, Problem
from solver.score import nothing_better, score
from solver.variables import Choices

# What few of many are broken of is proven best by the conflicts among them.
BY_CORES = frozenset({Aim.REACHED, Aim.PLACED, Aim.KEPT})
# Where the question is how much there is room for, or how soon.
ROOM = frozenset({Aim.REACHED, Aim.PLACED, Aim.LONGEST_WAIT, Aim.FINISH})
CONFLICTS_PER_SECOND = 1_000
# A pigeonhole with fewer holes is soon found without counting.
FEW_HOLES = 3
CONFLICTS_OF_A_CLIMB = 5_000

# A day of which more than this part has one start left is thought anew without the others.
MOSTLY = 0.5

# Told of the aim, its value so far, and the best still thinkable.
Tell = Callable[[Aim, int | None, int | None], None]


@dataclass
class Pursuit:
    """One day while it is being solved; `only` keeps meetings to some of their starts.

    `counted` is what `at_most` says of the day, where that is known already.
    """

    problem: Problem
    limits: Limits
    deadline: Deadline
    only: Mapping[str, Collection[int]] | None = None
    counted: Collection[AtMost] | None = None
    best: Draft | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self._choices = Choices(self.problem, only=self.only, formula=Formula(self.deadline.keep))
        constrain(self._choices)
        # Said before anything is asked, so that the SAT solver need not hear it all again.
        self._figures = {aim: AIMS[aim](self._choices) for aim in self.problem.aims if aim in BY_CORES}
        placed = self._choices.placed
        if self.counted is None:
            self.counted = tuple(at_most(self.problem))
        worth_saying = ((names, most) for names, most in self.counted if most >= FEW_HOLES)
        said = [([placed[name] for name in names], most) for names, most in worth_saying]
        self._hearing = Hearing(self._choices.formula, said)
        self._search = Search(self._choices.formula, self.limits, self.deadline)
        self._certain: set[Literal] = set()
        self._pledged: list[AimResult] = []

    @property
    def was_cut(self) -> bool:
        """Whether the deadline, and not the counted work, has ended a question."""
        return self._search.was_cut

    def begin(self, draft: Draft | None) -> bool | None:
        """Whether there is a lawful plan, None when that is not known; if a draft is given, that is the first."""
        if draft is not None:
            self.best = draft
            self._search.start_from(all_literals_of(self._choices, draft))
            return True
        wanted = wants_everything(self.problem)
        hopes = [self._choices.placed[name] for name in self._choices.meetings] if wanted else []
        found = self._by_sat(hopes)
        if found is None:
            found = self._search.find_first()
            if found:
                self._note()
        return found

    def _by_sat(self, hopes: list[Literal]) -> bool | None:
        """Whether there is a lawful plan, as far as clauses tell; if possible one in which every hope holds."""
        if self.problem.announced:
            # Whatever has to give way, most of what people have been told is a plan already.
            kept = self._least_by_cores(self._figure(Aim.KEPT))
            if kept.holding:
                self._take(kept.holding)
                return True
        sat, _ = self._hearing.told(told_literals_of(self._choices))
        sat.conflicts_left = self._conflicts
        found = sat.can_hold(hopes)
        if hopes and not found:
            found = sat.can_hold()
        if found:
            self._take(sat.holding())
        return found

    @property
    def _conflicts(self) -> int:
        return int(self.limits.seconds * CONFLICTS_PER_SECOND)

    def _least_by_cores(self, cost: Figure) -> Least:
        likely = told_literals_of(self._choices) or all_literals_of(self._choices, self.best or Draft())
        sat, cnf = self._hearing.told(likely)
        costs, offset = cnf.positive(cost)
        found = least_of(sat, costs, self._conflicts)
        return found._replace(value=found.value + offset)

    def _take(self, holding: frozenset[Literal]) -> None:
        names = len(self._choices.formula.names)
        self.best = Draft(*sessions_and_meetings(self._choices, holding.__contains__))
        self._search.start_from(literal for literal in holding if abs(literal) <= names)

    def pursue(self, aim: Aim, tell: Tell) -> AimResult:
        """Come as near as the work allows to the best value of the aim, and hold on to it."""
        sign = -1 if aim.is_maximised else 1
        if aim not in BY_CORES:
            self._hearing.close()
        figure = self._figure(aim)
        tell(aim, self._value(aim), None)
        best = sign * self._least(aim, figure * sign, lambda cost, least: tell(aim, sign * cost, sign * least))
        result = AimResult(aim, value := self._value(aim), best, proven=value == best)
        self.pledge(result)
        tell(aim, value, best)
        return result

    def _least(self, aim: Aim, cost: Figure, tell: Callable[[int, int], None]) -> int:
        """The least that the cost can be, as far as the work proves it; the best plan comes as near as it can."""
        sign = -1 if aim.is_maximised else 1
        least, _ = self._choices.formula.range_of(cost)
        least = max(least, sign * nothing_better(self.problem)[aim])
        if self._value(aim) * sign > least and not is_heavy(self._choices.formula):
            least = max(least, self._by_clauses(aim, cost, least))
        so_far = self._value(aim) * sign
        if so_far > least:
            strategies = FOR_ROOM if aim in ROOM else FOR_SUMS
            least = self._search.minimise(cost, so_far, least, tell, strategies)
            self._note()
        return least

    def _by_clauses(self, aim: Aim, cost: Figure, least: int) -> int:
        """The least as far as a SAT solver proves it: by the conflicts among hopes, or by a climb."""
        if aim is Aim.BREAKS:
            found = self._climbed()
        elif aim in BY_CORES:
            found = self._least_by_cores(cost)
            self._hold(found.certain)
        else:
            return least
        if found.holding:
            self._take(found.holding)
        return found.value

    def _figure(self, aim: Aim) -> Figure:
        if aim not in self._figures:
            self._figures[aim] = AIMS[aim](self._choices)
        return self._figures[aim]

    def _hold(self, certain: Iterable[Literal]) -> None:
        """Hold on to what is so in every plan that is as good."""
        for literal in certain:
            if abs(literal) <= len(self._choices.formula.names):
                self._choices.formula.fix(literal)
                self._certain.add(literal)

    def _climbed(self) -> Least:
        conflicts = int(self.limits.seconds * CONFLICTS_OF_A_CLIMB)
        return climb(self._choices, self._value(Aim.BREAKS), conflicts)

    def narrowed(self) -> "Pursuit":
        """The same, thought anew with only the starts that are left where most meetings have one start left."""
        starts = ((name, self._choices.start[name].items()) for name in self._choices.meetings)
        certain = {name: [at for at, literal in each if literal in self._certain] for name, each in starts}
        only = {name: left for name, left in certain.items() if left}
        if len(only) <= len(certain) * MOSTLY or self.only is not None:
            return self
        self._hearing.close()
        fewer = Pursuit(self.problem, self._search.limits_left, self.deadline, only, self.counted)
        fewer.begin(self.best)
        for result in self._pledged:
            fewer.pledge(result)
        return fewer

    def pledge(self, result: AimResult) -> None:
        """Give up nothing of an aim; where more may be possible, it may still come of what is done for another."""
        is_least = result.proven or result.aim.is_maximised
        is_most = result.proven or not result.aim.is_maximised
        least, most = result.value if is_least else None, result.value if is_most else None
        self._choices.formula.bound(self._figure(result.aim), least=least, most=most)
        self._pledged.append(result)

    def as_it_came(self) -> tuple[AimResult, ...]:
        """For every aim what the best plan truly comes to, and how good it can be, as far as it has been pursued."""
        bounds = {result.aim: result.bound for result in self._pledged}
        values = score(self.problem, bare_plan(self.problem, self.best or Draft()))
        aims = ((aim, values[aim], bounds.get(aim)) for aim in self.problem.aims)
        return tuple(AimResult(aim, value, bound, proven=value == bound) for aim, value, bound in aims)

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
