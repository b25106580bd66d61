"""What a peer answers, and when it had found it."""

import time
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """The slot of each meeting, None when there are none; the least number of breaks still thinkable.

    An answer is proven when its breaks are that least number, or when it says that no plan is lawful.
    """

    slots: tuple[int, ...] | None
    bound: int | None
    is_proven: bool


@dataclass(slots=True)
class Watch:
    """How long a peer may take, and the moment of its latest improvement, in CPU and wall seconds from the start."""

    seconds: float
    began: float = field(default_factory=time.monotonic)
    cpu_seconds: float = 0.0
    wall_seconds: float = 0.0

    def improved(self) -> None:
        """Remember that something better has just been found."""
        self.cpu_seconds, self.wall_seconds = time.process_time(), time.monotonic() - self.began


@dataclass(frozen=True, slots=True)
class Report:
    """An answer and when its plan had been found, as one process tells another."""

    slots: tuple[int, ...] | None
    bound: int | None
    is_proven: bool
    found_cpu_seconds: float
    found_wall_seconds: float
