"""The day in the few words that a search over times alone needs: tasks, and what keeps them apart.

Every relation is either *sure*, which means that it follows from the rules, or only *safe*: a plan that keeps it is
lawful, but there may be lawful plans that do not. What sure relations forbid is out of the question; what all of them
allow can be had; in between somebody has to look more closely. While times are sought, each unit, such as a panel, is
thought of in a room of its own.
"""

from dataclasses import dataclass

from solver.foresight.starts import Starts


@dataclass(frozen=True, slots=True)
class Task:
    """A session or meeting whose place is not settled; `steps` is its length on the grid.

    `starts` are those it may have, `safe` those it may have in the room in which it is thought of.
    """

    id: str
    minutes: int
    steps: int
    starts: Starts
    safe: Starts
    must: bool
    weight: int
    suppliers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """The meetings of a panel, one at a time, with the minutes between them.

    `limits` gives minutes and rest minutes of a stretch, and `fixed` starts and minutes of meetings already settled.
    """

    panel: str
    tasks: tuple[str, ...]
    pause: int
    limits: tuple[int, int] | None = None
    fixed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """Between any of the one and any of the other lie at least so many minutes, whichever comes first."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    minutes: int
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Order:
    """The later task starts no earlier than the end of the earlier one, and is not placed without it."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class Pause:
    """At one of these minutes begins a rest of so many minutes, clear of all the tasks."""

    tasks: tuple[str, ...]
    begins: tuple[int, ...]
    minutes: int
    is_sure: bool


@dataclass(frozen=True)
class Piece:
    """Tasks that have to do with each other, with all that is between them, and with no other task."""

    tasks: tuple[Task, ...]
    lines: tuple[Line, ...]
    apart: tuple[Apart, ...]
    orders: tuple[Order, ...]
    pauses: tuple[Pause, ...]
