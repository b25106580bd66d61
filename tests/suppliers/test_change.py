"""A supplier changes what it has registered: how it takes part until registration closes, who is written to always."""

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access, clock, trail
from app.kernel.access import Right
from app.suppliers.models import Supplier
from tests.dialogues.factories import published
from tests.suppliers.factories import (
    letters,
    link_to_confirm,
    organisation_number,
    recipient_of,
    registered,
    session_of,
    signed_in,
    text_of,
)
from tests.suppliers.reading import tags, values

CONTACTS = {"contact_name": "Silje Arnesen", "contact_email": "silje.arnesen@dosevakt.example"}
PARTICIPATION = {"wants_meeting": "true", "online": "false", "seats": "2", "preference": "any"}


@pytest.fixture
def supplier(db: Session, dialogue: Dialogue) -> Supplier:
    made = registered(db, dialogue)
    db.commit()
    return made


@pytest.fixture
def own(client: TestClient, db: Session, supplier: Supplier) -> str:
    return f"{signed_in(client, db, supplier)}/registration"


def _participation(client: TestClient, own: str, **changes: str) -> Any:
    return client.post(f"{own}/participation", data={**PARTICIPATION, **changes})


def _contacts(client: TestClient, own: str, **changes: str) -> Any:
    return client.post(f"{own}/contacts", data={**CONTACTS, **changes})


def test_the_page_shows_what_is_registered_and_every_field_has_a_label(
    client: TestClient, db: Session, dialogue: Dialogue
) -> None:
    made = registered(
        db,
        dialogue,
        seats=3,
        online=True,
        arrives="09:00",
        wishes=[{"from": "08:00", "to": "12:00"}],
        attendees=["Silje Arnesen"],
        more_contacts=[{"name": "Ola Berg", "email": "ola@dosevakt.example"}],
        topics="Opplæring",
        on_partner_list=True,
    )
    page = client.get(f"{signed_in(client, db, made)}/registration").text

    fields = {str(each.get("id")): each for tag, each in tags(page) if tag in {"input", "select", "textarea"}}
    kept = {name: each.get("value") for name, each in fields.items()}
    ids = values(page, "id")
    assert {name: kept[name] for name in ("contact_name", "contact_name_2", "attendee_1", "arrives")} == {
        "contact_name": "Silje Arnesen",
        "contact_name_2": "Ola Berg",
        "attendee_1": "Silje Arnesen",
        "arrives": "09:00",
    }
    assert {name for name, each in fields.items() if "checked" in each} == {
        "wants_meeting",
        "online-true",
        "preference-early",
        "on_partner_list",
    }
    assert sorted(values(page, "for", ["label"])) == sorted(fields)
    assert len(ids) == len(set(ids))
    assert {part for said in values(page, "aria-describedby") for part in said.split()} <= set(ids)


def test_a_change_holds_is_new_facts_and_stands_in_the_trail_without_saying_what_people_need(
    client: TestClient, own: str, supplier: Supplier, dialogue: Dialogue, db: Session
) -> None:
    before = dialogue.facts_version

    answer = _participation(client, own, seats="3", arrives="9.30", needs="Teleslynge", attendee_1="Kari Nordmann")

    db.refresh(supplier)
    db.refresh(dialogue)
    last = list(trail.entries(db))[-1]
    assert (answer.status_code, answer.headers["location"]) == (303, f"{own}?changed=participation")
    assert (supplier.seats, supplier.arrives, supplier.needs, supplier.attendees) == (
        3,
        570,
        "Teleslynge",
        ["Kari Nordmann"],
    )
    assert dialogue.facts_version == before + 1
    assert (last.actor, last.action, last.details) == (
        f"supplier:{supplier.id}",
        "changed its registration",
        {"changed": ["arrives", "attendees", "needs", "seats"], "arrives": 570, "seats": 3},
    )
    assert "Lagret." in client.get(answer.headers["location"]).text


def test_what_no_plan_depends_on_is_no_new_fact_and_nothing_is_noted_twice(
    client: TestClient, own: str, supplier: Supplier, dialogue: Dialogue, db: Session
) -> None:
    before = dialogue.facts_version

    for _ in range(2):
        _participation(client, own, topics="Opplæring", on_partner_list="true")

    db.refresh(dialogue)
    db.refresh(supplier)
    actions = [entry.action for entry in trail.entries(db) if entry.about == supplier.id]
    assert dialogue.facts_version == before
    assert (supplier.topics, supplier.on_partner_list) == ("Opplæring", True)
    assert actions == ["registered", "changed its registration"]


def test_wishes_that_a_system_has_told_stay_when_the_page_says_nothing_of_them(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    made = registered(db, dialogue, wishes=[{"from": "10:00", "to": "10:30", "weight": 3}])
    own = f"{signed_in(client, db, made)}/registration"
    asks = dict(PARTICIPATION)
    del asks["preference"]

    client.post(f"{own}/participation", data={**asks, "seats": "1"})
    db.refresh(made)
    kept = made.wishes
    db.commit()
    _participation(client, own, preference="late")

    db.refresh(made)
    assert (kept, made.wishes, made.seats) == ([[600, 630, 3]], [[780, 1020, 1]], 2)


def test_after_the_deadline_only_the_contacts_can_be_changed(
    client: TestClient, own: str, supplier: Supplier, dialogue: Dialogue, db: Session
) -> None:
    """B1: T and T + 1 ms; the page and the door hold the same rule."""
    with clock.as_if(dialogue.registration_closes_at):
        in_time = _participation(client, own, seats="3")
    with clock.as_if(dialogue.registration_closes_at + timedelta(milliseconds=1)):
        late = _participation(client, own, seats="1")
        contact = _contacts(client, own, contact_name="Silje Arnesen Berg")
        page = client.get(own)

    db.refresh(supplier)
    assert [answer.status_code for answer in (in_time, late, contact)] == [303, 409, 303]
    assert (supplier.seats, supplier.contact_name) == (3, "Silje Arnesen Berg")
    doors = [each["action"] for tag, each in tags(page.text) if tag == "form"]
    assert [door for door in doors if "/registration/" in str(door)] == [f"{own}/contacts"]


def test_a_new_address_holds_when_its_letter_has_been_answered_and_ends_every_session(
    client: TestClient, own: str, supplier: Supplier, db: Session
) -> None:
    """T3: links and sessions of before open nothing after the change."""
    sign_in = access.grant(db, Right.SIGN_IN, supplier.id)
    colleague = session_of(db, supplier)
    db.commit()

    answer = _contacts(client, own, contact_email="kari@dosevakt.example")
    db.refresh(supplier)
    before = supplier.contact_email
    db.commit()
    link = link_to_confirm(letters()[-1])
    asks = client.get(link)
    client.cookies.clear()
    answered = client.post(link)

    db.refresh(supplier)
    standing = [access.opened_by(db, token, Right.SIGN_IN, Right.SUPPLIER) for token in _open(db, sign_in, colleague)]
    told = [(recipient_of(letter), letter["Subject"]) for letter in letters()[-2:]]
    assert answer.headers["location"] == f"{own}?changed=address"
    assert before == "silje.arnesen@dosevakt.example"
    assert "kari@dosevakt.example" in asks.text
    assert (answered.status_code, answered.headers["location"]) == (303, own)
    assert client.get(own).status_code == 200  # whoever reads that mail is signed in
    assert (supplier.contact_email, supplier.new_contact_email) == ("kari@dosevakt.example", None)
    assert standing == []
    assert told == [
        ("kari@dosevakt.example", "Bekreft den nye e-postadressen for «Riktig medisin til riktig tid»"),
        (
            "silje.arnesen@dosevakt.example",
            "Brev om «Riktig medisin til riktig tid» går til en annen adresse fra nå av",
        ),
    ]
    db.commit()
    assert client.post(link).status_code == 404


def _open(db: Session, *tokens: str) -> list[str]:
    from app.kernel.refusals import NotFound

    found = []
    for token in tokens:
        try:
            access.opened_by(db, token, Right.SIGN_IN, Right.SUPPLIER)
            found.append(token)
        except NotFound:
            continue
    return found


def test_who_is_no_longer_a_contact_is_signed_out_and_who_took_them_away_is_not(
    client: TestClient, own: str, supplier: Supplier, db: Session
) -> None:
    """T3: a colleague who has left the company."""
    _contacts(client, own, contact_name_2="Ola Berg", contact_email_2="ola@dosevakt.example")
    tokens = session_of(db, supplier), access.grant(db, Right.SIGN_IN, supplier.id)
    db.commit()

    _contacts(client, own, contact_name_2="Ola Berg Vik", contact_email_2="ola@dosevakt.example")
    renamed = _open(db, *tokens)
    db.commit()
    _contacts(client, own)

    assert (renamed, _open(db, *tokens)) == ([*tokens], [])
    db.commit()
    assert client.get(own).status_code == 200


def test_an_address_that_was_thought_better_of_or_waited_too_long_never_holds(
    client: TestClient, own: str, supplier: Supplier, db: Session
) -> None:
    """T3."""
    _contacts(client, own, contact_email="kari@dosevakt.example")
    first = link_to_confirm(letters()[-1])
    _contacts(client, own)
    dropped = client.post(first).status_code
    _contacts(client, own, contact_email="ola@dosevakt.example")
    second = link_to_confirm(letters()[-1])
    with clock.as_if(clock.now() + timedelta(hours=48)):
        late = client.post(second).status_code

    db.refresh(supplier)
    assert (dropped, late, supplier.contact_email) == (404, 404, "silje.arnesen@dosevakt.example")


def test_nobody_can_fill_mailboxes_with_letters_to_new_addresses(client: TestClient, own: str) -> None:
    answers = [_contacts(client, own, contact_email=f"kari{place}@example.no").status_code for place in range(7)]

    assert answers == [303] * 5 + [409] * 2
    assert len([letter for letter in letters() if "/address/" in text_of(letter)]) == 5


def test_faults_stand_beside_their_fields_and_nothing_is_changed(
    client: TestClient, own: str, supplier: Supplier, db: Session
) -> None:
    contacts = _contacts(client, own, contact_name="", contact_name_2="Ola Berg", contact_email="silje")
    day = _participation(client, own, seats="1", attendee_1="A", attendee_2="B", arrives="10.00", leaves="9.00")

    db.refresh(supplier)
    faults = [
        [address for address in values(answer.text, "href") if address.startswith("#") and address != "#main"]
        for answer in (contacts, day)
    ]
    assert [answer.status_code for answer in (contacts, day)] == [422, 422]
    assert faults == [["#contact_name", "#contact_email", "#contact_email_2"], ["#leaves", "#attendee_2"]]
    assert supplier.contact_name == "Silje Arnesen"
    assert ("option", {"value": "1", "selected": None}) in tags(day.text)


def test_hostile_names_are_refused_or_shown_as_text(client: TestClient, own: str) -> None:
    """I1, I10, I13, I16, I24: at the door of changes, too."""
    refused = ["a\r\nBcc: x", "a\u200bb", "a\u202eb", "https://evil.example", "javascript://x", "=?utf-8?q?a?="]
    shown = ["<script>alert(1)</script>", "'; DROP TABLE suppliers; --", "{{7*7}}", "%s %n", "Å\u0308"]

    bad = [_contacts(client, own, contact_name_2=name, contact_email_2="a@b.example") for name in refused]
    harmless = [tag for tag, _ in tags(client.get(own).text)]
    good = [_contacts(client, own, contact_name=name) for name in shown]

    assert [answer.status_code for answer in bad] == [422] * len(bad)
    assert [answer.status_code for answer in good] == [303] * len(good)
    assert [tag for tag, _ in tags(client.get(own).text)] == harmless


def test_nobody_sets_what_is_not_theirs_to_set(client: TestClient, own: str, supplier: Supplier, db: Session) -> None:
    """I20: mass assignment at the doors of changes."""
    more = {
        "id": "1",
        "organisation_number": organisation_number(1),
        "name": "Rival",
        "waiting_since": "",
        "handle": "x",
    }
    more |= {"register_state": "active", "withdrawn_at": "x", "country": "SE", "dialogue_id": "1", "wishes": "x"}

    answers = [_contacts(client, own, **more), _participation(client, own, **more)]

    db.refresh(supplier)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (supplier.name, supplier.organisation_number, supplier.country, supplier.handle) == (
        "Dosevakt AS",
        "313204863",
        "NO",
        "dosevakt-as",
    )


def test_a_supplier_changes_nothing_of_anothers(client: TestClient, own: str, dialogue: Dialogue, db: Session) -> None:
    """Z1, Z3: in the same dialogue or another, every page is closed alike."""
    rival = registered(db, dialogue, organisation_number=organisation_number(1), name="Rival")
    foreign = registered(db, published(db), name="Fremmed")
    db.commit()
    paths = ("registration", "export", "partners", "erase", "withdraw")
    posts = ("registration/contacts", "registration/participation", "erase", "withdraw")

    answers = [client.get(f"/s/{one.id}/{path}") for one in (rival, foreign) for path in paths]
    answers += [client.post(f"/s/{one.id}/{path}", data=CONTACTS) for one in (rival, foreign) for path in posts]

    for one in (rival, foreign):
        db.refresh(one)
    assert {(answer.status_code, answer.headers.get("location")) for answer in answers} == {(303, "/sign-in")}
    assert [one.contact_email for one in (rival, foreign)] == ["silje.arnesen@dosevakt.example"] * 2
    assert [one.withdrawn_at for one in (rival, foreign)] == [None, None]
