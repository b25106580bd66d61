"""Events where businesses meet businesses, as the literature publishes them, read as days of the day format.

The instances of “Constraint Solving Approaches to the Business-to-Business Meeting Scheduling Problem” (JAIR 2022,
doi 10.1613/jair.1.12670) are MiniZinc data files, counted from 1. In the day format such an event is a plain day: the
participants are suppliers, a slot is one step, the tables are equal rooms, and every meeting is required.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from solver.times import clock

OPENS = 8 * 60
STEP_MINUTES = 15
MOST_SLOTS = (24 * 60 - OPENS) // STEP_MINUTES

# Where the published instances lie, when they are at hand.
FOLDER = "DIALOGDAG_B2B"

# A day file as JSON has it.
DayFile = dict[str, Any]


@dataclass(frozen=True)
class Wanted:
    """A meeting of two participants; `session` is 1 in the morning, 2 in the afternoon, 3 when it does not matter."""

    parties: tuple[int, int]
    session: int = 3


@dataclass(frozen=True)
class Event:
    """One instance; participants, meetings and slots are counted from 0, `after` names what must come before."""

    name: str
    participants: int
    tables: int
    slots: int
    morning_slots: int
    meetings: tuple[Wanted, ...]
    forbidden: Mapping[int, frozenset[int]] = field(default_factory=dict)
    fixed: Mapping[int, int] = field(default_factory=dict)
    after: Mapping[int, frozenset[int]] = field(default_factory=dict)


def folder_of_instances() -> Path | None:
    """The folder that the environment names as holding the published instances; None when it names none."""
    named = os.environ.get(FOLDER)
    return Path(named) if named else None


def read_event(path: Path) -> Event:
    """The event in a published data file. Raises ValueError when the file is not such an instance."""
    return parse_event(path.read_text(encoding="utf-8"), path.name.removesuffix(".dzn"))


def parse_event(text: str, name: str) -> Event:
    """The event that the text of a data file describes. Raises ValueError when something is missing or contradicts."""
    event = Event(
        name=name,
        participants=_number(text, "nBusiness"),
        tables=_number(text, "nTables"),
        slots=_number(text, "nTotalSlots"),
        morning_slots=_number(text, "nMorningSlots"),
        meetings=tuple(_meetings(text)),
        forbidden=_from_zero(_sets(text, "forbidden")),
        fixed={meeting: slot - 1 for meeting, slot in enumerate(_numbers(text, "fixed")) if slot},
        after=_from_zero(_sets(text, "precedences")),
    )
    if len(event.meetings) != _number(text, "nMeetings"):
        raise ValueError(f"{name}: nMeetings is not the number of meetings")
    return event


def _number(text: str, key: str) -> int:
    found = re.search(rf"\b{key}\s*=\s*(\d+)\s*;", text)
    if found is None:
        raise ValueError(f"no number {key}")
    return int(found[1])


def _list(text: str, key: str) -> str:
    found = re.search(rf"\b{key}\s*=\s*\[(.*?)\]\s*;", text, re.DOTALL)
    if found is None:
        raise ValueError(f"no list {key}")
    return found[1]


def _numbers(text: str, key: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", _list(text, key))]


def _sets(text: str, key: str) -> list[frozenset[int]]:
    """The sets of a list; 0 stands for nothing."""
    inside = re.findall(r"\{(.*?)\}", _list(text, key))
    return [frozenset(int(number) for number in re.findall(r"\d+", one) if int(number)) for one in inside]


def _from_zero(sets: list[frozenset[int]]) -> dict[int, frozenset[int]]:
    return {index: frozenset(number - 1 for number in numbers) for index, numbers in enumerate(sets) if numbers}


def _meetings(text: str) -> list[Wanted]:
    numbers = _numbers(text, "requested")
    rows = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
    return [Wanted((one - 1, other - 1), session) for one, other, session in rows]


def day_file(event: Event) -> DayFile:
    """The event as a day file. Raises ValueError when it has more slots than there are steps left of a day."""
    if event.slots > MOST_SLOTS:
        raise ValueError(f"{event.name}: {event.slots} slots, of which a day holds {MOST_SLOTS}")
    return {
        "format": "dialogdag.day/1",
        "day": {
            "date": "2027-04-08",
            "timezone": "Europe/Oslo",
            "opens": _time(0),
            "closes": _time(event.slots),
            "step_minutes": STEP_MINUTES,
        },
        "rooms": [{"id": f"table{table:02}", "seats": 2} for table in range(1, event.tables + 1)],
        "suppliers": [_supplier(event, number) for number in range(event.participants)],
        "meetings": [_meeting(event, number) for number in range(len(event.meetings))],
        "limits": {"breaks_differ_by": 2},
        "aims": ["breaks"],
    }


def _supplier(event: Event, number: int) -> DayFile:
    return {"id": participant_id(number), "free": _windows(event.slots, event.forbidden.get(number, frozenset()))}


def _meeting(event: Event, number: int) -> DayFile:
    wanted = event.meetings[number]
    meeting: DayFile = {
        "id": meeting_id(number),
        "parties": [participant_id(party) for party in wanted.parties],
        "minutes": STEP_MINUTES,
        "required": True,
        "windows": [_session(event, wanted.session)],
    }
    if number in event.after:
        meeting["after"] = [meeting_id(earlier) for earlier in sorted(event.after[number])]
    if number in event.fixed:
        meeting["start"] = _time(event.fixed[number])
    return meeting


def participant_id(number: int) -> str:
    """What a participant is called in the day file."""
    return f"business{number + 1:03}"


def meeting_id(number: int) -> str:
    """What a meeting is called in the day file."""
    return f"meeting{number + 1:03}"


def _session(event: Event, session: int) -> list[str]:
    first = event.morning_slots if session == 2 else 0
    last = event.morning_slots if session == 1 else event.slots
    return [_time(first), _time(last)]


def _windows(slots: int, forbidden: frozenset[int]) -> list[list[str]]:
    """The spans of slots that are not forbidden, as they come."""
    edges = [-1, *sorted(forbidden), slots]
    return [[_time(before + 1), _time(after)] for before, after in pairwise(edges) if after > before + 1]


def _time(slot: int) -> str:
    return clock(OPENS + slot * STEP_MINUTES)
