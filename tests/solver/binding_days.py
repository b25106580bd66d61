"""Days on which one rule stands in the way of a better plan: without it, the solver would break just that rule.

Mostly the plan strives to place as much as possible and to finish as early as possible, from 08:00 on.
"""

from dataclasses import replace

from solver.problem import (
    Aim,
    Apart,
    Meeting,
    Needs,
    Panel,
    Person,
    Problem,
    Rest,
    Room,
    Session,
    Span,
    Stretch,
    Supplier,
    Travel,
)
from solver.rules import Rule
from tests.solver.factories import announced, at, day, meeting, panel, person, problem, room, session, spans, supplier

KARI, OLA = person("kari"), person("ola")
ACME, BETA, CITO = supplier("acme"), supplier("beta"), supplier("cito")
KARIS, OLAS, BOTHS = panel("p1", "kari"), panel("p2", "ola"), panel("p1", "kari", "ola")
R1, R2 = room("r1"), room("r2")
# A consortium of its own for each meeting, so that only what a test names is shared.
M1, M2, M3 = meeting("m1", "acme", "p1"), meeting("m2", "beta", "p2"), meeting("m3", "cito", "p3")
THREE, THREE_PANELS = (KARI, OLA, person("per")), (KARIS, OLAS, panel("p3", "per"))
AFTER_NINE = spans("09:00-10:00")


def morning(
    *meetings: Meeting,
    rooms: tuple[Room, ...] = (R1, R2),
    people: tuple[Person, ...] = (KARI, OLA),
    panels: tuple[Panel, ...] = (KARIS, OLAS),
    suppliers: tuple[Supplier, ...] = (ACME, BETA),
    sessions: tuple[Session, ...] = (),
) -> Problem:
    """Two hours in steps of 15 minutes, to be filled as well and as early as can be; meetings take 30."""
    return problem(
        frame=day("08:00", "10:00", 15),
        rooms=rooms,
        meetings=meetings,
        people=people,
        panels=panels,
        suppliers=suppliers,
        sessions=sessions,
        aims=(Aim.PLACED, Aim.FINISH),
    )


# For each rule, days by what they show, each with the best values when the rule is kept.
BINDING: dict[Rule, dict[str, tuple[Problem, tuple[int, ...]]]] = {
    Rule.OPEN: {
        "a window that begins before the day": (
            morning(replace(M1, windows=spans("07:00-12:00"))),
            (1, 30),
        ),
    },
    Rule.WINDOW: {
        "of the meeting": (morning(replace(M1, windows=AFTER_NINE)), (1, 90)),
        "of the supplier": (morning(M1, suppliers=(supplier("acme", free=AFTER_NINE),)), (1, 90)),
        "of the only member": (morning(M1, people=(person("kari", free=AFTER_NINE), OLA)), (1, 90)),
        "of the room": (morning(M1, rooms=(room("r1", free=AFTER_NINE),)), (1, 90)),
        "of two that touch but are not joined": (
            morning(M1, suppliers=(supplier("acme", free=spans("08:00-08:15", "08:15-08:30", "08:30-09:00")),)),
            (1, 60),
        ),
        "of somebody in a session": (
            morning(
                replace(M1, after=("tea",)),
                people=(KARI, person("ola", free=AFTER_NINE)),
                sessions=(session("tea", kind="break", people=("ola",)),),
            ),
            (1, 120),
        ),
    },
    Rule.ONE_PLACE: {
        "a room": (morning(M1, M2, rooms=(R1,)), (2, 60)),
        "the one room that is free": (
            morning(M1, M2, rooms=(R1, room("r2", free=AFTER_NINE))),
            (2, 60),
        ),
        "one of two rooms that are alike": (
            morning(M1, M2, M3, people=THREE, panels=THREE_PANELS, suppliers=(ACME, BETA, CITO)),
            (3, 60),
        ),
        "one of two rooms that are alike while the third is not free": (
            morning(
                *(M1, M2, M3),
                rooms=(R1, R2, room("r3", free=AFTER_NINE)),
                people=THREE,
                panels=THREE_PANELS,
                suppliers=(ACME, BETA, CITO),
            ),
            (3, 60),
        ),
        "rooms that many want": (
            morning(
                *(meeting(f"m{number}", f"s{number}a", f"s{number}b", minutes=15) for number in range(62)),
                rooms=tuple(room(f"r{number}") for number in range(8)),
                suppliers=tuple(supplier(f"s{number}{letter}") for number in range(62) for letter in "ab"),
            ),
            (62, 120),
        ),
        "a supplier": (morning(M1, meeting("m2", "acme", "p2")), (2, 60)),
        "a panel": (morning(M1, meeting("m2", "beta", "p1")), (2, 60)),
        "a person in two panels": (morning(M1, M2, panels=(KARIS, panel("p2", "kari"))), (2, 60)),
        "the persons of two panels, of whom one is free": (
            morning(M1, M2, panels=(BOTHS, panel("p2", "kari", "ola", needs=Needs(people=2)))),
            (2, 60),
        ),
        "a supplier in a session": (
            morning(M1, sessions=(session("tea", kind="break", windows=spans("08:00-08:30"), suppliers=("acme",)),)),
            (1, 60),
        ),
        "all members in a session that their panel does not attend": (
            morning(M1, sessions=(session("tea", kind="break", windows=spans("08:00-08:30"), people=("kari",)),)),
            (1, 60),
        ),
        "a person in two sessions": (
            morning(
                replace(M1, after=("tea", "talk")),
                sessions=(session("tea", kind="break", people=("ola",)), session("talk", people=("ola",))),
            ),
            (1, 90),
        ),
    },
    Rule.TRAVEL: {
        "of a supplier": (
            replace(
                morning(replace(M1, rooms=("r1",)), meeting("m2", "acme", "p2", rooms=("r2",))),
                travel=Travel(15),
            ),
            (2, 75),
        ),
        "of a person": (
            replace(
                morning(replace(M1, rooms=("r1",)), replace(M2, rooms=("r2",)), panels=(KARIS, panel("p2", "kari"))),
                travel=Travel(0, {frozenset(("r1", "r2")): 20}),
            ),
            (2, 90),
        ),
        "of a person who has something short besides": (
            replace(
                morning(
                    replace(M1, rooms=("r1",)),
                    replace(M2, rooms=("r2",)),
                    meeting("m3", "cito", "p1", minutes=15, rooms=("r1",)),
                    panels=(KARIS, panel("p2", "kari")),
                    suppliers=(ACME, BETA, CITO),
                ),
                travel=Travel(0, {frozenset(("r1", "r2")): 20}),
            ),
            (3, 105),
        ),
        "of one for whom nothing comes between, with one for whom something does": (
            replace(
                morning(
                    meeting("m1", "acme", "beta", "p1", rooms=("r1",)),
                    meeting("m2", "acme", "beta", "p2", rooms=("r2",)),
                    meeting("m3", "acme", "cito", minutes=15, rooms=("r3",)),
                    rooms=(R1, R2, room("r3")),
                    suppliers=(ACME, BETA, CITO),
                ),
                travel=Travel(0, {frozenset(("r1", "r2")): 30}),
            ),
            (3, 90),
        ),
        "from a session to a meeting, for which a panel's pause does not provide": (
            replace(
                morning(
                    replace(M1, rooms=("r2",), after=("intro",)),
                    panels=(panel("p1", "kari", pause=30),),
                    sessions=(session("intro", rooms=("r1",), panels=("p1",)),),
                ),
                travel=Travel(15),
            ),
            (1, 75),
        ),
        "from a meeting to a session, for which a panel's pause does not provide": (
            replace(
                morning(
                    replace(M1, rooms=("r1",)),
                    replace(M2, after=("talk",)),
                    panels=(panel("p1", "kari", pause=30), OLAS),
                    sessions=(session("talk", rooms=("r2",), panels=("p1",), after=("m1",)),),
                ),
                travel=Travel(15),
            ),
            (2, 105),
        ),
        "time in a break between two rooms counts": (
            replace(
                morning(
                    replace(M1, rooms=("r2",), after=("tea",)),
                    sessions=(
                        session("talk", rooms=("r1",), suppliers=("acme",)),
                        session("tea", 15, kind="break", suppliers=("acme",), after=("talk",)),
                    ),
                ),
                travel=Travel(30),
            ),
            (1, 90),
        ),
    },
    Rule.ROOM: {
        "that the meeting allows": (
            morning(replace(M1, rooms=("r2",)), rooms=(R1, room("r2", free=AFTER_NINE))),
            (1, 90),
        ),
        "that the panel allows": (
            morning(M1, rooms=(R1, room("r2", free=AFTER_NINE)), panels=(panel("p1", "kari", rooms=("r2",)),)),
            (1, 90),
        ),
        "with seats for all": (
            morning(
                M1,
                rooms=(room("r1", seats=3), room("r2", seats=4, free=AFTER_NINE)),
                suppliers=(supplier("acme", seats=3),),
            ),
            (1, 90),
        ),
        "with seats for a session": (
            morning(
                replace(M1, after=("talk",)),
                rooms=(room("r1", seats=2), room("r2", seats=3, free=AFTER_NINE)),
                sessions=(session("talk", suppliers=("acme",), panels=("p1",), people=("kari", "ola")),),
            ),
            (1, 120),
        ),
        "with video when a supplier is online": (
            morning(
                M1,
                rooms=(R1, room("r2", features=("video",), free=AFTER_NINE)),
                suppliers=(supplier("acme", online=True),),
            ),
            (1, 90),
        ),
    },
    Rule.PANEL: {
        "needs people": (
            morning(
                M1,
                people=(KARI, person("ola", free=AFTER_NINE)),
                panels=(panel("p1", "kari", "ola", needs=Needs(people=2)),),
            ),
            (1, 90),
        ),
        "needs members of its own": (
            morning(meeting("m1", "acme", "p1", "p2"), people=(KARI, person("ola", free=AFTER_NINE))),
            (1, 90),
        ),
        "needs buyers": (
            morning(
                M1,
                people=(KARI, OLA, person("per", "skien", free=AFTER_NINE)),
                panels=(panel("p1", "kari", "ola", "per", needs=Needs(buyers=2)),),
            ),
            (1, 90),
        ),
        "needs skills": (
            morning(
                M1,
                people=(KARI, person("ola", skills=("health",), free=AFTER_NINE)),
                panels=(panel("p1", "kari", "ola", needs=Needs(skills={"health": 1})),),
            ),
            (1, 90),
        ),
    },
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
    Rule.STAYS: {
        "one room for all meetings": (
            morning(
                replace(M1, rooms=("r1",)),
                meeting("m2", "beta", "p1", rooms=("r2",)),
                panels=(panel("p1", "kari", stays=True),),
            ),
            (1, 30),
        ),
        "also with a panel that shares a meeting": (
            morning(
                replace(M1, rooms=("r1",)),
                meeting("m2", "p1", "p2"),
                replace(M2, id="m3", rooms=("r2",)),
                panels=(panel("p1", "kari", stays=True), panel("p2", "ola", stays=True)),
            ),
            (2, 30),
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
    Rule.REQUIRED: {
        "a session": (
            morning(M1, sessions=(session("talk", 120, suppliers=("acme",)),)),
            (0, 0),
        ),
        "a meeting": (
            morning(replace(M1, minutes=90, required=True), replace(M2, weight=2, minutes=60), rooms=(R1,)),
            (1, 90),
        ),
    },
    Rule.BARRED: {
        "nobody meets a supplier they are barred from": (
            morning(M1, people=(person("kari", barred=("acme",)), person("ola", free=AFTER_NINE)), panels=(BOTHS,)),
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
