"""Each aim on a day whose best value can be told by hand, and the order between aims."""

from dataclasses import replace

import pytest

from solver.limits import Limits
from solver.objectives import AIMS
from solver.plan import AimResult, Status
from solver.problem import Aim, Problem, Wish
from solver.solve import solve
from tests.solver.factories import SHA256, announced, at, meeting, panel, session, spans, supplier
from tests.solver.morning import AFTER_NINE, M1, M2, morning

LIMITS = Limits(seconds=20, workers=1)

PLENARY = session("plenary", windows=spans("08:00-08:30"), suppliers=("acme", "beta"))
TEA = session("tea", 15, kind="break", windows=spans("08:30-08:45"), suppliers=("acme",))
# Acme meets p1 at 08:00 and p2 at 09:00, with tea from 08:30 to 08:45.
ACME_TWICE = (replace(M1, start=at("08:00")), meeting("m2", "acme", "p2", pin=("09:00", None)))


def wish(span: str, weight: int) -> Wish:
    return Wish(spans(span)[0], weight)


KNOWN: dict[str, tuple[Problem, dict[Aim, int]]] = {
    "one meeting each rather than much for one": (
        morning(
            replace(M1, minutes=45),
            meeting("m2", "acme", "p1", weight=9),
            meeting("m3", "acme", "p1", weight=9),
            meeting("m4", "beta", "p1", minutes=75),
            suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
        ),
        {Aim.REACHED: 2, Aim.PLACED: 10},
    ),
    "the weight of the meetings, not their number": (
        morning(
            replace(M1, minutes=60),
            meeting("m2", "beta", "p1", minutes=60),
            meeting("m3", "beta", "p1", minutes=90, weight=3),
        ),
        {Aim.PLACED: 3},
    ),
    "one for another room, ten for another start, ten for one dropped, nothing for one kept": (
        replace(
            morning(
                replace(M1, rooms=("r1",)),
                replace(M2, windows=AFTER_NINE),
                meeting("m3", "acme", "p2", windows=spans("08:00-08:15")),
                meeting("m4", "beta", "p1"),
            ),
            announced=(
                announced("m1", "08:00", "r2"),
                announced("m2", "08:00", "r1"),
                announced("m3", "08:00", "r1"),
                announced("m4", "08:30", "r1"),
            ),
        ),
        {Aim.PLACED: 3, Aim.KEPT: 21},
    ),
    "waiting for the panel after the plenary": (
        morning(
            M1,
            meeting("m2", "beta", "p1"),
            meeting("m3", "cito", "p1"),
            suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
            sessions=(PLENARY,),
        ),
        {Aim.PLACED: 3, Aim.LONGEST_WAIT: 30, Aim.WAIT: 30},
    ),
    "the time of a break is not waited": (
        morning(*ACME_TWICE, sessions=(TEA,)),
        {Aim.PLACED: 2, Aim.LONGEST_WAIT: 15, Aim.WAIT: 15},
    ),
    "nobody waits for a first and only meeting": (
        morning(replace(M1, start=at("09:00")), M2),
        {Aim.PLACED: 2, Aim.LONGEST_WAIT: 0, Aim.WAIT: 0},
    ),
    "gaps, however long": (
        morning(*ACME_TWICE, replace(M2, id="m3"), meeting("m4", "beta", "p1"), sessions=(TEA,)),
        {Aim.PLACED: 4, Aim.BREAKS: 1},
    ),
    "wishes in which all meetings of a supplier lie, if it has any": (
        morning(
            M1,
            meeting("m2", "acme", "p2"),
            replace(M2, id="m3"),
            meeting("m4", "cito", "p2", minutes=135),
            suppliers=(
                supplier("acme", wishes=(wish("08:00-09:00", 2), wish("09:00-10:00", 3))),
                supplier("beta", wishes=(wish("08:00-08:30", 1), wish("08:00-10:00", 7))),
                supplier("cito", wishes=(wish("08:00-10:00", 5),)),
            ),
        ),
        {Aim.PLACED: 3, Aim.WISHES: 11},
    ),
    "the rooms of each panel but one": (
        morning(
            replace(M1, rooms=("r1",)),
            meeting("m2", "beta", "p1", rooms=("r2",)),
            meeting("m3", "acme", "p1"),
            replace(M2, id="m4"),
            panels=(panel("p1", "kari"), panel("p2", "ola"), panel("p3", "ola")),
        ),
        {Aim.PLACED: 4, Aim.PANEL_ROOMS: 1},
    ),
    "the end of the last meeting": (
        morning(
            replace(M1, minutes=45),
            meeting("m2", "beta", "p1", minutes=45),
            panels=(panel("p1", "kari", pause=15),),
            sessions=(session("talk", windows=spans("09:30-10:00")),),
        ),
        {Aim.PLACED: 2, Aim.FINISH: 105},
    ),
    "nothing without meetings": (
        morning(replace(M1, minutes=150)),
        {Aim.FINISH: 0, Aim.PLACED: 0, Aim.PANEL_ROOMS: 0, Aim.REACHED: 0},
    ),
}


@pytest.mark.parametrize("name", KNOWN)
def test_the_best_value_of_an_aim_is_found_and_proven(name: str) -> None:
    day, best = KNOWN[name]

    plan = solve(replace(day, aims=tuple(best)), LIMITS, problem_sha256=SHA256)

    assert plan.status is Status.OPTIMAL
    assert plan.aims == tuple(AimResult(aim, value, value, proven=True) for aim, value in best.items())


def test_every_aim_has_a_figure_and_a_day_on_which_its_best_value_is_known() -> None:
    assert set(AIMS) == set(Aim) == {aim for _, best in KNOWN.values() for aim in best}


@pytest.mark.parametrize(
    ("aims", "best"),
    [((Aim.WISHES, Aim.FINISH), (2, 90)), ((Aim.FINISH, Aim.WISHES), (30, 0)), ((Aim.FINISH,), (30,)), ((), ())],
)
def test_a_later_aim_never_costs_anything_of_an_earlier_one(aims: tuple[Aim, ...], best: tuple[int, ...]) -> None:
    day = morning(replace(M1, required=True), suppliers=(supplier("acme", wishes=(wish("09:00-10:00", 2),)),))

    plan = solve(replace(day, aims=aims), LIMITS, problem_sha256=SHA256)

    assert (plan.status, tuple(result.value for result in plan.aims)) == (Status.OPTIMAL, best)
