"""Having the solver solve a day file in a process of its own, so that this one never loads OR-Tools."""

import json
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import solver
from app.kernel.settings import settings
from app.planning.outcome import Outcome, failed, infeasible, ready

Progress = dict[str, Any]
_ROOT = Path(solver.__file__).parent.parent
_GRACE_SECONDS = 60.0  # beyond its own limit, for starting up and for proving the last aim
_PAUSE_SECONDS = 0.5  # between two pieces of progress that are passed on
_INFEASIBLE, _NO_PLAN_IN_TIME = 3, 4


def solved(problem: str, seed: int, tell: Callable[[Progress], None]) -> Outcome:
    """What comes of a day file; `tell` is called with the solver's progress now and then."""
    with TemporaryDirectory(prefix="dialogdag-") as name:
        folder = Path(name)
        (folder / "day.json").write_text(problem, encoding="utf-8")
        with _child(folder, seed) as child:
            assert child.stderr is not None  # noqa: S101 it was asked for as a pipe
            last_words = _follow(child.stderr, tell)
            status = child.wait()
        return _outcome(status, folder / "plan.json", last_words)


def _command(seed: int) -> list[str]:
    limits = {
        "--seconds": f"{settings().solver_seconds:g}",
        "--seed": f"{seed}",
        "--workers": f"{settings().solver_workers}",
    }
    options = [word for option in limits.items() for word in option]
    return [
        sys.executable,
        "-m",
        "app.planning.child",
        "solve",
        "day.json",
        "--out",
        "plan.json",
        *options,
        "--progress",
        "json",
    ]


@contextmanager
def _child(folder: Path, seed: int) -> Iterator[subprocess.Popen[str]]:
    paths = os.pathsep.join(filter(None, (str(_ROOT), os.environ.get("PYTHONPATH"))))
    # In a session of its own, since Ctrl-C in our terminal would make a solve look as if it had failed.
    child = subprocess.Popen(  # noqa: S603 every word of the command is ours
        _command(seed),
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        text=True,
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    overdue = threading.Timer(settings().solver_seconds + _GRACE_SECONDS, child.kill)
    overdue.start()
    try:
        with child:
            yield child
    finally:
        overdue.cancel()
        child.kill()


def _follow(lines: Iterable[str], tell: Callable[[Progress], None]) -> str:
    """Pass progress on, not too often, but the last of it always; the last words that were not progress."""
    words: deque[str] = deque(maxlen=5)
    untold, told_at = None, 0.0
    for line in lines:
        progress = _progress(line)
        if progress is None:
            words.append(line.strip())
            continue
        untold = progress
        if time.monotonic() - told_at >= _PAUSE_SECONDS:
            tell(progress)
            untold, told_at = None, time.monotonic()
    if untold is not None:
        tell(untold)
    return " ".join(words)[:2000]


def _progress(line: str) -> Progress | None:
    try:
        values = json.loads(line)
    except json.JSONDecodeError:
        return None
    return values if isinstance(values, dict) else None


def _outcome(status: int, plan: Path, last_words: str) -> Outcome:
    if status == 0:
        return ready(plan.read_text(encoding="utf-8"))
    if status == _INFEASIBLE:
        return infeasible()
    if status == _NO_PLAN_IN_TIME:
        return failed("no plan was found in the time there was")
    return failed(f"the solver ended with status {status}: {last_words}")
