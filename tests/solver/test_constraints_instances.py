"""What the model says is said for one instance of one rule: that instance dropped, it is not said; another, it is."""

from dataclasses import replace

import pytest
from pysat.solvers import Cadical195

from solver.constraints import constrain
from solver.engines.cnf import Cnf
from solver.model.formula import Formula
from solver.problem import Apart, Problem, Travel
from solver.rules import Rule
from solver.variables import Choices
from tests.solver.binding_days import BINDING
from tests.solver.culprits import CULPRITS, EARLY, FIRST, LATE, OTHER
from tests.solver.factories import announced, at, meeting, panel, room, supplier
from tests.solver.morning import ACME, BETA, CITO, R1, morning

NEEDED = {f"{rule.number} {name}": case for rule, cases in CULPRITS.items() for name, case in cases.items()} | {
    "R12 what is announced and fixed": (
        replace(
            morning(FIRST, OTHER, suppliers=(supplier("acme", free=EARLY), BETA)),
            announced=(announced("m1", "09:00", "r1"),),
            fixed_until=at("09:15"),
        ),
        ("R2 supplier:acme", "R12 meeting:m1"),
    ),
    "R4 and R7 of the same minutes": (
        replace(
            morning(
                replace(FIRST, rooms=("r1",)),
                replace(OTHER, parties=("acme", "p1"), rooms=("r2",)),
                panels=(panel("p1", "kari", "ola", pause=15),),
            ),
            travel=Travel(15),
        ),
        ("R1 day", "m1", "m2"),
    ),
    "R4 of two suppliers who go together": (
        replace(
            morning(
                replace(FIRST, parties=("acme", "beta", "p1"), rooms=("r1",)),
                replace(OTHER, parties=("acme", "beta", "p2"), rooms=("r2",)),
            ),
            travel=Travel(15),
        ),
        ("R1 day", "R3 supplier:acme", "R5 meeting:m1 room:r2", "R5 meeting:m2 room:r1", "m1", "m2"),
    ),
    "R7 and R11 of the same minutes": (
        replace(
            morning(
                FIRST, replace(OTHER, parties=("beta", "p1")), panels=(panel("p1", "kari", pause=15),), rooms=(R1,)
            ),
            apart=(Apart(("acme", "beta"), 15),),
        ),
        ("R1 day", "m1", "m2"),
    ),
    "R3 of one whose breaks are counted": (
        replace(
            morning(replace(FIRST, start=at("08:00")), replace(OTHER, parties=("acme", "p2"), start=at("08:00"))),
            breaks_differ_by=5,
        ),
        ("R3 supplier:acme", "R12 meeting:m1", "R12 meeting:m2", "m1", "m2"),
    ),
    "R3 of a room that another rule forbids as well": (
        morning(
            replace(FIRST, start=at("08:00"), rooms=("r1",)),
            replace(OTHER, start=at("08:00"), rooms=("r2",)),
            rooms=(R1, room("r2", free=LATE)),
        ),
        ("R2 room:r2", "R12 meeting:m2", "m2"),
    ),
    "R11 rivals in a consortium with somebody else": (
        replace(
            morning(
                FIRST,
                replace(OTHER, parties=("beta", "cito", "p2")),
                rooms=(R1,),
                suppliers=(ACME, BETA, CITO, supplier("dux")),
            ),
            apart=(Apart(("acme", "beta"), 15), Apart(("acme", "cito"), 0), Apart(("cito", "dux"), 15)),
        ),
        ("R1 day", "R3 room:r1", "R11 supplier:acme supplier:beta", "m1", "m2"),
    ),
}

# Where another rule forbids the same, dropping one is not enough; explanations say each for itself.
BESIDES: dict[str, tuple[set[str], set[str]]] = {
    "R3 a panel": (set(), {"R3 panel:p1"}),
    "R3 a supplier who takes part in the very same as another": ({"R3 supplier:acme"}, {"R3 supplier:beta"}),
    "R4 of a supplier": ({"R3 supplier:acme"}, set()),
    "R11 rivals at the same door": ({"R3 room:r1"}, set()),
}

MUST = (meeting("m1", "acme", required=True), meeting("m2", "beta", required=True))
REQUIRED: dict[str, Problem] = {
    **{f"{rule.word}, {name}": day for rule, days in BINDING.items() for name, (day, _) in days.items()},
    "two for one room": morning(*MUST, rooms=(R1,), people=(), panels=()),
    "three for two rooms that are alike": morning(
        *MUST,
        meeting("m3", "cito", required=True),
        people=(),
        panels=(),
        suppliers=(ACME, BETA, CITO),
    ),
}


@pytest.mark.parametrize("name", NEEDED)
def test_what_makes_a_day_impossible_is_said_for_the_instances_that_are_to_blame_and_for_no_other(name: str) -> None:
    day, conflict = NEEDED[name]
    more, fewer = BESIDES.get(name, (set(), set()))

    assert those_without_which_it_is_possible(day) == {*conflict, *more} - fewer


def those_without_which_it_is_possible(day: Problem) -> set[str]:
    """The instances of which each, dropped alone, lets everything be placed; written as the culprits are."""
    choices = Choices(day, explaining=True)
    constrain(choices)
    cnf = Cnf(choices.formula, with_selectors=True)
    keep = {" ".join((tag.rule.number, *tag.about)): cnf.selectors[n] for n, tag in enumerate(choices.formula.tags)}
    keep |= {name: choices.placed[name] for name in day.meeting}
    with Cadical195(bootstrap_with=cnf.clauses) as solver:
        assert not solver.solve(assumptions=list(keep.values()))
        return {each for each in keep if solver.solve(assumptions=[it for name, it in keep.items() if name != each])}


@pytest.mark.parametrize("explaining", [False, True], ids=["to solve", "to explain"])
@pytest.mark.parametrize("name", REQUIRED)
def test_for_r13_nothing_is_said_but_that_something_is_placed(name: str, *, explaining: bool) -> None:
    choices = Choices(REQUIRED[name], explaining=explaining)
    constrain(choices)
    formula = choices.formula
    required = {number for number, tag in enumerate(formula.tags) if tag.rule is Rule.REQUIRED}

    said = [each.literals for each in formula.clauses if each.tag in required]

    must = [*choices.sessions, *(each.id for each in REQUIRED[name].meetings if each.required)]
    assert sorted(said) == sorted((choices.placed[each],) for each in must)
    groups, bounds = [*formula.at_most_ones, *formula.exactly_ones], formula.bounds
    assert required.isdisjoint({*(each.tag for each in groups), *(each.tag for each in bounds)})


def test_all_is_said_in_the_formula_that_is_given() -> None:
    formula = Formula()

    choices = Choices(morning(FIRST), formula=formula)

    assert choices.formula is formula
    assert formula.names
