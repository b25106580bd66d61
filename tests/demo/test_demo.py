"""`make run` shows the main job done: on a first start, on a second, and after a kill in the middle of the solve."""

import signal
import sqlite3
import time
from email import message_from_bytes
from pathlib import Path

import httpx
import icalendar
import pytest

from solver.files import problem_sha256, read_plan, read_problem
from solver.plan import Status
from solver.score import false_figures
from solver.verify import breaches
from tests.demo.conftest import ROOT, Demo

pytestmark = pytest.mark.slow
LINKS = {"public", "organiser", "supplier", "person", "feed_public", "feed_supplier", "feed_panel", "feed_room", "api"}
PATHS = {"day", "plan", "picture", "outbox"}


def _query(demo: Demo, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(demo.folder / "var/dialogdag.sqlite3") as connection:
        rows = connection.execute(statement).fetchall()
    connection.close()
    return rows


def _letters(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


def test_a_first_start_plays_the_example_and_a_second_keeps_it(demo: Demo) -> None:
    demo.start()
    demo.wait_served()
    links = demo.links
    assert set(links) == LINKS | PATHS

    for name in sorted(LINKS):
        answer = httpx.get(links[name], timeout=20)
        assert (name, answer.status_code) == (name, 200)
        assert links[name].startswith(demo.address)
        if name.startswith("feed_"):
            assert any(icalendar.Calendar.from_ical(answer.content).walk("VEVENT")), name
    assert "24" in httpx.get(links["organiser"], timeout=20).text

    day = (demo.folder / links["day"]).read_bytes()
    problem = read_problem(day)
    plan = read_plan((demo.folder / links["plan"]).read_bytes(), problem)
    assert (len(plan.meetings), plan.unplaced, plan.status) == (24, (), Status.OPTIMAL)
    assert (breaches(problem, plan), false_figures(problem, plan, problem_sha256(day))) == ((), ())
    assert (demo.folder / links["picture"]).read_text(encoding="utf-8").lstrip().startswith(("<?xml", "<svg"))

    letters = _letters(demo.folder / links["outbox"])
    recipients = [message_from_bytes(letter)["To"] for letter in letters]
    assert all("," not in recipient for recipient in recipients)
    assert sum(b"method=REQUEST" in letter or b'method="REQUEST"' in letter for letter in letters) >= 24 + 18

    assert demo.end() == 0
    assert "Traceback" not in demo.read()

    demo.start()
    demo.wait_served(seconds=60)
    assert {name for name, link in demo.links.items() if link != links[name]} == {"supplier"}
    assert httpx.post(links["supplier"], timeout=20).status_code == 404
    assert httpx.post(demo.links["supplier"], timeout=20).status_code == 303
    assert _letters(demo.folder / links["outbox"]) == letters
    assert demo.end(signal.SIGTERM) in {0, -signal.SIGTERM, 128 + signal.SIGTERM}


def test_a_kill_in_the_middle_of_the_solve_is_made_good_at_the_next_start(demo: Demo) -> None:
    demo.start()
    _wait_for_solve(demo)
    demo.end(signal.SIGKILL)

    demo.start()
    demo.wait_served()

    assert _query(demo, "SELECT state FROM plan_runs") == [("published",)]
    assert _query(demo, "SELECT count(*) FROM bookings") == [(24,)]
    assert _query(demo, "SELECT count(*) FROM letters WHERE sent_at IS NULL") == [(0,)]
    letters = [message_from_bytes(letter) for letter in _letters(demo.folder / "var/outbox")]
    assert len({letter["Message-ID"] for letter in letters}) == len(letters)
    assert demo.end() == 0


def _wait_for_solve(demo: Demo) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end:
        database = demo.folder / "var/dialogdag.sqlite3"
        try:
            if database.exists() and _query(demo, "SELECT 1 FROM plan_runs WHERE state = 'solving'"):
                return
        except sqlite3.OperationalError:
            pass  # the tables are still being made
        assert demo.process is not None
        assert demo.process.poll() is None, demo.read()
        time.sleep(0.02)
    pytest.fail("the solve never began")


def test_the_example_is_the_day_file_under_examples(demo: Demo) -> None:
    """What the web plays and what the command line solves are one and the same day."""
    demo.start()
    demo.wait_served()

    played = read_problem((demo.folder / demo.links["day"]).read_bytes())
    kept = read_problem((ROOT / "examples/nine-municipalities.day.json").read_bytes())

    assert played == kept


def test_a_taken_port_is_told_in_one_sentence(demo: Demo) -> None:
    import socket

    with socket.socket() as other:
        other.bind(("127.0.0.1", demo.port))
        other.listen()
        demo.start()
        assert demo.process is not None
        assert demo.process.wait(timeout=60) == 1

    assert demo.read() == (
        f"Port {demo.port} is taken on this machine: choose another, as in `make run PORT={demo.port + 1}`.\n"
    )
