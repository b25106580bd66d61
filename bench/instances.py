"""The plain instances that we and the peers are set to."""

from datetime import date
from pathlib import Path

from solver.files import read_problem
from solver.problem import Aim, Day, Meeting, Problem, Room, Span, Supplier


def instances(published: Path) -> list[tuple[str, Problem]]:
    """The day files of a folder with their names, those with the fewest meetings first."""
    found = [
        (path.name.removesuffix(".day.json"), read_problem(path.read_bytes())) for path in published.glob("*.day.json")
    ]
    return sorted(found, key=lambda instance: (len(instance[1].meetings), instance[0]))


def one_meeting() -> Problem:
    """A day on which two suppliers meet: whoever plans it shows what starting up costs."""
    whole = Span(9 * 60, 9 * 60 + 40)
    return Problem(
        day=Day(date(2027, 4, 8), "Europe/Oslo", whole.start, whole.end, 20),
        rooms=(Room("table", "Table", 10, frozenset(), (whole,)),),
        suppliers=tuple(Supplier(name, 1, online=False, free=(whole,), wishes=()) for name in ("one", "other")),
        meetings=(
            Meeting(
                id="meeting",
                parties=("one", "other"),
                minutes=20,
                required=True,
                weight=1,
                after=(),
                windows=(whole,),
                rooms=("table",),
                start=None,
                room=None,
            ),
        ),
        breaks_differ_by=2,
        aims=(Aim.BREAKS,),
    )
