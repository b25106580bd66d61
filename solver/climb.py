"""The climb: the fewest breaks, asked for from below, one more at a time, until there is a plan.

Each height is a question to a fresh SAT solver. No supplier can have fewer breaks than alone; so when all have so many
more than that together, none has more than so many more, which says a lot (see docs/solver.md).
"""

from collections.abc import Mapping, Sequence

from solver.cnf import Cnf
from solver.cores import Least
from solver.formula import Literal
from solver.sat import Sat

Holes = Mapping[str, Sequence[Literal]]


def climb(cnf: Cnf, holes: Holes, fewest: Mapping[str, int], most: int, conflicts: int) -> Least:
    """The fewest breaks there can be, below `most`, and the literals that hold then; none when nothing was found.

    `holes` gives, for each supplier, the literals of its breaks, `fewest` how many it has at the least, alone. Without
    a solution, so many breaks are proven to be the least there can be.
    """
    least = sum(fewest.values())
    while least < most and conflicts > 0:
        more = least - sum(fewest.values())
        with Sat(_up_to(cnf, holes, fewest, more), conflicts) as sat:
            found = sat.can_hold()
            conflicts = sat.conflicts_left
            if found:
                return Least(least, sat.holding())
        if found is None:
            break
        least += 1
    return Least(least, frozenset())


def _up_to(cnf: Cnf, holes: Holes, fewest: Mapping[str, int], more: int) -> Cnf:
    """The clauses, with at most so many more breaks than the fewest of each supplier, all told."""
    higher = cnf.copy()
    further: list[Literal] = []
    for supplier, literals in sorted(holes.items()):
        own = fewest[supplier]
        if more == 0 or len(literals) <= own:
            higher.at_most(literals, own)
        else:
            outputs = higher.counted(literals, own + more)
            further += outputs[own : own + more]
    if more:
        higher.at_most(further, more)
    return higher
