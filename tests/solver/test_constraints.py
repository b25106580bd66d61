"""Each rule kept by the model where it binds, and each missed at once when it is taken away."""

import pytest

from solver import constraints
from solver.limits import Limits
from solver.plan import Plan, Status
from solver.problem import Problem
from solver.rules import Rule
from solver.solve import UnlawfulPlan, solve
from solver.verify import breaches
from tests.solver.binding_days import BINDING
from tests.solver.factories import SHA256

LIMITS = Limits(seconds=20, workers=1)
EVERY = [pytest.param(rule, name, id=f"{rule.word}, {name}") for rule, days in BINDING.items() for name in days]


def solved(day: Problem) -> Plan:
    return solve(day, LIMITS, problem_sha256=SHA256)


def test_every_rule_is_said_to_the_solver_and_has_a_day_on_which_it_binds() -> None:
    assert set(constraints.RULES) == set(BINDING) == set(Rule)


@pytest.mark.parametrize(("rule", "name"), EVERY)
def test_the_best_plan_keeps_the_rule(rule: Rule, name: str) -> None:
    day, best = BINDING[rule][name]

    plan = solved(day)

    assert (plan.status, tuple(result.value for result in plan.aims)) == (Status.OPTIMAL, best)
    assert breaches(day, plan) == ()


@pytest.mark.parametrize(("rule", "name"), EVERY)
def test_the_order_in_which_the_rules_are_said_changes_no_value(
    rule: Rule, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, best = BINDING[rule][name]
    backwards = dict(reversed(constraints.RULES.items()))
    monkeypatch.setattr(constraints, "RULES", backwards)

    assert tuple(result.value for result in solved(day).aims) == best


@pytest.mark.parametrize(("rule", "name"), EVERY)
def test_without_the_rule_the_plan_would_break_it_and_no_other(
    rule: Rule, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, _ = BINDING[rule][name]
    others = {other: say for other, say in constraints.RULES.items() if other is not rule}
    monkeypatch.setattr(constraints, "RULES", others)

    with pytest.raises(UnlawfulPlan) as unlawful:
        solved(day)

    assert {breach.rule for breach in unlawful.value.breaches} == {rule}
