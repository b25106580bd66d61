"""The day, read from the JSON values of its file: every default filled in, every name looked up."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from graphlib import CycleError, TopologicalSorter
from typing import TypeVar
from zoneinfo import ZoneInfo

from solver import sizes
from solver.format.clock_changes import refuse_change_of_the_clock
from solver.format.day_parts import COUNT, Parts
from solver.format.json_text import FileFault, refuse, shown
from solver.format.names import Names
from solver.format.reading import (
    Fields,
    Reader,
    at_least,
    at_most,
    each,
    each_once,
    exactly,
    one_of,
    or_null,
    record,
    whole,
)
from solver.problem import DEFAULT_AIMS, Aim, Day, Problem, Travel
from solver.times import clock, time

T = TypeVar("T")

FORMAT = "dialogdag.day/1"
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIMEZONE = re.compile(r"[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*")


def problem_of(values: object) -> Problem:
    """The problem that the JSON values of a file describe; raises FileFault at the first fault."""
    names = Names.among(values)
    problem = record(lambda fields: _problem(fields, names))(values)
    _refuse_circles(problem)
    return problem


def _problem(fields: Fields, names: Names) -> Problem:
    fields.need("format", exactly(FORMAT))
    day = fields.need("day", record(_day))
    parts = Parts(day, names)
    problem = Problem(
        day=day,
        rooms=fields.need("rooms", at_least(1, _list("rooms", sizes.MOST_ROOMS, parts.room))),
        travel=fields.get("travel", record(parts.travel), Travel()),
        people=fields.get("people", _list("people", sizes.MOST_PEOPLE, parts.person), ()),
        panels=fields.get("panels", _list("panels", sizes.MOST_PANELS, parts.panel), ()),
        suppliers=fields.get("suppliers", _list("suppliers", sizes.MOST_SUPPLIERS, parts.supplier), ()),
        sessions=fields.get("sessions", _list("sessions", sizes.MOST_SESSIONS, parts.session), ()),
        meetings=fields.need("meetings", _list("meetings", sizes.MOST_MEETINGS, parts.meeting)),
        rests=fields.get("rests", _list("rests", sizes.MOST_RESTS, parts.rest), ()),
        apart=fields.get("apart", _list("groups", sizes.MOST_APART, parts.apart), ()),
        breaks_differ_by=fields.get("limits", record(_breaks_differ_by), None),
    )
    announced, fixed_until = fields.get("announced", record(parts.announced), ((), None))
    aims = fields.get("aims", each_once(one_of(Aim)), DEFAULT_AIMS)
    return replace(problem, announced=announced, fixed_until=fixed_until, aims=aims)


def _list(things: str, most: int, part: Callable[[Fields], T]) -> Reader[tuple[T, ...]]:
    return at_most(most, things, each(record(part)))


def _day(fields: Fields) -> Day:
    step = fields.get("step_minutes", whole(1, 60), 5)
    day = Day(
        date=fields.need("date", _date),
        timezone=fields.need("timezone", _timezone),
        opens=fields.need("opens", time(step)),
        closes=fields.need("closes", time(step)),
        step=step,
    )
    if day.closes <= day.opens:
        raise FileFault("closes", f"must be later than the day opens, {clock(day.opens)}")
    steps = day.whole.minutes // step
    if steps > sizes.MOST_STEPS:
        refuse(f"{steps:,} steps from {clock(day.opens)} to {clock(day.closes)}, at most {sizes.MOST_STEPS}")
    refuse_change_of_the_clock(day)
    return day


def _date(value: object) -> date:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        refuse(f'expected a date such as "2027-04-08", found {shown(value)}')
    try:
        return date.fromisoformat(value)
    except ValueError:
        refuse(f"there is no date {shown(value)}")


def _timezone(value: object) -> str:
    if not isinstance(value, str) or not _TIMEZONE.fullmatch(value):
        refuse(f'expected a time zone such as "Europe/Oslo", found {shown(value)}')
    try:
        return ZoneInfo(value).key
    # A folder of zones, such as "Europe", is an OSError; a file that is no zone is a ValueError.
    except (KeyError, ValueError, OSError):
        refuse(f"no time zone {shown(value)}")


def _breaks_differ_by(fields: Fields) -> int | None:
    return fields.get("breaks_differ_by", or_null(COUNT), None)


def _refuse_circles(problem: Problem) -> None:
    after = {**{one.id: one.after for one in problem.sessions}, **{one.id: one.after for one in problem.meetings}}
    try:
        TopologicalSorter(after).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1]
        before = dict(zip(circle[1:], circle, strict=False))
        place, name = next((place, name) for place, name in _places(problem) if name in before)
        path = f"{place}.after[{after[name].index(before[name])}]"
        raise FileFault(path, f"{shown(name)} would come after itself, in a circle of {len(before)}") from None


def _places(problem: Problem) -> Iterator[tuple[str, str]]:
    yield from ((f"sessions[{place}]", session.id) for place, session in enumerate(problem.sessions))
    yield from ((f"meetings[{place}]", meeting.id) for place, meeting in enumerate(problem.meetings))
