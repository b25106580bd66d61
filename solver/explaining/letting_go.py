"""What must be let go of at the least, so that everything else can be had; who it is, among equals, is drawn."""

from collections.abc import Collection
from dataclasses import replace

from solver.explaining.patience import Patience
from solver.explaining.planning import fewest_left_out, with_most
from solver.plan import Plan
from solver.planning.lots import drawn, in_order_of_lots
from solver.problem import Problem

# The public seed of an explanation: nobody is named because of the place in a list.
SEED = 1


def fewest_for_another_day(problem: Problem, asked: Collection[str], patience: Patience) -> tuple[str, ...]:
    """The fewest suppliers without whose meetings the others that are asked for can be had; none when not known."""
    day = drawn(_required(problem, asked), SEED).problem
    own = dict(zip(sorted(day.supplier), in_order_of_lots(problem, SEED), strict=True))
    meetings = {name: {each.id for each in day.meetings if name in each.parties} for name in day.supplier}
    fewest = fewest_left_out(
        _required(day, ()), meetings, {each.id for each in day.meetings if each.required}, patience
    )
    return tuple(sorted(own[name] for name in fewest))


def without_fewest_musts(problem: Problem, required: Collection[str], patience: Patience) -> Plan | None:
    """A plan without the fewest of the required meetings, as lawful as can be then; None when that is not known."""
    draw = drawn(_required(problem, required), SEED)
    plan = with_most(
        _required(draw.problem, ()), {each.id for each in draw.problem.meetings if each.required}, patience
    )
    return draw.undrawn(plan) if plan else None


def _required(problem: Problem, names: Collection[str]) -> Problem:
    """The day with these meetings required, and no others."""
    return replace(problem, meetings=tuple(replace(each, required=each.id in names) for each in problem.meetings))
