"""Days that pauses, order, rests, distances, pins and evenness stand in the way of."""

from dataclasses import replace

from solver.problem import (
    Aim,
    Apart,
    Problem,
    Rest,
    Span,
    Stretch,
)
from solver.rules import Rule
from tests.solver.factories import announced, at, meeting, panel, room, session, spans
from tests.solver.morning import (
    AFTER_NINE,
    M1,
    M2,
    R1,
    morning,
)

TIMES: dict[Rule, dict[str, tuple[Problem, tuple[int, ...]]]] = {
    Rule.PAUSE: {
        "between meetings": (
            morning(M1, meeting("m2", "beta", "p1"), panels=(panel("p1", "kari", pause=20),)),
            (2, 90),
        ),
        "after a long stretch": (
            morning(
                M1,
                meeting("m2", "beta", "p1"),
                meeting("m3", "acme", "beta", "p1", minutes=15),
                panels=(panel("p1", "kari", stretch=Stretch(60, 20)),),
            ),
            (3, 105),
        ),
        "never one meeting longer than the stretch": (
            morning(M1, panels=(panel("p1", "kari", stretch=Stretch(25, 0)),)),
            (0, 0),
        ),
    },
    Rule.AFTER: {
        "the end of another": (
            morning(replace(M1, windows=AFTER_NINE), replace(M2, after=("m1",))),
            (2, 120),
        ),
        "not without the other": (
            morning(replace(M1, windows=spans("08:00-08:15")), replace(M2, after=("m1",))),
            (0, 0),
        ),
        "a session after a meeting": (
            morning(
                replace(M1, windows=AFTER_NINE),
                replace(M2, minutes=15, after=("talk",)),
                sessions=(session("talk", 15, after=("m1",)),),
            ),
            (2, 120),
        ),
    },
    Rule.REST: {
        "of a supplier": (
            replace(morning(M1), rests=(Rest(("acme",), (), 50, Span(at("08:00"), at("09:00"))),)),
            (1, 90),
        ),
        "of a person": (
            replace(morning(M1), rests=(Rest((), ("kari",), 50, Span(at("08:00"), at("09:00"))),)),
            (1, 90),
        ),
        "breaks included": (
            replace(
                morning(
                    replace(M1, after=("tea",)),
                    sessions=(session("tea", 15, kind="break", windows=spans("08:00-09:30"), people=("kari",)),),
                ),
                rests=(Rest((), ("kari",), 50, Span(at("08:00"), at("09:00"))),),
            ),
            (1, 105),
        ),
    },
    Rule.APART: {
        "in one room": (
            replace(morning(M1, M2, rooms=(R1,)), apart=(Apart(("acme", "beta"), 20),)),
            (2, 90),
        ),
        "in the room where a panel stays": (
            replace(
                morning(M1, meeting("m2", "beta", "p1"), panels=(panel("p1", "kari", stays=True),)),
                apart=(Apart(("acme", "beta"), 15),),
            ),
            (2, 75),
        ),
        "also two of the same consortium": (
            replace(
                morning(meeting("m1", "acme", "beta"), meeting("m2", "acme", "beta", "p1"), rooms=(R1,)),
                apart=(Apart(("acme", "beta"), 15),),
            ),
            (2, 75),
        ),
    },
    Rule.PINNED: {
        "the start": (morning(replace(M1, start=at("09:00"))), (1, 90)),
        "the room": (morning(replace(M1, room="r2"), rooms=(R1, room("r2", free=AFTER_NINE))), (1, 90)),
        "what is announced and fixed": (
            replace(morning(M1), announced=(announced("m1", "09:00", "r2"),), fixed_until=at("09:15")),
            (1, 90),
        ),
    },
    Rule.EVEN: {
        "one break for one is one break for the other": (
            replace(
                morning(
                    replace(M1, start=at("08:00")),
                    meeting("m2", "acme", "p2", pin=("09:00", None)),
                    meeting("m3", "beta", "p2"),
                    meeting("m4", "beta", "p1"),
                ),
                breaks_differ_by=0,
                aims=(Aim.PLACED, Aim.BREAKS),
            ),
            (4, 2),
        ),
        "also for those without any meeting": (
            replace(
                morning(replace(M1, start=at("08:00")), meeting("m2", "acme", "p2", pin=("09:00", None))),
                breaks_differ_by=0,
            ),
            (1, 30),
        ),
    },
}
