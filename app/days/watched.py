"""Reading a foreign calendar in a process of its own, which the system ends when it has taken too much time or memory.

What a calendar may cost is bounded before it is read; this is for the day on which those bounds are found wanting. No
thread can be ended from outside, and a loop in a library hears of nothing, so the limits are the system's.
"""

import json
import os
import resource
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from zoneinfo import ZoneInfo

import app
from app.days.busy import Busy, busy_periods
from app.kernel.refusals import Invalid, Refusal, Unavailable

CPU_SECONDS = 1.5  # for reading, when all is loaded
_MOST_SECONDS = 20  # in all, on a machine that has much else to do
_MOST_MEMORY = 1_500_000_000
_AT_ONCE = BoundedSemaphore(2)
_ROOT = Path(app.__file__).parent.parent


def read_apart(content: bytes, day: date, zone: str, *, cpu_seconds: float = CPU_SECONDS) -> list[Busy]:
    """When the calendar says that its owner is busy on this day in this zone.

    Raises Invalid, with a sentence, for what cannot be read or takes more than `cpu_seconds`, and Unavailable when
    others' calendars are being read.
    """
    if not _AT_ONCE.acquire(timeout=_MOST_SECONDS):
        raise Unavailable("Other calendars are being read just now. Try again in a few seconds.")
    try:
        answer = _answer_of_child(content, day.isoformat(), zone, f"{cpu_seconds:g}")
    finally:
        _AT_ONCE.release()
    if sentence := answer.get("refused"):
        raise Invalid(sentence, **answer["values"])
    return [Busy(*period) for period in answer["busy"]]


def _answer_of_child(content: bytes, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "app.days.watched", *arguments]
    # Nothing of our surroundings but where we stand: the child needs no secret, and cannot tell one.
    surroundings = {name: os.environ[name] for name in ("PATH", "PYTHONTZPATH", "LANG") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 every word of the command is ours
            command,
            input=content,
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=True,
            env={**surroundings, "PYTHONPATH": os.pathsep.join([str(_ROOT), *filter(None, sys.path)])},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as ended:
        raise Invalid("The calendar takes too long to read, and has been laid aside.") from ended
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _limit(cpu_seconds: float) -> None:
    """Have the system end this process when it takes more than it may; nothing in it can put that off."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))


def _read_here(day: str, zone: str, cpu_seconds: str) -> None:
    content = sys.stdin.buffer.read()
    _limit(float(cpu_seconds))
    try:
        answer: dict[str, object] = {"busy": busy_periods(content, date.fromisoformat(day), ZoneInfo(zone))}
    except Refusal as refusal:
        answer = {"refused": refusal.sentence, "values": refusal.values}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    _read_here(*sys.argv[1:])
