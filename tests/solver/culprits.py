"""Days that ask for too much for one plain reason each, and the conflict that tells it.

Two hours in steps of 15 minutes. Instances are written as the rule and what it is about; `m1` is a wish for a meeting.
"""

from dataclasses import replace

from solver.problem import Apart, Needs, Problem, Rest, Span, Stretch, Travel
from solver.rules import Rule
from tests.solver.factories import announced, at, meeting, panel, person, room, session, spans, supplier
from tests.solver.morning import BOTHS, KARI, KARIS, OLA, R1, R2, morning

Told = tuple[str, ...]

HOUR, LONG = 60, 75
FIRST, OTHER = meeting("m1", "acme", "p1", minutes=HOUR), meeting("m2", "beta", "p2", minutes=HOUR)
EARLY, LATE = spans("08:00-09:00"), spans("09:00-10:00")
DAY, WISH, WISHES = ("R1 day",), ("m1",), ("m1", "m2")

# For each rule, days by what they show, each with its only conflict.
CULPRITS: dict[Rule, dict[str, tuple[Problem, Told]]] = {
    Rule.OPEN: {
        "a meeting longer than the day": (morning(replace(FIRST, minutes=150)), (*DAY, *WISH)),
    },
    Rule.WINDOW: {
        "of the meeting": (morning(replace(FIRST, windows=spans("08:00-08:45"))), ("R2 meeting:m1", *WISH)),
        "of the supplier": (
            morning(FIRST, suppliers=(supplier("acme", free=spans("08:00-08:45")),)),
            ("R2 supplier:acme", *WISH),
        ),
        "of two that leave too little together": (
            morning(replace(FIRST, windows=EARLY), suppliers=(supplier("acme", free=LATE),)),
            ("R2 meeting:m1", "R2 supplier:acme", *WISH),
        ),
        "of the only member": (
            morning(FIRST, people=(person("kari", free=spans("08:00-08:45")), OLA)),
            ("R2 person:kari", "R6 panel:p1 meeting:m1", *WISH),
        ),
        "of the only room": (
            morning(FIRST, rooms=(room("r1", free=spans("08:00-08:45")),)),
            ("R2 room:r1", *WISH),
        ),
        "of somebody in a session": (
            morning(
                FIRST,
                people=(KARI, person("ola", free=spans("08:00-08:15"))),
                sessions=(session("talk", people=("ola",)),),
            ),
            ("R2 person:ola", "R13 session:talk"),
        ),
    },
    Rule.ONE_PLACE: {
        "a supplier": (
            morning(replace(FIRST, minutes=LONG), replace(OTHER, minutes=LONG, parties=("acme", "p2"))),
            (*DAY, "R3 supplier:acme", *WISHES),
        ),
        "a panel": (
            morning(replace(FIRST, minutes=LONG), replace(OTHER, minutes=LONG, parties=("beta", "p1"))),
            (*DAY, "R3 panel:p1", *WISHES),
        ),
        "the only room": (
            morning(replace(FIRST, minutes=LONG), replace(OTHER, minutes=LONG), rooms=(R1,)),
            (*DAY, "R3 room:r1", *WISHES),
        ),
        "a person in two panels": (
            morning(replace(FIRST, minutes=LONG), replace(OTHER, minutes=LONG), panels=(KARIS, panel("p2", "kari"))),
            (*DAY, "R3 person:kari", "R6 panel:p1 meeting:m1", "R6 panel:p2 meeting:m2", *WISHES),
        ),
        "a supplier who takes part in the very same as another": (
            morning(
                replace(FIRST, minutes=LONG, parties=("acme", "beta")),
                replace(OTHER, minutes=LONG, parties=("acme", "beta")),
            ),
            (*DAY, "R3 supplier:beta", *WISHES),
        ),
    },
    Rule.TRAVEL: {
        "of a supplier": (
            replace(
                morning(replace(FIRST, rooms=("r1",)), replace(OTHER, parties=("acme", "p2"), rooms=("r2",))),
                travel=Travel(15),
            ),
            (*DAY, "R4 supplier:acme", "R5 meeting:m1 room:r2", "R5 meeting:m2 room:r1", *WISHES),
        ),
        "of a person in two panels": (
            replace(
                morning(
                    replace(FIRST, rooms=("r1",)), replace(OTHER, rooms=("r2",)), panels=(KARIS, panel("p2", "kari"))
                ),
                travel=Travel(15),
            ),
            (
                *(*DAY, "R4 person:kari", "R5 meeting:m1 room:r2", "R5 meeting:m2 room:r1"),
                *("R6 panel:p1 meeting:m1", "R6 panel:p2 meeting:m2", *WISHES),
            ),
        ),
    },
    Rule.ROOM: {
        "that the meeting allows": (
            morning(replace(FIRST, rooms=("r2",), windows=EARLY), rooms=(R1, room("r2", free=LATE))),
            ("R2 meeting:m1", "R2 room:r2", "R5 meeting:m1 room:r1", *WISH),
        ),
        "with seats": (
            morning(FIRST, rooms=(room("r1", seats=2),), suppliers=(supplier("acme", seats=3),)),
            ("R5 meeting:m1 room:r1", *WISH),
        ),
        "with seats for those whom the panel needs": (
            morning(FIRST, rooms=(room("r1", seats=2),), panels=(replace(BOTHS, needs=Needs(people=2)),)),
            ("R5 meeting:m1 room:r1", "R6 panel:p1 meeting:m1", *WISH),
        ),
        "with video": (
            morning(FIRST, suppliers=(supplier("acme", online=True),)),
            ("R5 meeting:m1 room:r1", "R5 meeting:m1 room:r2", *WISH),
        ),
    },
    Rule.PANEL: {
        "needs people": (
            morning(FIRST, panels=(panel("p1", "kari", needs=Needs(people=2)),)),
            ("R6 panel:p1 meeting:m1", *WISH),
        ),
        "needs a skill that one holds who is away": (
            morning(
                replace(FIRST, windows=LATE),
                people=(KARI, person("ola", skills=("law",), free=EARLY)),
                panels=(panel("p1", "kari", "ola", needs=Needs(skills={"law": 1})),),
            ),
            ("R2 meeting:m1", "R2 person:ola", "R6 panel:p1 meeting:m1", *WISH),
        ),
        "needs two buyers": (
            morning(FIRST, panels=(replace(BOTHS, needs=Needs(buyers=2)),)),
            ("R6 panel:p1 meeting:m1", *WISH),
        ),
    },
    Rule.PAUSE: {
        "between meetings": (
            morning(FIRST, replace(OTHER, parties=("beta", "p1")), panels=(panel("p1", "kari", pause=15),)),
            (*DAY, "R7 panel:p1", *WISHES),
        ),
        "never one meeting longer than the stretch": (
            morning(FIRST, panels=(panel("p1", "kari", stretch=Stretch(45, 0)),)),
            ("R7 panel:p1", *WISH),
        ),
    },
    Rule.STAYS: {
        "one room for all": (
            morning(
                replace(FIRST, rooms=("r1",)),
                replace(OTHER, parties=("beta", "p1"), rooms=("r2",)),
                panels=(panel("p1", "kari", stays=True),),
            ),
            ("R5 meeting:m1 room:r2", "R5 meeting:m2 room:r1", "R8 panel:p1", *WISHES),
        ),
    },
    Rule.AFTER: {
        "one that comes too late": (
            morning(replace(FIRST, minutes=30, windows=LATE), replace(OTHER, minutes=30, windows=EARLY, after=("m1",))),
            ("R2 meeting:m1", "R2 meeting:m2", "R9 meeting:m2 meeting:m1", "m2"),
        ),
    },
    Rule.REST: {
        "of a supplier": (
            replace(
                morning(replace(FIRST, windows=EARLY)),
                rests=(Rest(("acme",), (), 30, Span(at("08:00"), at("09:00"))),),
            ),
            ("R2 meeting:m1", "R10 supplier:acme", *WISH),
        ),
        "of a person": (
            replace(
                morning(replace(FIRST, windows=EARLY)),
                rests=(Rest((), ("kari",), 30, Span(at("08:00"), at("09:00"))),),
            ),
            ("R2 meeting:m1", "R6 panel:p1 meeting:m1", "R10 person:kari", *WISH),
        ),
    },
    Rule.APART: {
        "rivals at the same door": (
            replace(morning(FIRST, OTHER, rooms=(R1,)), apart=(Apart(("acme", "beta"), 15),)),
            (*DAY, "R11 supplier:acme supplier:beta", *WISHES),
        ),
    },
    Rule.PINNED: {
        "to when the supplier is away": (
            morning(replace(FIRST, start=at("08:00")), suppliers=(supplier("acme", free=LATE),)),
            ("R2 supplier:acme", "R12 meeting:m1", *WISH),
        ),
        "to a room without seats": (
            morning(replace(FIRST, room="r1"), rooms=(room("r1", seats=1), R2)),
            ("R5 meeting:m1 room:r1", "R6 panel:p1 meeting:m1", "R12 meeting:m1", *WISH),
        ),
    },
    Rule.REQUIRED: {
        "a session that takes all the time": (
            morning(FIRST, sessions=(session("talk", 120, suppliers=("acme",)),)),
            (*DAY, "R3 supplier:acme", "R13 session:talk", *WISH),
        ),
    },
    Rule.BARRED: {
        "the only member": (
            morning(FIRST, people=(person("kari", barred=("acme",)), OLA)),
            ("R6 panel:p1 meeting:m1", "R14 person:kari", *WISH),
        ),
    },
    Rule.EVEN: {
        "a break for one and none for the other": (
            replace(
                morning(
                    replace(FIRST, minutes=30, start=at("08:00")),
                    replace(OTHER, minutes=30, parties=("acme", "p2"), start=at("09:00")),
                ),
                breaks_differ_by=0,
            ),
            ("R12 meeting:m1", "R12 meeting:m2", "R15 day", *WISHES),
        ),
    },
}

# A promise that cannot be kept, whatever is wished for.
BROKEN_PROMISE = (
    replace(
        morning(FIRST, suppliers=(supplier("acme", free=LATE),)),
        announced=(announced("m1", "08:00", "r1"),),
        fixed_until=at("08:15"),
    ),
    ("R2 supplier:acme", "R12 meeting:m1"),
)
TOO_SHORT_FOR_A_REST = (
    replace(morning(FIRST), rests=(Rest((), ("kari",), 90, Span(at("08:00"), at("09:00"))),)),
    ("R10 person:kari",),
)
