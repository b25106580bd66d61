"""Days that the hours, being in one place, travel and what is required stand in the way of."""

from dataclasses import replace

from solver.problem import (
    Needs,
    Problem,
    Travel,
)
from solver.rules import Rule
from tests.solver.factories import meeting, panel, person, room, session, spans, supplier
from tests.solver.morning import (
    ACME,
    AFTER_NINE,
    BETA,
    BOTHS,
    CITO,
    KARI,
    KARIS,
    M1,
    M2,
    M3,
    OLA,
    OLAS,
    R1,
    R2,
    THREE,
    THREE_PANELS,
    morning,
)

PRESENCE: dict[Rule, dict[str, tuple[Problem, tuple[int, ...]]]] = {
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
}
