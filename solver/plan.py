"""What is answered: where and when everything takes place, and how good that is proven to be."""

from dataclasses import dataclass, field
from enum import StrEnum

from solver.problem import Aim


class Status(StrEnum):
    """How far the answer is proven."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PlacedSession:
    """A session with its time, in minutes after midnight, and its room; `room` is None when it needs none."""

    id: str
    start: int
    end: int
    room: str | None


@dataclass(frozen=True, slots=True)
class PlacedMeeting:
    """A meeting with its time, in minutes after midnight, its room, and the people who attend, sorted."""

    id: str
    start: int
    end: int
    room: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AimResult:
    """What one aim came to; `bound` is the best still thinkable given the aims before it, None when not known."""

    aim: Aim
    value: int
    bound: int | None
    proven: bool


@dataclass(frozen=True, slots=True)
class Place:
    """When a meeting starts, in minutes after midnight, and where."""

    start: int
    room: str


@dataclass(frozen=True, slots=True)
class Move:
    """An announced meeting that is not where people have been told; without `to` it does not take place."""

    id: str
    told: Place
    to: Place | None


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan for one day, as stored in a plan file; lists are sorted by id.

    `moved` is None where nothing was announced, or where the plan does not tell. `was_cut` tells that the clock or the
    caller has ended the search before its work was done; no file keeps it.
    """

    status: Status
    sessions: tuple[PlacedSession, ...]
    meetings: tuple[PlacedMeeting, ...]
    unplaced: tuple[str, ...]
    aims: tuple[AimResult, ...]
    seed: int
    workers: int
    solver: str
    seconds: float
    problem_sha256: str
    moved: tuple[Move, ...] | None = None
    was_cut: bool = field(default=False, compare=False)
