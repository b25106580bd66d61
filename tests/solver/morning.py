"""A morning of two hours to be filled as well and as early as can be, and who is there."""

from solver.problem import (
    Aim,
    Meeting,
    Panel,
    Person,
    Problem,
    Room,
    Session,
    Supplier,
)
from tests.solver.factories import day, meeting, panel, person, problem, room, spans, supplier

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
