"""What may still be booked: every place for a meeting that leaves every other promise intact.

Promises are what is pinned, fixed or required, what has been booked in this session, and the best attainable `reached`
and `placed`. An opening is offered only if a lawful plan has the meeting there and keeps them all. No OR-Tools here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version

from solver.foresight.naive import Naive
from solver.foresight.outlook import Outlook
from solver.foresight.telling import plan_of
from solver.plan import AimResult, Plan
from solver.problem import Problem
from solver.score import score
from solver.times import clock

SOLVER = f"python-sat {version('python-sat')}"


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A start, in minutes after midnight, and a room still to be had."""

    start: int
    room: str


@dataclass(frozen=True, slots=True)
class Openings:
    """The openings of one meeting, in the order of time.

    `naive` counts the places that break no rule against what is pinned and fixed alone, without looking ahead.
    """

    meeting: str
    openings: tuple[Opening, ...]
    naive: int

    @property
    def safe(self) -> int:
        """The number of openings."""
        return len(self.openings)

    def lines(self) -> Iterator[str]:
        """Each opening on a line, and what looking ahead has kept from being offered."""
        yield from (f"{clock(opening.start)} {opening.room}" for opening in self.openings)
        yield f"{self.meeting}: {self.safe} openings; {self.naive} places look free"

    def as_json(self) -> str:
        """The same as one JSON object."""
        openings = [{"start": clock(opening.start), "room": opening.room} for opening in self.openings]
        values = {"meeting": self.meeting, "openings": openings, "naive": self.naive, "safe": self.safe}
        return json.dumps(values, ensure_ascii=False, indent=2)


class NotAnOpening(Exception):
    """Somebody asks for a place that cannot be had, or no longer; `fresh` are the openings there are now."""

    def __init__(self, asked: Opening, fresh: Openings) -> None:
        self.asked, self.fresh = asked, fresh
        super().__init__(f"Meeting {fresh.meeting} cannot be had at {clock(asked.start)} in room {asked.room}.")


class Session:
    """Answers for one day, each of which takes every booking so far as a promise."""

    def __init__(self, problem: Problem, *, problem_sha256: str = "") -> None:
        self._given, self._problem_sha256 = problem, problem_sha256
        self._booked: dict[str, Opening] = {}
        self._outlook, self._naive = Outlook(problem), Naive(problem)

    @property
    def problem(self) -> Problem:
        """The day as it was given, with every booking as a pin that is required."""
        return self._outlook.problem

    def openings(self, meeting_id: str) -> Openings:
        """Every opening of the meeting; one that has been booked has its own place and no other.

        Raises KeyError when the day has no such meeting.
        """
        self._given.meeting[meeting_id]
        places = tuple(Opening(start, room) for start, room in self._outlook.open(meeting_id))
        return Openings(meeting_id, places, self.naive(meeting_id))

    def naive(self, meeting_id: str) -> int:
        """How many places break no rule against what is pinned, fixed and booked alone."""
        return self._naive.count(meeting_id)

    def book(self, meeting_id: str, start: int, room: str) -> Plan:
        """Promise the meeting a place; the answer is a plan that keeps this promise and all others.

        Raises NotAnOpening, with fresh openings, when the place is not to be had.
        """
        asked, fresh = Opening(start, room), self.openings(meeting_id)
        if asked not in fresh.openings:
            raise NotAnOpening(asked, fresh)
        plan = self.plan(meeting_id, start, room)
        self._keep({**self._booked, meeting_id: asked})
        return plan

    def give_back(self, meeting_id: str) -> None:
        """Let go of a booking made in this session. Raises KeyError when there is none."""
        del self._booked[meeting_id]
        self._keep(self._booked)

    def plan(self, meeting_id: str, start: int, room: str) -> Plan:
        """A plan that keeps every promise, with the meeting in one of its openings. Raises LookupError for others."""
        placed = self._outlook.plan(meeting_id, (start, room))
        plan = plan_of(self._given, placed, SOLVER, self._problem_sha256)
        values = score(self._given, plan)
        return replace(plan, aims=tuple(AimResult(aim, values[aim], None, proven=False) for aim in self._given.aims))

    def _keep(self, booked: dict[str, Opening]) -> None:
        """Look ahead anew, with what has been booked; pieces of the day that are as before are not searched again."""
        problem = _with(self._given, booked)
        self._outlook, self._naive = Outlook(problem, self._outlook.engines), Naive(problem)
        self._booked = booked


def _with(problem: Problem, booked: dict[str, Opening]) -> Problem:
    """The day with the bookings as pins that are required."""
    meetings = tuple(
        replace(each, start=booked[each.id].start, room=booked[each.id].room, required=True)
        if each.id in booked
        else each
        for each in problem.meetings
    )
    return replace(problem, meetings=meetings)
