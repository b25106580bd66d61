"""A person gives its calendar on a page of its own, looks at what was read, and lets it be used."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy.orm import Session

from app.days.models import BusyReading, Person
from app.days.service import day_of
from app.dialogues.models import Dialogue
from app.kernel import access, fetch, rates, trail
from app.kernel import db as kernel_db
from app.kernel.access import Right
from tests.days.factories import a_day, a_dialogue, api, organiser
from tests.days.foreign import calendar, event
from tests.kernel.web_server import Answer, WebServer, web_server

MORNING = event(
    "UID:1", "DTSTART;TZID=Europe/Oslo:20990408T080000", "DTEND;TZID=Europe/Oslo:20990408T103000", "SUMMARY:Kanarimøte"
)
PERHAPS = event("UID:2", "DTSTART;TZID=Europe/Oslo:20990408T130000", "DURATION:PT1H", "STATUS:TENTATIVE")
FREE, FREE_PERHAPS = [[630, 780], [840, 960]], [[630, 960]]
ALL_DAY = event("UID:1", "DTSTART;VALUE=DATE:20990408")


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    made = a_dialogue(db)
    a_day(db, made)
    db.commit()
    return made


@pytest.fixture
def anne(db: Session, dialogue: Dialogue) -> Person:
    return db.scalars(sa.select(Person).where(Person.handle == "anne-solvang")).one()


@pytest.fixture
def page(db: Session, anne: Person) -> str:
    token = access.grant(db, Right.PERSON, anne.id)
    db.commit()
    return f"/p/{token}/busy"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[WebServer]:
    """A server that is the whole internet."""
    with web_server() as told:
        monkeypatch.setattr(fetch, "INTERNET", told.internet())
        yield told


def _give(client: TestClient, page: str, *parts: str) -> Response:
    return client.post(page, files={"file": ("anne.ics", calendar(*parts), "text/calendar")})


def _use(client: TestClient, db: Session, page: str, **more: str) -> Response:
    reading = db.scalars(sa.select(BusyReading.id)).one()
    db.rollback()
    return client.post(f"{page}/use", data={"reading": str(reading), **more})


def _free(db: Session, anne: Person) -> list[list[int]]:
    db.expire_all()
    found: list[list[int]] = db.get_one(Person, anne.id).free
    db.rollback()
    return found


def test_what_was_read_is_shown_and_nothing_is_changed_by_it(
    client: TestClient, db: Session, dialogue: Dialogue, anne: Person, page: str
) -> None:
    before = dialogue.facts_version
    db.rollback()

    empty, answer = client.get(page), _give(client, page, MORNING, PERHAPS)

    shown = client.get(page)
    db.refresh(dialogue)
    assert (empty.status_code, answer.status_code, answer.headers["location"]) == (200, 303, f"{page}#read")
    for words in ("09.00–10.30", "13.00–14.00", "(ikke avklart)", "10.30–13.00", "14.00–16.00", "Bruk dette"):
        assert words in shown.text
        assert words not in empty.text
    assert "Kanarimøte" not in shown.text
    assert (_free(db, anne), dialogue.facts_version) == ([], before)


def test_what_was_read_is_used_when_the_person_says_so_and_once(
    client: TestClient, db: Session, dialogue: Dialogue, anne: Person, page: str
) -> None:
    before = dialogue.facts_version
    db.rollback()
    _give(client, page, MORNING, PERHAPS)

    first, again = _use(client, db, page), _use(client, db, page)

    db.refresh(dialogue)
    last = list(trail.entries(db))[-1]
    noted = [entry for entry in trail.entries(db) if entry.action == "took free times from a calendar"]
    assert (first.status_code, again.status_code, first.headers["location"]) == (303, 303, f"{page}#read")
    assert (last.actor, last.about, last.details) == (f"person:{anne.id}", anne.id, {"free": FREE})
    assert (len(noted), dialogue.facts_version) == (1, before + 1)
    assert _free(db, anne) == FREE
    assert "Dette er de ledige tidene dine nå." in client.get(page).text


def test_what_is_not_settled_can_count_as_free(client: TestClient, db: Session, anne: Person, page: str) -> None:
    _give(client, page, MORNING, PERHAPS)

    _use(client, db, page, tentative_is_free="true")

    shown = client.get(page).text
    assert (_free(db, anne), "10.30–16.00" in shown, "14.00–16.00" in shown) == (FREE_PERHAPS, True, False)


def test_whoever_is_never_busy_is_free_all_day_and_whoever_always_is_must_say_so(
    client: TestClient, db: Session, anne: Person, page: str
) -> None:
    """An empty list of free times means the whole day: nobody who is busy all day may get it."""
    _give(client, page, MORNING)
    _use(client, db, page)
    _give(client, page, ALL_DAY)
    busy = _use(client, db, page)
    after_busy = _free(db, anne)
    _give(client, page)
    _use(client, db, page)

    assert busy.status_code == 422
    assert "Etter denne kalenderen er du opptatt hele dagen." in busy.text
    assert (after_busy, _free(db, anne)) == ([[630, 960]], [])


def test_only_what_was_looked_at_is_used(client: TestClient, db: Session, anne: Person, page: str) -> None:
    _give(client, page, MORNING)
    seen = db.scalars(sa.select(BusyReading.id)).one()
    db.rollback()
    _give(client, page, PERHAPS)

    answers = [client.post(f"{page}/use", data={"reading": str(which)}) for which in (seen, uuid4())]
    nothing = client.post(f"{page}/use")

    assert [answer.status_code for answer in (*answers, nothing)] == [422, 422, 422]
    assert "Kalenderen er lest på nytt siden." in answers[0].text
    assert _free(db, anne) == []


def test_what_was_read_for_another_day_is_not_used(client: TestClient, db: Session, anne: Person, page: str) -> None:
    _give(client, page, MORNING)
    day = day_of(db, anne.dialogue_id)
    day.date = day.date.replace(day=9)
    db.commit()

    assert (_use(client, db, page).status_code, _free(db, anne)) == (422, [])
    assert "Bruk dette" not in client.get(page).text


def test_free_times_stand_on_the_grid_of_the_day(client: TestClient, db: Session, anne: Person, page: str) -> None:
    odd = event("UID:1", "DTSTART:20990408T080100Z", "DTEND:20990408T081200Z")  # 10.01 to 10.12
    _give(client, page, odd)
    _use(client, db, page)

    assert _free(db, anne) == [[540, 600], [615, 960]]


def test_a_day_in_pieces_leaves_the_twenty_longest(client: TestClient, db: Session, anne: Person, page: str) -> None:
    pieces = [
        event(f"UID:{place}", f"DTSTART:20990408T{7 + place // 6:02}{place % 6}500Z", "DURATION:PT5M")
        for place in range(30)
    ]
    _give(client, page, *pieces)
    _use(client, db, page)

    free = _free(db, anne)
    assert (len(free), free, [840, 960] in free) == (20, sorted(free), True)


def test_an_address_is_read_once_and_not_kept(
    client: TestClient, db: Session, page: str, server: WebServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """What is kept tells nobody where the calendar is; the control: what was read of it is there."""
    server.answers["/hemmelig"] = Answer(calendar(MORNING), headers={"ETag": '"one"'})

    answer = client.post(page, data={"address": server.url("/hemmelig").replace("https", "webcal")})

    kept = _everything(db)
    assert (answer.status_code, "09.00–10.30" in client.get(page).text) == (303, True)
    assert [word for word in ("hemmelig", "localhost:", "Kanarimøte") if word in kept] == []
    assert '"one"' in kept
    assert "hemmelig" not in "".join(capfd.readouterr())


def _everything(db: Session) -> str:
    """All rows of all tables but the engine's, as text."""
    tables = kernel_db.Table.metadata.sorted_tables
    return "\n".join(str(tuple(row)) for table in tables for row in db.execute(sa.select(table)))


def test_an_address_that_has_nothing_new_is_not_read_again(
    client: TestClient, db: Session, page: str, server: WebServer
) -> None:
    server.answers["/anne"] = Answer(calendar(MORNING), headers={"ETag": '"one"'})
    server.answers["/other"] = Answer(calendar(PERHAPS), headers={"ETag": '"one"'})

    for path in ("/anne", "/anne", "/other"):
        client.post(page, data={"address": server.url(path)})

    assert [(path, etag) for path, _, etag in server.asked] == [("/anne", ""), ("/anne", '"one"'), ("/other", "")]
    assert "13.00–14.00" in client.get(page).text


def test_no_transaction_is_open_while_a_foreign_server_takes_its_time(
    client: TestClient, db: Session, page: str, server: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_ones: list[int] = []
    net = server.internet()

    def resolve(host: str, port: int) -> list[str]:
        open_ones.append(kernel_db.engine().pool.checkedout())  # type: ignore[attr-defined]  # both kinds of pool count
        return net.resolve(host, port)

    monkeypatch.setattr(fetch, "INTERNET", type(net)(resolve, net.may_reach, net.ports, net.tls))
    db.close()

    client.post(page, data={"address": server.url("/anne")})

    assert open_ones == [0]


def test_what_cannot_be_read_is_told_beside_its_field(client: TestClient, db: Session, page: str) -> None:
    cases: list[tuple[dict[str, Any], str, str]] = [
        ({"data": {"address": ""}}, "file", "Velg en fil, eller skriv en adresse."),
        ({}, "file", "Velg en fil, eller skriv en adresse."),
        ({"files": {"file": ("x.ics", b"<html>")}}, "file", "Dette er ikke en kalenderfil."),
        ({"files": {"file": ("", b"")}}, "file", "Velg en fil, eller skriv en adresse."),
        ({"data": {"address": "http://x.example/"}}, "address", "Skriv adressen til en kalender."),
        ({"data": {"address": "https://127.0.0.1/x"}}, "address", "Det gikk ikke å hente noen kalender fra den"),
    ]

    answers = [(client.post(page, **given), place, sentence) for given, place, sentence in cases]

    for answer, place, sentence in answers:
        assert (answer.status_code, f'href="#{place}"' in answer.text) == (422, True)
        assert sentence in answer.text.partition(f'id="{place}-v">')[2].partition("</div>")[0]
    assert db.scalars(sa.select(BusyReading)).all() == []


def test_strangers_read_nothing_and_reach_nothing(client: TestClient, page: str, server: WebServer) -> None:
    wrong = page.replace("/p/", "/p/x")
    sent = {"address": server.url("/anne")}

    answers = [client.get(wrong), client.post(wrong, data=sent), client.post(f"{wrong}/use", data={"reading": "x"})]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert server.asked == []


def test_nobody_has_calendars_read_all_the_time(client: TestClient, page: str) -> None:
    rates._counted.cache_clear()

    statuses = [client.post(page).status_code for _ in range(11)]

    assert statuses == [422] * 10 + [429]


def test_the_organisers_system_reads_and_uses_a_calendar(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    headers, url = organiser(db, dialogue), f"{api(dialogue.id)}/people/anne-solvang/busy"
    db.commit()

    before = client.get(url, headers=headers)
    read = client.post(url, headers=headers, files={"file": ("anne.ics", calendar(MORNING, PERHAPS))})
    used = client.post(f"{url}/use", headers=headers, json={"id": read.json()["id"]})

    told = {name: value for name, value in read.json().items() if name not in {"id", "read_at"}}
    assert (before.status_code, before.json()["detail"]) == (
        404,
        "No calendar of this person has been read for the day.",
    )
    assert told == {
        "source": "file",
        "day": "2099-04-08",
        "used_at": None,
        "busy": [
            {"from": "09:00", "to": "10:30", "tentative": False},
            {"from": "13:00", "to": "14:00", "tentative": True},
        ],
        "free": [["10:30", "13:00"], ["14:00", "16:00"]],
        "free_without_tentative": [["10:30", "16:00"]],
    }
    assert (used.status_code, used.json()["free"]) == (200, [["10:30", "13:00"], ["14:00", "16:00"]])
    assert client.get(url, headers=headers).json()["used_at"] is not None


def test_other_organisers_reach_nobody(client: TestClient, db: Session, dialogue: Dialogue, server: WebServer) -> None:
    theirs = organiser(db, a_dialogue(db, title="En annen dialog"))
    url = f"{api(dialogue.id)}/people/anne-solvang/busy"
    db.commit()
    sent = {"address": server.url("/anne")}

    assert [client.post(url, data=sent, headers=one).status_code for one in ({}, theirs)] == [401, 404]
    assert client.post(url.replace("anne-solvang", "x"), data=sent, headers=organiser(db, dialogue)).status_code in {
        401,
        404,
    }
    assert server.asked == []
