"""Days that rooms, panels and conflicts of interest stand in the way of."""

from dataclasses import replace

from solver.problem import (
    Needs,
    Problem,
)
from solver.rules import Rule
from tests.solver.factories import meeting, panel, person, room, session, supplier
from tests.solver.morning import (
    AFTER_NINE,
    BOTHS,
    KARI,
    M1,
    M2,
    OLA,
    R1,
    morning,
)

ROOMS: dict[Rule, dict[str, tuple[Problem, tuple[int, ...]]]] = {
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
    Rule.BARRED: {
        "nobody meets a supplier they are barred from": (
            morning(M1, people=(person("kari", barred=("acme",)), person("ola", free=AFTER_NINE)), panels=(BOTHS,)),
            (1, 90),
        ),
    },
}
