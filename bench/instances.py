"""The plain instances that we and the peers are set to."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench.b2b import Event, day_file, folder_of_instances, read_event
from bench.b2b_generator import SIZES, draw_event
from solver.files import read_problem
from solver.problem import Aim, Day, Meeting, Problem, Room, Span, Supplier

SEED = 1
HARDER = (("tic-12", "fixed"), ("tic-13", "forb"), ("forumt-14", "prec"))


def instances(published: Path | None) -> list[tuple[str, Problem]]:
    """Published instances with their names, those with the fewest meetings first; drawn ones when none are at hand."""
    events = [(event.name, _day(event)) for event in _events(published or folder_of_instances())]
    return sorted(events, key=lambda named: (len(named[1].meetings), named[0]))


def _events(folder: Path | None) -> Iterator[Event]:
    if folder is None:
        yield from (draw_event(size, "original", SEED) for size in SIZES)
        yield from (draw_event(size, variant, SEED) for size, variant in HARDER)
    else:
        yield from (read_event(path) for path in sorted(folder.glob("*.dzn")))


def _day(event: Event) -> Problem:
    return read_problem(json.dumps(day_file(event)).encode())


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
