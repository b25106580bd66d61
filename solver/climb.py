"""The climb: the fewest breaks, asked for from below, one more at a time, until there is a plan.

Each height is a question to a fresh SAT solver. No supplier can have fewer breaks than alone; so when all have so many
more than that together, none has more than so many more, which says a lot (see docs/solver.md).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from solver.counting.fewest_breaks import courses, fewest_gaps
from solver.counting.fewest_together import fewest_together
from solver.engines.cnf import Cnf
from solver.engines.cores import Least
from solver.engines.sat import Sat
from solver.model.formula import Literal
from solver.model.waiting import holes_of
from solver.variables import Choices

# What one height may use of the conflicts that are left.
SHARE_OF_A_HEIGHT = 0.4


def climb(choices: Choices, most: int, conflicts: int) -> Least:
    """How many breaks there are at least, and the literals that hold in the best plan with fewer than `most`.

    None hold when no such plan was found within so many conflicts.
    """
    known = courses(choices)
    fewest = dict.fromkeys(sorted(choices.problem.supplier), 0)
    fewest |= {supplier: fewest_gaps(course) or 0 for supplier, course in known.items()}
    # Holes that nobody has asked for yet are said now, before all is told as clauses.
    holes = {supplier: holes_of(choices, supplier) for supplier in fewest}
    together = partial(fewest_together, known.values(), _seats(choices))
    return Mountain(Cnf(choices.formula), holes, fewest, together).climb(most, conflicts)


def _seats(choices: Choices) -> int:
    """How many suppliers can be busy at once, were every room full of the meeting with the most of them."""
    in_a_meeting = max((len(meeting.suppliers) for meeting in choices.meetings.values()), default=0)
    in_sessions = sum(len(session.suppliers) for session in choices.sessions.values())
    return len(choices.problem.rooms) * in_a_meeting + in_sessions


@dataclass(frozen=True)
class Mountain:
    """`holes` gives, for each supplier, the literals of its breaks, `fewest` how many it has at the least, alone.

    `together` counts how many all of them have at the least; it is asked when what they have alone is not enough.
    """

    cnf: Cnf
    holes: Mapping[str, Sequence[Literal]]
    fewest: Mapping[str, int]
    together: Callable[[], int]

    def climb(self, most: int, conflicts: int) -> Least:
        """Ask for one break more at a time; past a height that is too hard to tell, in longer and longer strides."""
        alone = sum(self.fewest.values())
        least, height, stride = alone, alone, 1
        holding: frozenset[Literal] = frozenset()
        while height < most and conflicts > 0:
            higher = self._up_to(height)
            with Sat(higher.clauses, higher.top, conflicts=conflicts) as sat:
                sat.go_on = higher.formula.go_on
                found = sat.can_hold((), int(conflicts * SHARE_OF_A_HEIGHT) + 1)
                conflicts = sat.conflicts_left or 0
                holding = sat.holding() if found else holding
            if found:
                most = self._breaks(holding)
                height, stride = (least + most) // 2, 1
            else:
                refuted = 0 if found is None else height + 1
                least = max(least, refuted, self.together() if height == alone else 0)
                height, stride = (least, 1) if least > height else (height + stride, 2 * stride)
        return Least(least, holding)

    def _breaks(self, holding: frozenset[Literal]) -> int:
        return sum(literal in holding for literals in self.holes.values() for literal in literals)

    def _up_to(self, height: int) -> Cnf:
        """The clauses, and that there are no more breaks than that, so that none has many more than alone."""
        more = height - sum(self.fewest.values())
        higher = self.cnf.copy()
        further: list[Literal] = []
        for supplier, literals in sorted(self.holes.items()):
            own = self.fewest[supplier]
            if more == 0 or len(literals) <= own:
                higher.at_most(literals, own)
            else:
                outputs = higher.counted(literals, own + more)
                further += outputs[own : own + more]
        if more:
            higher.at_most(further, more)
        return higher
