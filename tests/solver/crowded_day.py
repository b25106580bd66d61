"""A day on which more is wished for than the panels have time for."""

from solver.problem import Problem
from tests.solver.factories import day, meeting, panel, person, problem, room, supplier


def crowded(suppliers: int) -> Problem:
    """Each supplier wants two of three panels, between 08:00 and 12:00; twelve want more than there is time for."""
    wanted = [(f"s{number:02}", (number + turn) % 3) for number in range(suppliers) for turn in (0, 1)]
    return problem(
        frame=day("08:00", "12:00"),
        rooms=(room("r1"), room("r2"), room("r3")),
        people=tuple(person(f"k{number}") for number in range(3)),
        panels=tuple(panel(f"p{number}", f"k{number}", pause=10) for number in range(3)),
        suppliers=tuple(supplier(f"s{number:02}") for number in range(suppliers)),
        meetings=tuple(meeting(f"{name}-p{place}", name, f"p{place}", minutes=20) for name, place in wanted),
    )
