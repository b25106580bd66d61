"""Registration and Enhetsregisteret: it may help, and may never hinder; a job asks until it knows."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel.db import transaction
from app.kernel.settings import settings
from app.suppliers import checking, jobs
from app.suppliers.models import RegisterState, Supplier
from app.suppliers.register import Entry
from tests.dialogues.factories import published
from tests.suppliers.enhetsregisteret import Answer, Registry, registry
from tests.suppliers.factories import DOSEVAKT, asked, letters, organisation_number, registered, text_of

NUMBER = DOSEVAKT["organisation_number"]
Wait = Callable[..., Any]


@pytest.fixture
def known(house: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    with registry() as made:
        monkeypatch.setenv("DIALOGDAG_ENHETSREGISTERET_URL", made.url)
        settings.cache_clear()
        yield made
    settings.cache_clear()


def _state(supplier: Supplier) -> RegisterState:
    with transaction(reads_only=True) as db:
        return db.get_one(Supplier, supplier.id).register_state


def test_a_job_notes_what_the_register_says_and_the_organiser_sees_it(
    client: TestClient,
    dialogue: Dialogue,
    organiser: dict[str, str],
    known: Registry,
    db: Session,
    running_engine: None,
    wait_until: Wait,
) -> None:
    known.company(NUMBER, navn="DOSEVAKT NORGE AS", konkurs=True, konkursdato="2026-03-01")
    supplier = registered(db, dialogue)
    db.commit()

    wait_until(lambda: _state(supplier) is RegisterState.BANKRUPT)

    told = client.get(f"/api/v1/dialogues/{dialogue.id}/suppliers/{supplier.id}", headers=organiser).json()
    assert {name: told[name] for name in told if name.startswith("register_") and name != "register_checked_at"} == {
        "register_state": "bankrupt",
        "register_name": "DOSEVAKT NORGE AS",
        "register_form": "AS",
        "register_since": "2026-03-01",
    }
    assert (told["name"], told["standing"]) == ("Dosevakt AS", "registered")


def test_a_register_that_is_down_hinders_nobody_and_a_job_asks_again(
    client: TestClient,
    dialogue: Dialogue,
    organiser: dict[str, str],
    known: Registry,
    running_engine: None,
    wait_until: Wait,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """C13: down, then nonsense, then up."""
    monkeypatch.setattr(jobs, "PAUSES", (0.2,))
    known.answers[f"/enheter/{NUMBER}"] = Answer(503)

    answer = client.post(f"/api/v1/dialogues/{dialogue.id}/registrations", json=asked(), headers=organiser)

    address = f"/api/v1/dialogues/{dialogue.id}/suppliers/{answer.json()['id']}"
    assert (answer.status_code, answer.json()["register_state"]) == (201, "not_checked")
    wait_until(lambda: len(known.asked) >= 2)
    assert client.get(address, headers=organiser).json()["register_state"] == "not_checked"
    known.answers[f"/enheter/{NUMBER}"] = Answer(body=b"<h1>Feil</h1>", kind="text/html")
    before = len(known.asked)
    wait_until(lambda: len(known.asked) >= before + 2)
    known.company(NUMBER)
    wait_until(lambda: client.get(address, headers=organiser).json()["register_state"] == "active")


def test_the_pauses_grow_and_go_on_to_the_day() -> None:
    assert list(jobs.PAUSES) == sorted(set(jobs.PAUSES))
    assert sum(jobs.PAUSES[:-1]) < jobs.PAUSES[-1] == 24 * 60 * 60


def test_what_the_register_said_is_used_again_for_a_day(dialogue: Dialogue, known: Registry, db: Session) -> None:
    known.company(NUMBER)
    first, second = registered(db, dialogue), registered(db, published(db))
    db.commit()

    for supplier in (first, second, second):
        jobs._check(str(supplier.id), 0)

    assert [_state(first), _state(second)] == [RegisterState.ACTIVE] * 2
    assert len(known.asked) == 1


def test_a_company_from_abroad_is_not_asked_for(dialogue: Dialogue, known: Registry, db: Session) -> None:
    supplier = registered(db, dialogue, country="SE", organisation_number="556036-0793")
    db.commit()

    jobs._check(str(supplier.id), 0)

    assert (_state(supplier), known.asked) == (RegisterState.NOT_CHECKED, [])


def test_a_name_that_is_left_empty_is_fetched_and_shown_in_the_letter(
    client: TestClient, dialogue: Dialogue, known: Registry
) -> None:
    known.company("313204863", navn="DOSEVAKT NORGE AS")
    typed = asked(name="", organisation_number="313 204 863")

    answers = [client.post(f"/d/{dialogue.slug}/register", data=typed) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "melde på DOSEVAKT NORGE AS til" in text_of(letters()[0])


def test_the_form_answers_alike_whether_the_number_has_been_here_or_not(
    client: TestClient, dialogue: Dialogue, known: Registry, db: Session
) -> None:
    """Z10: neither quicker nor with more, for a rival's number either; and while the register is down, too."""
    rival, other = organisation_number(1), organisation_number(2)
    for number in (rival, other):
        known.company(number, navn="RIVAL AS")
    registered(db, dialogue, organisation_number=rival)
    checking.keep(db, rival, Entry(state=RegisterState.ACTIVE, name="RIVAL AS", form="AS"))
    db.commit()

    def page(number: str) -> tuple[int, str]:
        typed = asked(name="", organisation_number=number, contact_email="")
        answer = client.post(f"/d/{dialogue.slug}/register", data=typed)
        return answer.status_code, answer.text.replace(number, "…")

    assert page(rival) == page(other)
    assert [path.rpartition("/")[2] for path in known.asked] == [rival, other]
    for number in (rival, other):
        known.answers[f"/enheter/{number}"] = Answer(503)
    assert page(rival) == page(other)


@pytest.mark.parametrize(
    "answer",
    [
        Answer(404),
        Answer(503),
        Answer(body=b"<h1>Feil</h1>"),
        Answer(body=b" " * 150_000, pause=1.2),
    ],
    ids=["unknown", "down", "nonsense", "slow"],
)
def test_a_register_that_does_not_answer_at_once_leaves_the_name_to_be_typed(
    client: TestClient, dialogue: Dialogue, known: Registry, answer: Answer
) -> None:
    """C13: and nobody waits for it longer than a moment."""
    known.answers[f"/enheter/{NUMBER}"] = answer
    address, began = f"/d/{dialogue.slug}/register", time.monotonic()

    without = client.post(address, data=asked(name=""))
    waited = time.monotonic() - began
    typed = client.post(address, data=asked())

    assert (without.status_code, typed.status_code) == (422, 303)
    assert without.text.count("Skriv navnet på virksomheten.") == 2
    assert waited < 3


def test_no_transaction_is_open_while_the_register_thinks(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], known: Registry
) -> None:
    """On SQLite, one that was would keep all others from writing."""
    known.answers[f"/enheter/{NUMBER}"] = Answer(body=b" " * 150_000, pause=1.2)
    doors = f"/api/v1/dialogues/{dialogue.id}/registrations"
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(client.post, f"/d/{dialogue.slug}/register", data=asked(name=""))
        while not known.asked:
            time.sleep(0.01)
        began = time.monotonic()
        answer = client.post(doors, json=asked(organisation_number=organisation_number(1)), headers=organiser)
        took = time.monotonic() - began
        assert not waiting.done()

    assert (answer.status_code, waiting.result().status_code) == (201, 422)
    assert took < 1


@pytest.mark.parametrize(
    ("given", "official", "differs"),
    [
        ("Dosevakt AS", "DOSEVAKT AS", False),
        ("Dosevakt", "DOSEVAKT NORGE AS", False),
        ("Atea", "ATEA AS", False),
        ("Tellu", "TELLU HEALTH AS", False),
        ("Åse Bakeri", "A\u030aSE BAKERI AS", False),
        ("Dosevakt AS", "RIVALEN HELSE AS", True),
        ("AS", "DOSEVAKT AS", True),
        ("Dosevakt AS", None, False),
    ],
)
def test_a_name_quite_unlike_the_official_one_is_seen(given: str, official: str | None, *, differs: bool) -> None:
    """I24: a rival's number with one's own name, or a number typed wrong."""
    assert checking.differs(Supplier(name=given, register_name=official)) is differs


def test_what_is_kept_of_a_number_is_no_older_than_a_day(db: Session) -> None:
    entry = Entry(state=RegisterState.ACTIVE, name="DOSEVAKT AS", form="AS")
    checking.keep(db, NUMBER, Entry(state=RegisterState.UNKNOWN))
    checking.keep(db, NUMBER, entry)

    assert checking.kept(db, NUMBER) == entry
    from app.kernel import clock

    with clock.as_if(clock.now() + checking.FRESH):
        assert checking.kept(db, NUMBER) is None
