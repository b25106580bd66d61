"""Work that can be stopped: Ctrl-C and SIGTERM ask it for the best it has, and asked twice it is left at once."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from solver.terminal.leaving import SIGNALS

T = TypeVar("T")
PATIENCE_SECONDS = 5.0
_TICK_SECONDS = 0.1


class Stopped(Exception):
    """The work was asked to stop, and gave nothing in the time it then had. It goes on in its thread."""


def until_stopped(work: Callable[[threading.Event], T], patience: float = PATIENCE_SECONDS) -> tuple[T, bool]:
    """What the work comes to, and whether it was asked to stop; it is asked by the event it is given.

    It works in a thread of its own, so that this one, which must be the main one, can hear the signals.
    Raises Stopped when it is asked twice, or has nothing to give within `patience` seconds after it was asked.
    """
    with _asking() as stop:
        answer = _begun(work, stop)
        while not stop.is_set() and not answer.done():
            wait([answer], timeout=_TICK_SECONDS)
        # In ticks: a signal that the system hands to another thread is only heard when this one wakes up.
        ends = time.monotonic() + patience
        while not answer.done() and time.monotonic() < ends:
            wait([answer], timeout=_TICK_SECONDS)
        if not answer.done():
            raise Stopped
        return answer.result(), stop.is_set()


def _begun(work: Callable[[threading.Event], T], stop: threading.Event) -> Future[T]:
    pool = ThreadPoolExecutor(max_workers=1)
    answer = pool.submit(work, stop)
    pool.shutdown(wait=False)
    return answer


@contextmanager
def _asking() -> Iterator[threading.Event]:
    stop = threading.Event()

    def hear(number: int, frame: FrameType | None) -> None:
        del number, frame
        if stop.is_set():
            raise Stopped
        stop.set()

    before = {number: signal.signal(number, hear) for number in SIGNALS}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
