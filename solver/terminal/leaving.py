"""How a command is left when Ctrl-C or SIGTERM stops it: with one sentence, and status 130.

It needs next to nothing loaded, so that it is in place before anything that takes its time to load.
"""

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Never

INTERRUPTED = 130
STOPPED, NO_PLAN = "Stopped.", "Stopped; no plan was written."
SIGNALS = (signal.SIGINT, signal.SIGTERM)
_STANDARD_ERROR = 2

Hear = Callable[[int, FrameType | None], None]


def started_as(arguments: list[str]) -> None:
    """Leave, from now on, whenever stopped, with what is true of a command that has only begun to load."""
    _hear(_leaving(NO_PLAN if arguments[1:2] == ["solve"] else STOPPED))


def heard_as_usual() -> None:
    """Give the signals back to those who serve, and have ways of their own to end."""
    for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL)):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, usual)


@contextmanager
def left_when_stopped(sentence: str) -> Iterator[None]:
    """Within, nothing is half done: whoever is stopped says the sentence and is gone."""
    with _heard_by(_leaving(sentence)):
        yield


@contextmanager
def interrupted_when_stopped() -> Iterator[None]:
    """Within, something must be tidied away: whoever is stopped is interrupted, by either signal."""
    with _heard_by(signal.default_int_handler):
        yield


def leave(sentence: str) -> Never:
    """Say the sentence and end the process at once, whatever its threads are at."""
    with suppress(OSError):
        os.write(_STANDARD_ERROR, f"{sentence}\n".encode())
    os._exit(INTERRUPTED)


def _leaving(sentence: str) -> Hear:
    # An exception instead would show as a traceback, or be lost, when it is raised while something is loaded.
    def hear(number: int, frame: FrameType | None) -> None:
        del number, frame
        leave(sentence)

    return hear


@contextmanager
def _heard_by(hear: Hear) -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in SIGNALS}
    _hear(hear)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _hear(hear: Hear) -> None:
    for number in SIGNALS:
        # Who starts a command in the background of a script has Ctrl-C ignored, for all that it starts.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, hear)
