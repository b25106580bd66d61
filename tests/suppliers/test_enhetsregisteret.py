"""Enhetsregisteret, as it answers and as it may fail: seven states, and nothing it says is believed unread."""

import json
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from app.kernel.settings import settings
from app.suppliers import register
from app.suppliers.models import RegisterState
from app.suppliers.register import Entry, NoAnswer
from tests.suppliers.enhetsregisteret import Answer, Registry, registry, said

NUMBER, ABOVE = "313204863", "974760673"


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    with registry() as made:
        monkeypatch.setenv("DIALOGDAG_ENHETSREGISTERET_URL", made.url)
        settings.cache_clear()
        yield made
    settings.cache_clear()


STATES: list[tuple[dict[str, Any], RegisterState, date | None]] = [
    ({}, RegisterState.ACTIVE, None),
    ({"konkurs": False, "underAvvikling": False}, RegisterState.ACTIVE, None),
    ({"konkurs": True, "konkursdato": "2026-03-01"}, RegisterState.BANKRUPT, date(2026, 3, 1)),
    ({"konkurs": True, "underAvvikling": True}, RegisterState.BANKRUPT, None),
    ({"underAvvikling": True}, RegisterState.WINDING_UP, None),
    ({"underTvangsavviklingEllerTvangsopplosning": True}, RegisterState.WINDING_UP, None),
    ({"respons_klasse": "SlettetEnhet", "slettedato": "2025-12-31"}, RegisterState.DELETED, date(2025, 12, 31)),
    ({"slettedato": "2025-12-31"}, RegisterState.DELETED, date(2025, 12, 31)),
]


@pytest.mark.parametrize(("facts", "state", "since"), STATES)
def test_each_state_of_a_company_is_read(
    known: Registry, facts: dict[str, Any], state: RegisterState, since: date | None
) -> None:
    known.company(NUMBER, **facts)

    entry = register.look_up(NUMBER, seconds=5)

    assert entry == Entry(state=state, name="DOSEVAKT AS", form="AS", since=since)
    assert known.asked == [f"/enheter/{NUMBER}"]


def test_a_deleted_company_is_answered_with_200_and_a_sparse_body(known: Registry) -> None:
    body = {"organisasjonsnummer": NUMBER, "respons_klasse": "SlettetEnhet", "slettedato": "2025-12-31"}
    known.answers[f"/enheter/{NUMBER}"] = Answer(body=json.dumps(body).encode())

    assert register.look_up(NUMBER, seconds=5) == Entry(state=RegisterState.DELETED, since=date(2025, 12, 31))


def test_a_company_that_was_taken_out_and_a_number_that_is_nobodys_are_told_apart(known: Registry) -> None:
    known.answers[f"/enheter/{NUMBER}"] = Answer(410, b'{"slettedato": "2020-01-01"}')

    assert register.look_up(NUMBER, seconds=5) == Entry(state=RegisterState.REMOVED)
    assert register.look_up(ABOVE, seconds=5) == Entry(state=RegisterState.UNKNOWN)
    assert known.asked == [f"/enheter/{NUMBER}", f"/enheter/{ABOVE}", f"/underenheter/{ABOVE}"]


@pytest.mark.parametrize(
    ("branch", "above", "expected"),
    [
        ({}, {}, Entry(state=RegisterState.ACTIVE, name="DOSEVAKT AS", form="AS")),
        ({}, {"underAvvikling": True}, Entry(state=RegisterState.WINDING_UP, name="DOSEVAKT AS", form="AS")),
        (
            {"nedleggelsesdato": "2026-01-02"},
            {},
            Entry(state=RegisterState.DELETED, name="DOSEVAKT AS", form="AS", since=date(2026, 1, 2)),
        ),
        ({"overordnetEnhet": "../../x"}, {}, Entry(state=RegisterState.ACTIVE, name="DOSEVAKT AS", form="AS")),
    ],
)
def test_a_branch_stands_as_the_company_above_it(
    known: Registry, branch: dict[str, Any], above: dict[str, Any], expected: Entry
) -> None:
    known.branch(NUMBER, **{"overordnetEnhet": ABOVE, **branch})
    known.company(ABOVE, navn="KONSERNET AS", **above)

    assert register.look_up(NUMBER, seconds=5) == expected
    assert set(known.asked) <= {f"/enheter/{NUMBER}", f"/underenheter/{NUMBER}", f"/enheter/{ABOVE}"}


BAD = {
    "a page with 200": Answer(body=b"<!doctype html><h1>Vedlikehold</h1>", kind="text/html"),
    "no JSON": Answer(body=b'{"organisasjonsnummer": "3132'),
    "a list": Answer(body=b"[]"),
    "a bare number": Answer(body=b"1e400"),
    "bytes that are no text": Answer(body=b'{"organisasjonsnummer": "\xff\xfe"}'),
    "depth": Answer(body=b"[" * 100_000),
    "a long number": Answer(body=b'{"organisasjonsnummer": ' + b"9" * 5000 + b"}"),
    "another company": said(ABOVE),
    "a number that is no text": Answer(body=b'{"organisasjonsnummer": 313204863}'),
    "too many requests": Answer(429),
    "a fault": Answer(500, b"{}"),
    "a maintenance window": Answer(503),
    "a redirect": Answer(302, headers={"Location": f"/enheter/{ABOVE}"}),
    "a strange status": Answer(299, said(NUMBER).body),
    "more than memory holds": Answer(body=b" " * 2_000_000),
    "compressed rubbish": Answer(body=b"x", headers={"Content-Encoding": "gzip"}),
}


@pytest.mark.parametrize("answer", BAD.values(), ids=list(BAD))
def test_what_cannot_be_used_is_no_answer(known: Registry, answer: Answer) -> None:
    """C13: wrong JSON, a page with 200, another company, too much."""
    known.answers[f"/enheter/{NUMBER}"] = answer
    known.company(ABOVE)

    with pytest.raises(NoAnswer):
        register.look_up(NUMBER, seconds=5)


def test_an_answer_that_comes_drop_by_drop_is_given_up_in_time(known: Registry) -> None:
    """C13: each piece comes in time, and the whole never would."""
    known.answers[f"/enheter/{NUMBER}"] = Answer(body=b" " * 190_000, pause=0.15)
    began = time.monotonic()

    with pytest.raises(NoAnswer):
        register.look_up(NUMBER, seconds=0.4)

    assert time.monotonic() - began < 1.2


def test_a_register_that_is_down_or_is_not_set_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """C13: nothing listens there; and an installation without a register asks nowhere."""
    for address in ("http://127.0.0.1:9", "", "http://[", "ftp://x"):
        monkeypatch.setenv("DIALOGDAG_ENHETSREGISTERET_URL", address)
        settings.cache_clear()
        with pytest.raises(NoAnswer):
            register.look_up(NUMBER, seconds=1)
    settings.cache_clear()


@pytest.mark.parametrize(
    "name",
    [
        "DOSE\u200bVAKT",
        "DOSEVAKT\u202efdp.exe",
        "DOSEVAKT\r\nBcc: all@example.no",
        "=?utf-8?q?=0d=0aBcc:_all@example.no?=",
        "x" * 201,
        "\x00",
        "",
        7,
        None,
        ["DOSEVAKT"],
        {"navn": "DOSEVAKT"},
    ],
)
def test_a_name_that_we_would_not_take_from_people_is_not_taken_from_the_register(known: Registry, name: Any) -> None:
    """C13, I1, I6, I24: the state is kept, the name is not."""
    known.company(NUMBER, navn=name, organisasjonsform={"kode": name}, konkurs="ja", konkursdato=name, slettedato=None)

    assert register.look_up(NUMBER, seconds=5) == Entry(state=RegisterState.ACTIVE)


def test_names_are_kept_in_one_form(known: Registry) -> None:
    """I24: a decomposed Å is the same Å; markup is text."""
    known.company(NUMBER, navn="A\u030aSE <script>alert(1)</script>")

    assert register.look_up(NUMBER, seconds=5).name == "ÅSE <script>alert(1)</script>"
