"""The server dies while a plan is being made: the next start makes it, once, and nothing is left running."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.kernel import trail
from app.kernel.db import transaction
from app.planning.models import PlanRun, RunState
from solver.files import read_plan, read_problem
from solver.verify import breaches
from tests.days.factories import api, organiser
from tests.meetings.factories import a_planned_dialogue, wishes

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parent.parent.parent
Wait = Callable[..., Any]
Told = dict[str, Any]


@dataclass
class Server:
    """The whole service as a process of its own, whose temporary files lie in a folder that only it uses."""

    port: int
    temporary: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.temporary.mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(self.temporary)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 90
        while not self._answers():
            assert self.process.poll() is None, "the server has ended by itself"
            assert time.monotonic() < end, "the server does not answer"
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/health", timeout=2, trust_env=False).status_code == 200
        except httpx.TransportError:
            return False

    def end(self, how: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(how)
        self.process.wait(timeout=90)

    def solvers(self) -> list[int]:
        """The processes that work in one of the server's temporary folders."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                place = (process / "cwd").readlink()
            except OSError:
                continue
            if place.is_relative_to(self.temporary):
                found.append(int(process.name))
        return found


@pytest.fixture
def server(house: Path) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    made = Server(port, house / "temporary")
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end(signal.SIGKILL)


def _is_thinking(server: Server, told: Told) -> bool:
    return told["state"] == RunState.SOLVING and bool(server.solvers())


def _has_told(server: Server, told: Told) -> bool:
    return told["state"] == RunState.SOLVING and bool(told["progress"])


@pytest.mark.parametrize(
    ("how", "is_time"),
    [(signal.SIGKILL, _is_thinking), (signal.SIGKILL, _has_told), (signal.SIGTERM, _is_thinking)],
    ids=["killed at the start", "killed on the way", "stopped"],
)
def test_a_plan_that_was_being_made_is_made_once_after_the_next_start(
    server: Server,
    db: Session,
    wait_until: Wait,
    how: signal.Signals,
    is_time: Callable[[Server, Told], bool],
) -> None:
    dialogue = a_planned_dialogue(db)
    wishes(db, dialogue, 16, "panel-a", "panel-b")
    headers, url = organiser(db, dialogue), f"http://127.0.0.1:{server.port}{api(dialogue.id)}/plans"
    db.commit()

    with httpx.Client(headers=headers, timeout=60, trust_env=False) as client:
        server.start()
        own = f"{url}/{client.post(url).json()['id']}"
        wait_until(lambda: is_time(server, client.get(own).json()), seconds=60)

        server.end(how)
        wait_until(lambda: not server.solvers(), seconds=30)
        (before,) = _runs()
        server.start()
        made = wait_until(lambda: _if_ended(client.get(own).json()), seconds=120)

        # Who is asked to stop may end what was begun first; who is killed has no time for that.
        assert how is signal.SIGTERM or (before.state, before.plan) == (RunState.SOLVING, None)
        assert (made["state"], made["fault"]) == ("ready", None)
        assert server.solvers() == []
        (run,) = _runs()
        problem = read_problem((run.problem or "").encode())
        assert breaches(problem, read_plan((run.plan or "").encode(), problem)) == ()
        assert client.post(f"{own}/publish").json()["state"] == "published"
    _check_trail()


def _if_ended(told: Told) -> Told | None:
    return told if told["finished_at"] else None


def _runs() -> list[PlanRun]:
    with transaction(reads_only=True) as db:
        return list(db.scalars(sa.select(PlanRun)))


def _check_trail() -> None:
    with transaction(reads_only=True) as db:
        actions = [entry.action for entry in trail.entries(db) if entry.kind == "plan_runs"]
        assert (actions, trail.first_flaw(db)) == (["requested", "ready", "published"], None)
