"""The quick door: what is kept it answers itself, as the ordinary route would; all else it passes on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from app.dialogues.models import Dialogue, Phase
from app.feeds import door, service
from app.feeds.door import FeedDoor
from app.feeds.models import Feed, FeedKind
from app.kernel import access, rates
from app.kernel.access import Right
from app.kernel.db import engine, transaction
from app.main import create_app
from app.suppliers import service as suppliers
from tests.feeds.factories import about, link
from tests.invitations.factories import a_booked_day

PASSED_ON = 418


async def _behind(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": PASSED_ON, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def quick(house: object) -> Iterator[TestClient]:
    """The door alone: whatever it passes on is answered 418."""
    create_app(runs_jobs=False)
    alone = Starlette(routes=[Mount("/", _behind)], middleware=[Middleware(FeedDoor)])
    with TestClient(alone) as client:
        yield client


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    """A day with a meeting, whose feeds are kept."""
    made, _ = a_booked_day(db)
    service.refresh(db, made.id)
    return made


def test_what_is_kept_is_answered_at_the_door(quick: TestClient, db: Session, dialogue: Dialogue) -> None:
    paths = {kind: link(db, dialogue, kind) for kind in FeedKind}
    bodies = {
        feed.kind: feed.body for feed in db.scalars(sa.select(Feed)) if feed.about == about(db, dialogue, feed.kind)
    }
    db.commit()

    answers = {kind: quick.get(path) for kind, path in paths.items()}

    assert {kind: (answer.status_code, answer.content) for kind, answer in answers.items()} == {
        kind: (200, body) for kind, body in bodies.items()
    }


@pytest.mark.parametrize("kind", [FeedKind.PUBLIC, FeedKind.SUPPLIER])
def test_the_answer_is_that_of_the_ordinary_route(
    client: TestClient, db: Session, dialogue: Dialogue, kind: FeedKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T7, N01 to N07: same status, headers and bytes."""
    path = link(db, dialogue, kind)
    db.commit()
    etag = client.get(path).headers["ETag"]
    asked = [("GET", {}), ("HEAD", {}), ("GET", {"If-None-Match": etag}), ("HEAD", {"If-None-Match": f"W/{etag}"})]

    def answers() -> list[tuple[int, dict[str, str], bytes]]:
        given = [client.request(verb, path, headers=headers) for verb, headers in asked]
        return [(answer.status_code, dict(answer.headers), answer.content) for answer in given]

    at_the_door = answers()
    monkeypatch.setattr(door, "_PLACES", {})
    by_the_route = answers()

    assert at_the_door == by_the_route
    assert [status for status, *_ in at_the_door] == [200, 200, 304, 304]


def test_a_link_that_is_withdrawn_at_one_replica_opens_nothing_at_the_next_request_to_another(
    client: TestClient, db: Session, dialogue: Dialogue
) -> None:
    """T5."""
    path, person = link(db, dialogue, FeedKind.PERSON), about(db, dialogue, FeedKind.PERSON)
    db.commit()
    with TestClient(create_app(runs_jobs=False)) as other:
        before = [each.get(path).status_code for each in (client, other)]
        service.withdraw_links(db, FeedKind.PERSON, person, dialogue)
        db.commit()
        after = [each.get(path, headers={"If-None-Match": "*"}).status_code for each in (client, other)]

    assert (before, after) == ([200, 200], [404, 404])


def test_a_change_is_served_from_the_next_request_on(quick: TestClient, db: Session, dialogue: Dialogue) -> None:
    path = link(db, dialogue, FeedKind.PUBLIC)
    db.commit()
    before = quick.get(path)
    db.execute(sa.update(Dialogue).values(title="Trygg og hjemme"))
    service.refresh(db, dialogue.id)
    db.commit()

    after = quick.get(path, headers={"If-None-Match": before.headers["ETag"]})

    assert (after.status_code, b"NAME:Trygg og hjemme\r\n" in after.content) == (200, True)


def test_what_the_door_does_not_know_goes_to_the_ordinary_route(
    quick: TestClient, db: Session, dialogue: Dialogue
) -> None:
    """T5, T6, T9: other methods, forms and tokens; a supplier that has withdrawn; what has an end; a draft."""
    path = link(db, dialogue, FeedKind.SUPPLIER)
    supplier = suppliers.of_dialogue(db, dialogue.id)[0]
    ends = access.grant(db, Right.SUPPLIER_FEED, supplier.id, timedelta(days=1))
    session = access.grant(db, Right.SUPPLIER, supplier.id)
    db.commit()
    passed_on = [
        quick.post(path),
        quick.get(path.replace(".ics", ".json")),
        quick.get(path.replace(".ics", "")),
        quick.get("/f/" + "x" * 43 + ".ics"),
        quick.get(f"/f/{session}.ics"),
        quick.get(f"/f/{ends}.ics"),
        quick.get("/d/unknown/program.ics"),
    ]
    opened = quick.get(path).status_code
    suppliers.withdraw(db, supplier)
    left_over = access.grant(db, Right.SUPPLIER_FEED, supplier.id)
    dialogue.phase = Phase.DRAFT
    db.commit()
    passed_on += [quick.get(each) for each in (path, f"/f/{left_over}.ics", f"/d/{dialogue.slug}/program.ics")]

    assert (opened, {answer.status_code for answer in passed_on}) == (200, {PASSED_ON})


def test_whoever_has_guessed_too_often_gets_nothing_here_either(
    client: TestClient, db: Session, dialogue: Dialogue
) -> None:
    """T9: a right token does not tell itself by being let through."""
    path = link(db, dialogue, FeedKind.ROOM)
    db.commit()
    before = client.get(path).status_code
    guesses = {client.get(f"/f/{number:043}.ics").status_code for number in range(120)}

    assert (before, guesses, client.get(path).status_code) == (200, {404}, 429)
    rates._counted.cache_clear()
    assert client.get(path).status_code == 200


def test_no_token_is_in_the_log_of_what_the_door_answers(
    client: TestClient, db: Session, dialogue: Dialogue, capfd: pytest.CaptureFixture[str]
) -> None:
    """T8: a hundred requests, each with a line of its own."""
    path = link(db, dialogue, FeedKind.PANEL)
    db.commit()
    capfd.readouterr()

    answers = {client.get(path).status_code for _ in range(100)}

    logged = "".join(capfd.readouterr())
    assert (answers, logged.count("/f/{token}.ics")) == ({200}, 100)
    assert path[3:-4] not in logged


def test_a_database_that_cannot_answer_is_the_ordinary_routes_to_tell(
    quick: TestClient, db: Session, dialogue: Dialogue
) -> None:
    path = link(db, dialogue, FeedKind.PUBLIC)
    db.commit()
    before = quick.get(path).status_code
    db.execute(sa.text("ALTER TABLE feeds RENAME TO feeds_elsewhere"))
    db.commit()
    broken = quick.get(path).status_code
    db.execute(sa.text("ALTER TABLE feeds_elsewhere RENAME TO feeds"))
    db.commit()

    assert (before, broken, quick.get(path).status_code) == (200, PASSED_ON, 200)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_server_that_is_slow_keeps_nobody_else_waiting(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    path = link(db, dialogue, FeedKind.PUBLIC)
    db.commit()
    with ThreadPoolExecutor() as pool:
        with engine().begin() as held:
            held.exec_driver_sql("LOCK TABLE feeds IN ACCESS EXCLUSIVE MODE")
            waits = [pool.submit(client.get, path) for _ in range(3)]
            health = client.get("/health").status_code
            early = [wait.done() for wait in waits]
        late = [wait.result(timeout=20).status_code for wait in waits]

    assert (health, early, late) == (200, [False] * 3, [200] * 3)


def test_whoever_reads_here_sees_no_more_than_what_is_committed(
    quick: TestClient, db: Session, dialogue: Dialogue
) -> None:
    """And waits for nobody who writes."""
    path = link(db, dialogue, FeedKind.PUBLIC)
    db.commit()
    before = quick.get(path).content
    with transaction() as writer:
        writer.execute(sa.update(Feed).values(body=b"not yet"))
        during = quick.get(path).content
        writer.rollback()

    assert during == before
