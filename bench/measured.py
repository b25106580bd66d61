"""What a command costs: seconds of CPU and on the wall, and memory, of it and of all that it starts."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from typing import IO

from pydantic import BaseModel, ConfigDict

ROOT = Path(__file__).parent.parent


class Cost(BaseModel):
    """Seconds and mebibytes of a process with its children; the memory is that of the largest of them."""

    model_config = ConfigDict(frozen=True)

    cpu_seconds: float
    wall_seconds: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that has ended: its exit status (negative when a signal ended it), what it said, what it cost."""

    status: int
    output: str
    errors: str
    cost: Cost


def run(module: str, *arguments: object, most_seconds: float) -> Ended:
    """Run `python -m module` to its end; it is killed, with all that it has started, after so many seconds."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        began = time.monotonic()
        # A session of its own, so that what it starts can be ended with it.
        child = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=errors, start_new_session=True)  # noqa: S603 - our own modules
        status, usage = _wait(child.pid, most_seconds)
        child.returncode = os.waitstatus_to_exitcode(status)
        cost = Cost(
            cpu_seconds=usage.ru_utime + usage.ru_stime,
            wall_seconds=time.monotonic() - began,
            peak_mib=usage.ru_maxrss / 1024,
        )
        return Ended(child.returncode, _text(output), _text(errors), cost)


def _wait(pid: int, most_seconds: float) -> tuple[int, resource.struct_rusage]:
    killer = Timer(most_seconds, os.killpg, (pid, signal.SIGKILL))
    killer.start()
    try:
        _, status, usage = os.wait4(pid, 0)
    except BaseException:
        os.killpg(pid, signal.SIGKILL)
        raise
    finally:
        killer.cancel()
    return status, usage


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")
