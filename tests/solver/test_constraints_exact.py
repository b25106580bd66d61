"""Days on which a rule, read too strictly, would cost something: what it does not say is allowed."""

from dataclasses import replace

import pytest

from solver.limits import Limits
from solver.plan import Plan, Status
from solver.problem import Apart, Needs, Problem, Rest, Span, Stretch, Travel
from solver.solve import solve
from tests.solver.factories import SHA256, announced, at, meeting, panel, person, room, session, spans, supplier
from tests.solver.morning import BOTHS, KARI, M1, M2, R1, R2, morning

LIMITS = Limits(seconds=20, workers=1)

EXACT: dict[str, tuple[Problem, tuple[int, ...]]] = {
    "only consecutive activities need the travel between them": (
        replace(
            morning(
                replace(M1, rooms=("r1",)),
                meeting("m2", "acme", "p2", rooms=("r2",), minutes=15),
                meeting("m3", "acme", "p1", rooms=("r3",)),
                rooms=(R1, R2, room("r3")),
                panels=(panel("p1", "kari"), panel("p2", "kari")),
            ),
            travel=Travel(0, {frozenset(("r1", "r3")): 45}),
        ),
        (3, 75),
    ),
    "only those who attend need the travel": (
        replace(
            morning(
                replace(M1, rooms=("r1",)),
                replace(M2, rooms=("r2",)),
                panels=(BOTHS, panel("p2", "kari", "ola")),
            ),
            travel=Travel(60),
        ),
        (2, 30),
    ),
    "there is no travel within a room": (
        replace(morning(M1, meeting("m2", "acme", "p2"), rooms=(R1,)), travel=Travel(60)),
        (2, 60),
    ),
    "a panel may meet while some of its members are elsewhere": (
        morning(
            replace(M1, windows=spans("08:00-08:30")),
            panels=(BOTHS,),
            sessions=(session("tea", kind="break", windows=spans("08:00-08:30"), people=("kari",)),),
        ),
        (1, 30),
    ),
    "a panel may meet while all members of another are elsewhere": (
        morning(
            M1,
            replace(M2, windows=spans("08:00-08:30")),
            sessions=(session("tea", kind="break", windows=spans("08:00-08:30"), people=("kari",)),),
        ),
        (2, 60),
    ),
    "the same person may serve two panels in one joint meeting": (
        morning(
            meeting("m1", "p1", "p2"),
            people=(KARI,),
            panels=(panel("p1", "kari"), panel("p2", "kari")),
            rooms=(room("r1", seats=1),),
        ),
        (1, 30),
    ),
    "one person may hold several of the skills needed": (
        morning(
            M1,
            people=(person("kari", skills=("health", "minutes")),),
            panels=(panel("p1", "kari", needs=Needs(skills={"health": 1, "minutes": 1})),),
        ),
        (1, 30),
    ),
    "only so many attend as there are seats": (
        morning(M1, rooms=(room("r1", seats=2),), panels=(BOTHS,)),
        (1, 30),
    ),
    "sessions do not count in a stretch, nor ask for a pause": (
        morning(
            M1,
            replace(meeting("m2", "beta", "p1"), after=("talk",)),
            panels=(panel("p1", "kari", pause=30, stretch=Stretch(30, 30)),),
            sessions=(session("talk", panels=("p1",), after=("m1",)),),
        ),
        (2, 90),
    ),
    "a gap of the rest ends the stretch": (
        morning(
            M1,
            meeting("m2", "beta", "p1"),
            panels=(panel("p1", "kari", stretch=Stretch(30, 0)),),
        ),
        (2, 60),
    ),
    "a panel's rooms bind its meetings only": (
        morning(
            replace(M1, after=("talk",)),
            panels=(panel("p1", "kari", rooms=("r1",)),),
            sessions=(session("talk", rooms=("r2",), panels=("p1",)),),
        ),
        (1, 60),
    ),
    "a meeting that is not placed needs nothing": (
        morning(replace(M1, minutes=150), M2, panels=(panel("p1", "kari", rooms=("r1",)), panel("p2", "ola"))),
        (1, 30),
    ),
    "suppliers kept apart may be in one meeting, and each in two of its own": (
        replace(
            morning(
                meeting("m1", "acme", "beta", "p1"),
                meeting("m2", "cito", "p2"),
                meeting("m3", "cito", "p1"),
                rooms=(R1,),
                suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
            ),
            apart=(Apart(("acme", "beta"), 120), Apart(("cito",), 120)),
        ),
        (3, 90),
    ),
    "three suppliers may meet in one room": (
        morning(
            meeting("m1", "acme", "beta", "cito"),
            meeting("m2", "acme", "beta"),
            rooms=(R1,),
            suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
        ),
        (2, 60),
    ),
    "to a room that cannot be had there is no way": (
        replace(
            morning(
                M1,
                meeting("m2", "acme", "p2", rooms=("r2",)),
                panels=(panel("p1", "kari"), panel("p2", "ola", rooms=("r1",))),
            ),
            travel=Travel(15),
        ),
        (1, 30),
    ),
    "what is announced for later than what is fixed may move": (
        replace(morning(M1), announced=(announced("m1", "09:00", "r2"),), fixed_until=at("09:00")),
        (1, 30),
    ),
    "what is announced may move when nothing is fixed": (
        replace(morning(M1), announced=(announced("m1", "09:00", "r2"),)),
        (1, 30),
    ),
    "a rest may begin before the day and end after it": (
        replace(
            morning(replace(M1, minutes=120)),
            rests=(Rest(("acme",), (), 60, Span(at("07:00"), at("08:15"))),),
        ),
        (1, 120),
    ),
    "the rest of one does not bind others": (
        replace(
            morning(
                M1,
                replace(M2, windows=spans("08:00-08:30")),
                sessions=(session("tea", kind="break", windows=spans("08:30-09:00"), people=("ola",)),),
            ),
            rests=(Rest(("acme",), ("kari",), 60, Span(at("08:00"), at("09:00"))),),
        ),
        (2, 90),
    ),
    "the pause of one panel does not bind another": (
        morning(M1, M2, panels=(panel("p1", "kari", pause=30), panel("p2", "ola"))),
        (2, 30),
    ),
    "a rest of nothing is always had": (
        replace(
            morning(replace(M1, minutes=120)),
            rests=(Rest(("acme",), ("kari",), 0, Span(at("08:30"), at("09:00"))),),
        ),
        (1, 120),
    ),
}


def solved(day: Problem) -> Plan:
    return solve(day, LIMITS, problem_sha256=SHA256)


@pytest.mark.parametrize("name", EXACT)
def test_what_no_rule_forbids_is_done(name: str) -> None:
    day, best = EXACT[name]

    plan = solved(day)

    assert (plan.status, tuple(result.value for result in plan.aims)) == (Status.OPTIMAL, best)
