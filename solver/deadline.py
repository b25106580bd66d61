"""When work ends though it is not done: at a moment on the clock, or because somebody asked.

What ends a question is counted work, so that a slow machine finds the same plan as a quick one. The deadline is a
backstop behind that, for a machine on which the work takes far longer than it should.
"""

import threading
import time

# So long after the limit is up, and after that many seconds for whoever has little time, the clock ends it.
PER_SECOND, AT_LEAST = 3.0, 5.0


class OutOfTime(Exception):
    """The work has been ended by the clock, or by whoever asked for it, before it was done."""


class Deadline:
    """A moment some while after now, or as soon as `stop` is set."""

    def __init__(self, seconds: float, stop: threading.Event | None = None) -> None:
        self.stop = stop or threading.Event()
        self._ends = time.monotonic() + seconds * PER_SECOND + AT_LEAST

    @property
    def seconds_left(self) -> float:
        """What the clock leaves, at least 0; 0 once somebody has asked."""
        return 0.0 if self.stop.is_set() else max(0.0, self._ends - time.monotonic())

    @property
    def is_over(self) -> bool:
        """Whether the work is to end now."""
        return self.seconds_left == 0

    def keep(self) -> None:
        """Go on. Raises OutOfTime when the work is to end now."""
        if self.is_over:
            raise OutOfTime
