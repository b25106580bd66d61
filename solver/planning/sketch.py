"""A first plan, soon: the day with so few starts to choose from that everything falls into place, or fails at once.

Meetings of one length with one pause follow each other at a regular beat; a timetable on that beat is found in a
fraction of the time that it takes among all starts, and is a lawful plan of the day itself. It proves nothing but that
there is one. The finest beats are left to the full search.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from solver.constraints import constrain
from solver.counting.thinkable import Thinkable
from solver.engines.cnf import Cnf
from solver.engines.sat import Sat
from solver.limits import Limits
from solver.model.answer import Draft, sessions_and_meetings, told_literals_of
from solver.model.formula import Formula, GoOn, no_hurry
from solver.problem import Meeting, Problem
from solver.variables import Choices

# How many conflicts one attempt may meet for each second of the limit.
CONFLICTS_PER_SECOND = 500
QUARTER = 15

Starts = dict[str, list[int]]


def sketch(problem: Problem, starts: Starts, limits: Limits, go_on: GoOn = no_hurry) -> Draft | None:
    """A lawful plan with every meeting placed at one of these starts; None when none is found with little work.

    Raises what `go_on` does, which is called now and then.
    """
    choices = Choices(problem, only=starts, formula=Formula(go_on))
    constrain(choices)
    for placed in choices.placed.values():
        choices.formula.fix(placed)
    cnf = Cnf(choices.formula)
    with Sat(cnf.clauses, cnf.top, conflicts=int(limits.seconds * CONFLICTS_PER_SECOND)) as sat:
        sat.go_on = go_on
        sat.prefer(told_literals_of(choices))
        if not sat.can_hold():
            return None
        return Draft(*sessions_and_meetings(choices, sat.holding().__contains__))


def beats(problem: Problem) -> Iterator[Starts]:
    """The starts of every meeting on its own beat, then on quarters, where that leaves fewer than there are."""
    step = problem.day.step
    every = {name: _minutes(bits, step) for name, bits in Thinkable(problem).starts.items() if name in problem.meeting}
    if not any(every.values()):
        return
    first = Counter(starts[0] for starts in every.values() if starts).most_common(1)[0][0]
    own = {each.id: _beat(problem, each) for each in problem.meetings}
    yield from _thinner(problem, every, first, own)
    if min(own.values()) > QUARTER:
        yield from _thinner(problem, every, first, dict.fromkeys(own, QUARTER))


def _thinner(problem: Problem, every: Starts, first: int, beat: Mapping[str, int]) -> Iterator[Starts]:
    """The starts that lie on the beat, counted from the first; an activity that has none there keeps all."""
    on_beat = {name: [at for at in starts if (at - first) % beat[name] == 0] for name, starts in every.items()}
    kept = {name: _with_told(problem, name, starts or every[name], every[name]) for name, starts in on_beat.items()}
    if kept != every:
        yield kept


def _beat(problem: Problem, meeting: Meeting) -> int:
    """From the start of one meeting of a panel to that of the next, on the grid."""
    taken = meeting.minutes + max((panel.pause_minutes for panel in problem.panels_of(meeting)), default=0)
    return -(-taken // problem.day.step) * problem.day.step


def _with_told(problem: Problem, name: str, starts: list[int], every: list[int]) -> list[int]:
    """The starts, and the one that has been announced."""
    told = {each.start for each in problem.announced if each.id == name}
    return sorted({*starts, *told.intersection(every)})


def _minutes(bits: int, step: int) -> list[int]:
    return [number * step for number in range(bits.bit_length()) if bits >> number & 1]
