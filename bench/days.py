"""Dialogue days of the sizes that municipalities hold, drawn from a seed: the same seed gives the same day."""

from dataclasses import replace
from datetime import date
from random import Random

from bench import crowd
from bench.shape import LUNCH_FROM, LUNCH_MINUTES, LUNCH_UNTIL, STEP, TRAVEL_MINUTES, Shape
from bench.timetable import Cell, timetable
from solver.problem import AnnouncedMeeting, Day, Meeting, Problem, Room, Session, Span, Supplier, Travel

REAL = {
    "30x10": Shape(suppliers=30, panels=10, meetings=30, minutes=45, plenary_minutes=120),
    "60x12": Shape(suppliers=60, panels=12, meetings=120, minutes=20, closes=17 * 60),
    "150x20": Shape(suppliers=150, panels=20, meetings=260, minutes=15, closes=17 * 60),
}
GROWTH = {
    "45x10": Shape(suppliers=45, panels=10, meetings=75, minutes=30, closes=17 * 60),
    "100x16": Shape(suppliers=100, panels=16, meetings=190, minutes=15, closes=17 * 60),
}
# Nearly every opening will be taken: that is when a careless booking leaves somebody without a meeting.
OPENINGS = {
    "20": Shape(suppliers=20, panels=3, meetings=20, minutes=30, plenary_minutes=120),
    "60": Shape(suppliers=60, panels=9, meetings=60, minutes=30, plenary_minutes=120),
    "150": Shape(suppliers=150, panels=22, meetings=150, minutes=30, plenary_minutes=120),
}
ANNOUNCED = Shape(suppliers=60, panels=15, meetings=180, minutes=15, closes=17 * 60)
# A plenary until half past eleven leaves six panels three meetings each: eighteen of the thirty.
OVERFULL = Shape(suppliers=30, panels=6, meetings=30, minutes=60, plenary_minutes=180, closes=16 * 60)


def day(shape: Shape, seed: int = 1) -> Problem:
    """A day with plenary, lunch and one-to-one meetings; all of them can be had, unless time is too short."""
    return _day(shape, *_cells(shape, seed))


def announced_day(shape: Shape = ANNOUNCED, seed: int = 1) -> Problem:
    """A day whose timetable has already been told to everybody."""
    cells, random = _cells(shape, seed)
    told = [
        AnnouncedMeeting(_meeting_id(number), cell.start, crowd.room_id(cell.panel))
        for number, cell in enumerate(cells)
        if cell.start is not None
    ]
    return replace(_day(shape, cells, random), announced=tuple(told))


def _cells(shape: Shape, seed: int) -> tuple[tuple[Cell, ...], Random]:
    random = Random(seed)  # noqa: S311 - no secret
    return timetable(shape, random), random


def _day(shape: Shape, cells: tuple[Cell, ...], random: Random) -> Problem:
    rooms, suppliers = crowd.rooms(shape, random), crowd.suppliers(shape, cells, random)
    return Problem(
        day=Day(date(2027, 4, 8), "Europe/Oslo", shape.opens, shape.closes, STEP),
        rooms=rooms,
        travel=Travel(TRAVEL_MINUTES),
        people=(people := crowd.people(shape, random)),
        panels=crowd.panels(shape, rooms),
        suppliers=suppliers,
        sessions=_sessions(shape, suppliers, tuple(person.id for person in people)),
        meetings=tuple(_meeting(shape, number, cell, rooms) for number, cell in enumerate(cells)),
    )


def _sessions(shape: Shape, suppliers: tuple[Supplier, ...], people: tuple[str, ...]) -> tuple[Session, ...]:
    opening = Span(shape.opens, shape.plenary_ends)
    in_time = tuple(each.id for each in suppliers if each.free[0].start == shape.opens)
    everyone = tuple(each.id for each in suppliers)
    noon = (Span(LUNCH_FROM, LUNCH_UNTIL),)
    return (
        Session("plenary", "Conference", "plenary", opening.minutes, (opening,), ("hall",), in_time, (), people, ()),
        Session("lunch", "Lunch", "break", LUNCH_MINUTES, noon, (), everyone, (), people, ("plenary",)),
    )


def _meeting(shape: Shape, number: int, cell: Cell, rooms: tuple[Room, ...]) -> Meeting:
    return Meeting(
        id=_meeting_id(number),
        parties=(crowd.supplier_id(cell.supplier), crowd.panel_id(cell.panel)),
        minutes=shape.minutes,
        required=False,
        weight=1,
        after=("plenary",),
        windows=(Span(shape.opens, shape.closes),),
        rooms=tuple(room.id for room in rooms),
        start=None,
        room=None,
    )


def _meeting_id(number: int) -> str:
    return f"m{number + 1:03}"
