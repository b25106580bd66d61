"""A registration counts when the letter about it has been answered: once, within 48 hours, and not by looking."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import RFC_4122

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.kernel import clock, trail
from app.kernel.access import Capability
from app.kernel.db import transaction
from app.suppliers import entering
from app.suppliers.models import Supplier, UnconfirmedRegistration
from tests.dialogues.factories import published
from tests.suppliers.factories import (
    DOSEVAKT,
    asked,
    confirm_all,
    letters,
    link_to_confirm,
    organisation_number,
    recipient_of,
    text_of,
)

WHOLE = asked(
    country="SE",
    organisation_number="556036-0793",
    contact_phone="22 33 44 55",
    contact_name_2="Ola Berg",
    contact_email_2="ola@dosevakt.example",
    seats="2",
    attendee_1="Silje Arnesen",
    attendee_2="Ola Berg",
    arrives="9.00",
    preference="late",
    topics="Integrasjon mot journalen.\r\nOg opplæring.",
    needs="Teleslynge.",
    on_partner_list="true",
    wants_meeting="true",
    online="false",
)


def _suppliers(client: TestClient, dialogue: Dialogue, organiser: dict[str, str]) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = client.get(f"/api/v1/dialogues/{dialogue.id}/suppliers", headers=organiser).json()
    return told


def _asks(client: TestClient, dialogue: Dialogue, **changes: Any) -> str:
    before = _links()
    client.post(f"/d/{dialogue.slug}/register", data=asked(**changes))
    (link,) = _links() - before
    return link


def _links() -> set[str]:
    return {link_to_confirm(letter) for letter in letters() if "/confirm/" in text_of(letter)}


def test_a_registration_counts_when_it_is_confirmed_and_leads_to_the_own_page(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    client.post(f"/d/{dialogue.slug}/register", data=WHOLE)
    before = _suppliers(client, dialogue, organiser)

    answer = client.post(link_to_confirm(letters()[0]))

    (made,) = _suppliers(client, dialogue, organiser)
    assert before == []
    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/{made['id']}")
    assert client.get(f"/s/{made['id']}").status_code == 200
    assert [letter["Subject"] for letter in letters()] == [
        "Bekreft påmeldingen til «Riktig medisin til riktig tid»",
        "Dere er påmeldt til «Riktig medisin til riktig tid»",
    ]
    for name in ("id", "registered_at"):
        made.pop(name)
    assert made == {
        "handle": "dosevakt-as",
        "standing": "registered",
        "country": "SE",
        "organisation_number": "5560360793",
        "register_state": "not_checked",
        "register_name": None,
        "register_form": None,
        "register_since": None,
        "register_checked_at": None,
        "name": "Dosevakt AS",
        "contact_name": "Silje Arnesen",
        "contact_email": "silje.arnesen@dosevakt.example",
        "contact_phone": "+4722334455",
        "more_contacts": [{"name": "Ola Berg", "email": "ola@dosevakt.example"}],
        "seats": 2,
        "attendees": ["Silje Arnesen", "Ola Berg"],
        "online": False,
        "arrives": "09:00",
        "leaves": None,
        "wishes": [{"from": "13:00", "to": "17:00", "weight": 1}],
        "wants_meeting": True,
        "topics": "Integrasjon mot journalen.\nOg opplæring.",
        "needs": "Teleslynge.",
        "on_partner_list": True,
        "language": "nb",
        "withdrawn_at": None,
    }


def test_looking_at_the_link_changes_nothing(client: TestClient, dialogue: Dialogue, organiser: dict[str, str]) -> None:
    """T4: mail scanners fetch every link in a letter."""
    link = _asks(client, dialogue)

    answers = [client.get(link), client.head(link), client.get(link)]

    assert [answer.status_code for answer in answers[::2]] == [200, 200]
    assert "Bekreft påmeldingen av Dosevakt AS" in answers[0].text
    assert answers[0].headers["cache-control"] == "private, no-store"
    assert answers[0].headers["referrer-policy"] == "no-referrer"
    assert _suppliers(client, dialogue, organiser) == []
    assert client.post(link).status_code == 303


def test_the_link_works_once_and_for_48_hours(client: TestClient, dialogue: Dialogue) -> None:
    """T3: used twice, too late, or replaced by a newer letter; all alike."""
    noon = dialogue.registration_closes_at - timedelta(days=9)
    with clock.as_if(noon):
        used = _asks(client, dialogue)
        client.post(used)
        replaced = _asks(client, dialogue, organisation_number=organisation_number(1))
        newer = _asks(client, dialogue, organisation_number=organisation_number(1), name="Dosevakt Norge AS")
        late = _asks(client, dialogue, organisation_number=organisation_number(2))
    with clock.as_if(noon + entering.LASTS - timedelta(seconds=1)):
        in_time = client.post(newer)
    with clock.as_if(noon + entering.LASTS):
        made_up = f"http://testserver/d/{dialogue.slug}/confirm/{'x' * 43}"
        refused = [client.post(link) for link in (used, replaced, late, made_up)]
        looked = [client.get(link) for link in (used, replaced, late, made_up)]

    assert in_time.status_code == 303
    assert {answer.status_code for answer in (*refused, *looked)} == {404}
    assert len({answer.text for answer in refused}) == 1
    assert "Lenken gjelder ikke lenger" in refused[0].text


def test_a_link_opens_no_other_dialogue(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    """Z3."""
    other = published(db)
    db.commit()
    link = _asks(client, dialogue)
    elsewhere = link.replace(f"/d/{dialogue.slug}/", f"/d/{other.slug}/")

    assert [client.get(elsewhere).status_code, client.post(elsewhere).status_code] == [404, 404]
    assert client.post(link).status_code == 303


def test_the_token_is_kept_as_a_hash_only(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    """T1, T2."""
    token = _asks(client, dialogue).rpartition("/")[2]

    kept = {str(value) for row in db.execute(sa.select(Capability.__table__)) for value in row}
    assert len(token) == 43
    assert token not in kept


def test_nobody_holds_a_rivals_number_by_not_answering_the_letter(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """A stranger's letter bars nobody, and nobody can take the force out of another's letter."""
    squatter = _asks(client, dialogue, name="Rival", contact_email="rival@example.no")
    own = _asks(client, dialogue)
    again = _asks(client, dialogue, name="Rival", contact_email="rival@example.no")

    answers = [client.post(own), client.post(again), client.post(squatter)]

    assert [answer.status_code for answer in answers] == [303, 303, 404]
    assert answers[1].headers["location"] == f"/d/{dialogue.slug}/registered"
    assert [one["contact_email"] for one in _suppliers(client, dialogue, organiser)] == [DOSEVAKT["contact_email"]]
    assert "session" not in answers[1].cookies
    assert [(recipient_of(letter), letter["Subject"]) for letter in letters()[-2:]] == [
        ("silje.arnesen@dosevakt.example", "Dere er allerede påmeldt til «Riktig medisin til riktig tid»"),
        ("markedsdialog@vikstrand.example", "To sier at de opptrer for Dosevakt AS"),
    ]


def test_two_who_answer_at_once_make_one_supplier(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """B11: the same link four times, and letters to four mailboxes for one number."""
    addresses = [f"silje{place}@dosevakt.example" for place in range(4)]
    links = [_asks(client, dialogue, contact_email=address) for address in addresses]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda link: client.post(link).status_code, [*links, links[0], links[0]]))

    assert sorted(answers) == [303, 303, 303, 303, 404, 404]
    assert len(_suppliers(client, dialogue, organiser)) == 1


def test_whoever_was_in_time_may_confirm_after_the_deadline(client: TestClient, dialogue: Dialogue) -> None:
    """B1: the registration was received whole in time; the letter may be read the next morning."""
    closes = dialogue.registration_closes_at
    with clock.as_if(closes):
        link = _asks(client, dialogue)
    with clock.as_if(closes + timedelta(hours=47)):
        answer = client.post(link)

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/s/")


def test_nothing_is_confirmed_when_the_dialogue_is_over(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    link = _asks(client, dialogue)
    db.get_one(Dialogue, dialogue.id).phase = Phase.CLOSED
    db.commit()

    assert client.post(link).status_code == 409


def test_what_was_not_confirmed_is_forgotten(
    client: TestClient,
    dialogue: Dialogue,
    running_engine: None,
    wait_until: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """G4: by a job, 48 hours after; here at once."""
    monkeypatch.setattr(entering, "LASTS", timedelta(seconds=0.1))

    client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)

    wait_until(lambda: _unconfirmed() == 0)


def _unconfirmed() -> int:
    with transaction(reads_only=True) as db:
        return db.scalars(sa.select(sa.func.count()).select_from(UnconfirmedRegistration)).one()


def test_a_registration_that_is_not_confirmed_is_no_new_fact_and_stands_in_no_trail(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    client.post(f"/d/{dialogue.slug}/register", data=DOSEVAKT)
    db.refresh(dialogue)
    before = dialogue.facts_version, [entry.action for entry in trail.entries(db) if entry.kind == "suppliers"]
    db.commit()

    confirm_all(client)

    db.refresh(dialogue)
    entries = [entry for entry in trail.entries(db) if entry.kind == "suppliers"]
    assert before == (1, [])
    assert dialogue.facts_version == 2
    assert [(entry.action, entry.details) for entry in entries] == [
        ("registered", {"organisation_number": "313204863"}),
    ]
    assert _unconfirmed() == 0


def test_the_letter_to_confirm_holds_what_it_must(client: TestClient, dialogue: Dialogue) -> None:
    link = _asks(client, dialogue)

    letter = letters()[0]
    assert (recipient_of(letter), letter["Content-Language"]) == ("silje.arnesen@dosevakt.example", "nb")
    assert link.startswith(f"http://testserver/d/{dialogue.slug}/confirm/")
    assert "Lenken virker én gang, i 48 timer." in text_of(letter)
    assert link in text_of(letter, "html")


def test_a_thousand_ids_have_no_order_and_tell_no_number(db: Session, dialogue: Dialogue) -> None:
    """Z11: 122 random bits each, and no two alike."""
    facts = {"organisation_number": "x", "name": "x", "contact_name": "x", "contact_email": "x", "seats": 1}
    suppliers = [
        Supplier(dialogue_id=dialogue.id, handle=str(each), country=str(each), **facts) for each in range(1000)
    ]
    db.add_all(suppliers)
    db.flush()

    ids = [supplier.id for supplier in suppliers]
    rising = sum(earlier < later for earlier, later in pairwise(ids))
    ones = [sum(each.int >> bit & 1 for each in ids) for bit in range(128)]
    assert {(each.version, each.variant) for each in ids} == {(4, RFC_4122)}
    assert len(set(ids)) == 1000
    assert 400 < rising < 600
    assert sum(400 < count < 600 for count in ones) == 122
    db.rollback()
