"""Days that one rule makes impossible: proven infeasible with it, and not without it."""

from dataclasses import replace

import pytest

from solver import constraints
from solver.limits import Limits
from solver.plan import Plan, Status
from solver.problem import Apart, Needs, Problem, Rest, Span, Stretch, Travel
from solver.rules import Rule
from solver.solve import SOLVER, UnlawfulPlan, solve
from tests.solver.factories import SHA256, announced, at, meeting, panel, person, room, spans
from tests.solver.morning import AFTER_NINE, M1, M2, OLA, R1, morning

LIMITS = Limits(seconds=20, workers=1)
MUST_1, MUST_2 = replace(M1, required=True), replace(M2, required=True)
ALL_OF_IT = Span(at("08:00"), at("10:00"))

IMPOSSIBLE: dict[Rule, Problem] = {
    Rule.OPEN: morning(replace(MUST_1, windows=spans("09:45-12:00"))),
    Rule.WINDOW: morning(replace(MUST_1, windows=spans("08:00-08:15", "08:15-08:30"))),
    Rule.ONE_PLACE: morning(replace(MUST_1, minutes=75), meeting("m2", "acme", "p2", minutes=60, required=True)),
    Rule.TRAVEL: replace(
        morning(
            replace(MUST_1, minutes=60, rooms=("r1",)),
            meeting("m2", "acme", "p2", minutes=60, required=True, rooms=("r2",)),
        ),
        travel=Travel(1),
    ),
    Rule.ROOM: morning(MUST_1, rooms=(room("r1", seats=1),)),
    Rule.PANEL: morning(MUST_1, panels=(panel("p1", "kari", needs=Needs(people=2)),)),
    Rule.PAUSE: morning(MUST_1, panels=(panel("p1", "kari", stretch=Stretch(29, 15)),)),
    Rule.STAYS: morning(
        replace(MUST_1, rooms=("r1",)),
        meeting("m2", "beta", "p1", required=True, rooms=("r2",)),
        panels=(panel("p1", "kari", stays=True),),
    ),
    Rule.AFTER: morning(
        replace(MUST_1, windows=AFTER_NINE), replace(MUST_2, windows=spans("08:00-09:30"), after=("m1",))
    ),
    Rule.REST: replace(morning(replace(MUST_1, minutes=75)), rests=(Rest(("acme",), (), 50, ALL_OF_IT),)),
    Rule.APART: replace(
        morning(replace(MUST_1, minutes=60), replace(MUST_2, minutes=45), rooms=(R1,)),
        apart=(Apart(("acme", "beta"), 20),),
    ),
    Rule.PINNED: replace(
        morning(MUST_1, replace(MUST_2, start=at("08:00")), rooms=(R1,)),
        announced=(announced("m1", "08:15", "r1"),),
        fixed_until=at("09:00"),
    ),
    Rule.REQUIRED: morning(replace(MUST_1, minutes=75), replace(MUST_2, minutes=60), rooms=(R1,)),
    Rule.BARRED: morning(MUST_1, people=(person("kari", barred=("acme",)), OLA)),
    Rule.EVEN: replace(
        morning(replace(MUST_1, start=at("08:00")), meeting("m2", "acme", "p2", required=True, pin=("09:00", None))),
        breaks_differ_by=0,
    ),
}


def solved(day: Problem) -> Plan:
    return solve(day, LIMITS, problem_sha256=SHA256)


def test_every_rule_can_make_a_day_impossible() -> None:
    assert set(IMPOSSIBLE) == set(Rule)


@pytest.mark.parametrize("rule", IMPOSSIBLE)
def test_what_the_rule_makes_impossible_is_proven_infeasible(rule: Rule) -> None:
    plan = solved(IMPOSSIBLE[rule])

    assert replace(plan, seconds=0) == Plan(
        status=Status.INFEASIBLE,
        sessions=(),
        meetings=(),
        unplaced=tuple(sorted(IMPOSSIBLE[rule].meeting)),
        aims=(),
        seed=1,
        workers=1,
        solver=SOLVER,
        seconds=0,
        problem_sha256=SHA256,
    )


@pytest.mark.parametrize("rule", IMPOSSIBLE)
def test_it_is_that_rule_alone_that_makes_it_impossible(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    others = {other: say for other, say in constraints.RULES.items() if other is not rule}
    monkeypatch.setattr(constraints, "RULES", others)

    with pytest.raises(UnlawfulPlan) as unlawful:
        solved(IMPOSSIBLE[rule])

    assert {breach.rule for breach in unlawful.value.breaches} == {rule}
