"""Many want the same at once: the database lets one have it, and tells the others so in a sentence."""

import socket
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
import uvicorn
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.main import create_app
from app.meetings import service
from app.meetings.models import Booking, ClaimedCell, MeetingRequest
from tests.days.factories import a_panel, a_person, a_room, api, organiser
from tests.meetings.factories import a_planned_dialogue, a_supplier, wishes

Answer = tuple[int, str]
WON, LOST = (201, "application/json"), (409, "application/problem+json")


@pytest.fixture
def served(house: Path) -> Iterator[httpx.Client]:
    """The web app behind a real server on this machine, and a client for many threads."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(512)
        server = uvicorn.Server(uvicorn.Config(create_app(runs_jobs=False), ws="none", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        limits = httpx.Limits(max_connections=None)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=address, timeout=120, limits=limits, trust_env=False) as many:
            yield many
        server.should_exit = True
        thread.join()


def _at_once(post: Callable[[dict[str, str]], Answer], bookings: list[dict[str, str]]) -> Counter[Answer]:
    barrier = threading.Barrier(len(bookings))

    def attempt(booking: dict[str, str]) -> Answer:
        barrier.wait(60)
        return post(booking)

    with ThreadPoolExecutor(len(bookings)) as pool:
        return Counter(pool.map(attempt, bookings))


def _posting(client: httpx.Client | TestClient, db: Session, dialogue: Dialogue) -> Callable[[dict[str, str]], Answer]:
    url, headers = api(dialogue.id) + "/bookings", organiser(db, dialogue)
    db.commit()

    def post(booking: dict[str, str]) -> Answer:
        answer = client.post(url, headers=headers, json=booking)
        return answer.status_code, answer.headers["content-type"]

    return post


def _booking(asked: MeetingRequest, clock: str = "13:00", room: str = "furu") -> dict[str, str]:
    return {"request": str(asked.id), "room": room, "starts_at": f"2099-04-08T{clock}:00+02:00"}


def _kept(db: Session) -> tuple[int, int, int]:
    """How many bookings there are, how many cells, and how many cells that somebody else holds as well."""
    twice = sa.select(ClaimedCell.resource_id).group_by(ClaimedCell.resource_id, ClaimedCell.starts_at)
    return (
        db.scalars(sa.select(sa.func.count()).select_from(Booking)).one(),
        db.scalars(sa.select(sa.func.count()).select_from(ClaimedCell)).one(),
        len(db.scalars(twice.having(sa.func.count() > 1)).all()),
    )


def test_of_two_hundred_at_one_time_one_gets_it(served: httpx.Client, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    bookings = [_booking(asked) for asked in wishes(db, dialogue, 200, "panel-a")]

    answers = _at_once(_posting(served, db, dialogue), bookings)

    assert answers == {WON: 1, LOST: 199}
    assert _kept(db) == (1, 24, 0)


def test_the_same_holds_for_fifty_inside_one_process(client: TestClient, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    bookings = [_booking(asked) for asked in wishes(db, dialogue, 50, "panel-a")]
    assert _at_once(_posting(client, db, dialogue), bookings) == {WON: 1, LOST: 49}
    assert _kept(db) == (1, 24, 0)


def test_two_hundred_over_twenty_places_fill_each_place_once(served: httpx.Client, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    asked = wishes(db, dialogue, 200, "panel-a", "panel-b")
    clocks = [f"{hour}:{minute}" for hour in ("11", "12", "13", "14", "15") for minute in ("00", "30")]
    bookings = [_booking(one, clocks[n // 2 % 10], ("furu", "gran")[n % 2]) for n, one in enumerate(asked)]

    answers = _at_once(_posting(served, db, dialogue), bookings)

    assert answers == {WON: 20, LOST: 180}
    assert _kept(db) == (20, 20 * 24, 0)


def test_one_supplier_in_four_rooms_at_once_gets_one(served: httpx.Client, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    supplier = a_supplier(db, dialogue)
    asked = []
    for number in range(4):
        person = a_person(db, dialogue, f"Person {number}")
        a_room(db, dialogue, f"Rom {number}")
        of_one = a_panel(db, dialogue, f"Panel {number}", person.handle)
        asked.append(service.request(db, supplier, of_one))

    bookings = [_booking(one, room=f"rom-{number}") for number, one in enumerate(asked)]
    answers = _at_once(_posting(served, db, dialogue), bookings)

    assert answers == {WON: 1, LOST: 3}
    assert _kept(db) == (1, 6 * 3, 0)


def test_the_same_wish_booked_by_fifty_at_once_is_booked_once(served: httpx.Client, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    (asked,) = wishes(db, dialogue, 1, "panel-a")
    clocks = [f"{hour}:{minute}" for hour in ("11", "12", "13", "14", "15") for minute in ("00", "30")]

    answers = _at_once(_posting(served, db, dialogue), [_booking(asked, clocks[n % 10]) for n in range(50)])

    assert answers == {WON: 1, LOST: 49}
    assert _kept(db) == (1, 24, 0)


def test_without_the_promise_of_the_database_the_race_is_found(served: httpx.Client, db: Session) -> None:
    """The control: what the tests above rest on is the primary key, and they would see it missing."""
    dialogue = a_planned_dialogue(db)
    bookings = [_booking(asked) for asked in wishes(db, dialogue, 20, "panel-a")]
    _drop_the_promise(db)

    answers = _at_once(_posting(served, db, dialogue), bookings)

    assert answers[WON] > 1
    assert _kept(db)[2] > 0


def _drop_the_promise(db: Session) -> None:
    if db.get_bind().dialect.name == "postgresql":
        db.execute(sa.text("ALTER TABLE claimed_cells DROP CONSTRAINT pk_claimed_cells"))
        return
    db.execute(sa.text("CREATE TABLE loose_cells AS SELECT * FROM claimed_cells"))
    db.execute(sa.text("DROP TABLE claimed_cells"))
    db.execute(sa.text("ALTER TABLE loose_cells RENAME TO claimed_cells"))
