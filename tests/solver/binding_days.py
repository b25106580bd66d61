"""Days on which one rule stands in the way of a better plan: without it, the solver would break just that rule.

Mostly the plan strives to place as much as possible and to finish as early as possible, from 08:00 on.
"""

from solver.problem import Problem
from solver.rules import Rule
from tests.solver.binding_presence import PRESENCE
from tests.solver.binding_rooms import ROOMS
from tests.solver.binding_times import TIMES

# For each rule, days by what they show, each with the best values when the rule is kept.
BINDING: dict[Rule, dict[str, tuple[Problem, tuple[int, ...]]]] = {**PRESENCE, **ROOMS, **TIMES}
