"""Systems register companies: anybody at the open door, and the organiser with a token."""

import re
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.kernel import clock, trail
from app.suppliers.models import Supplier
from tests.dialogues.factories import as_organiser, draft, published
from tests.suppliers.factories import (
    asked,
    confirm_all,
    letters,
    organisation_number,
    recipient_of,
    registered,
)

ABSENT = {"type": "about:blank", "title": "Not found", "status": 404, "detail": "There is no such dialogue."}


def _registrations(dialogue: Dialogue) -> str:
    return f"/api/v1/dialogues/{dialogue.id}/registrations"


def _suppliers(dialogue: Dialogue) -> str:
    return f"/api/v1/dialogues/{dialogue.id}/suppliers"


def test_an_organiser_registers_a_company_on_its_behalf(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    wishes = [{"from": "13:00", "to": "15:30", "weight": 2}]
    whole = asked(
        organisation_number="313 204 863",
        seats=3,
        online=True,
        arrives="09:00",
        wishes=wishes,
        language="nn",
        more_contacts=[{"name": "Ola Berg", "email": "ola.berg@dosevakt.example"}],
        attendees=["Silje Arnesen", "Ola Berg"],
        needs="Teleslynge.",
        contact_phone="+4740000000",
        on_partner_list=True,
    )

    answer = client.post(_registrations(dialogue), json=whole, headers=organiser)

    made = answer.json()
    assert answer.status_code == 201
    assert UUID(made.pop("id")).version == 4
    assert made.pop("registered_at")
    assert made == {
        **whole,
        "organisation_number": "313204863",
        "handle": "dosevakt-as",
        "register_state": "not_checked",
        "leaves": None,
        "wants_meeting": True,
        "withdrawn_at": None,
        "standing": "registered",
        "country": "NO",
        "register_name": None,
        "register_form": None,
        "register_since": None,
        "register_checked_at": None,
        "topics": None,
        "on_partner_list": True,
    }


def test_a_company_registers_only_once(client: TestClient, dialogue: Dialogue, organiser: dict[str, str]) -> None:
    """B11: one organisation number, one supplier."""
    client.post(_registrations(dialogue), json=asked(), headers=organiser)

    again = client.post(_registrations(dialogue), json=asked(organisation_number="313 204 863"), headers=organiser)

    assert again.status_code == 409
    assert again.json()["detail"] == "Dosevakt AS has already registered."
    assert len(client.get(_suppliers(dialogue), headers=organiser).json()) == 1


def test_the_open_door_says_the_same_of_a_company_that_is_registered_and_of_one_that_is_not(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    """Z10: “organisation number already registered” tells nothing about others."""
    registered(db, dialogue, organisation_number=organisation_number(1))
    db.commit()

    known = client.post(_registrations(dialogue), json=asked(organisation_number=organisation_number(1)))
    new = client.post(_registrations(dialogue), json=asked(organisation_number=organisation_number(2)))

    detail = "The registration has been received. What comes of it is in a letter to the company's contact."
    assert (known.status_code, known.json()) == (new.status_code, new.json()) == (202, {"detail": detail})
    assert known.headers == new.headers


def test_nobody_can_fill_a_mailbox_by_registering_a_company_over_and_over(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    noon = dialogue.registration_closes_at - timedelta(days=3)
    with clock.as_if(noon):
        registered(db, dialogue)
        db.commit()
    for moment in (noon, noon, noon + timedelta(minutes=1), noon + timedelta(hours=2)):
        with clock.as_if(moment):
            client.post(_registrations(dialogue), json=asked())

    assert len(letters()) == 3  # the first, one an hour for those who try


def test_nobody_can_fill_a_mailbox_with_letters_to_confirm(client: TestClient, dialogue: Dialogue) -> None:
    """Five letters an hour to one address, whatever the company; whoever tries is told the same each time."""
    noon = dialogue.registration_closes_at - timedelta(days=3)
    with clock.as_if(noon):
        numbers = [organisation_number(place) for place in range(7)]
        answers = [client.post(_registrations(dialogue), json=asked(organisation_number=each)) for each in numbers]
        other = client.post(_registrations(dialogue), json=asked(contact_email="kari@example.no"))
    with clock.as_if(noon + timedelta(hours=2)):
        client.post(_registrations(dialogue), json=asked(organisation_number=numbers[6]))

    assert {(answer.status_code, answer.content) for answer in answers} == {(202, other.content)}
    assert Counter(recipient_of(letter) for letter in letters()) == {
        "silje.arnesen@dosevakt.example": 5 + 1,
        "kari@example.no": 1,
    }


def test_a_plan_that_is_out_early_closes_no_door(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    db.get_one(Dialogue, dialogue.id).phase = Phase.PLANNED
    db.commit()

    answer = client.post(_registrations(dialogue), json=asked())

    assert (answer.status_code, len(letters())) == (202, 1)


def test_the_deadline_itself_is_in_time(client: TestClient, dialogue: Dialogue) -> None:
    """B1: received whole at T − 1 ms and at T, but not at T + 1 ms; the server's clock decides, alike for all."""
    answers = []
    for place, milliseconds in enumerate((-1, 0, 1)):
        with clock.as_if(dialogue.registration_closes_at + timedelta(milliseconds=milliseconds)):
            number = organisation_number(place)
            answers.append(client.post(_registrations(dialogue), json=asked(organisation_number=number)))

    assert [answer.status_code for answer in answers] == [202, 202, 409]
    assert answers[2].json()["detail"] == "Registration for “Riktig medisin til riktig tid” is not open."


def test_a_draft_is_to_the_open_door_as_if_it_were_not_there(client: TestClient, db: Session) -> None:
    hidden = draft(db)
    headers = as_organiser(db, hidden)
    db.commit()

    assert client.post(_registrations(hidden), json=asked()).json() == ABSENT
    assert client.post(f"/api/v1/dialogues/{uuid4()}/registrations", json=asked()).json() == ABSENT
    assert client.post(_registrations(hidden), json=asked(), headers=headers).status_code == 409


def test_companies_of_the_same_name_get_handles_that_tell_no_order(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    for place in range(3):
        client.post(
            _registrations(dialogue), json=asked(organisation_number=organisation_number(place)), headers=organiser
        )

    suppliers = client.get(_suppliers(dialogue), headers=organiser).json()

    handles = [supplier["handle"] for supplier in suppliers]
    assert handles[0] == "dosevakt-as"
    assert [re.fullmatch(r"dosevakt-as-[0-9a-f]{6}", handle) is not None for handle in handles[1:]] == [True, True]


def test_a_registration_is_new_facts_for_the_plan_and_stands_in_the_trail(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    client.post(_registrations(dialogue), json=asked())
    confirm_all(client)
    client.post(_registrations(dialogue), json=asked(name="Somebody else"))

    db.refresh(dialogue)
    supplier = db.scalars(sa.select(Supplier)).one()
    noted = [entry for entry in trail.entries(db) if entry.kind == "suppliers"]
    assert dialogue.facts_version == 2
    assert [(entry.actor, entry.action, entry.about, entry.dialogue_id, entry.details) for entry in noted] == [
        ("public", "registered", supplier.id, dialogue.id, {"organisation_number": "313204863"}),
        ("public", "was registered once more, unchanged", supplier.id, dialogue.id, {}),
    ]
    assert trail.first_flaw(db) is None


def test_an_organisers_token_that_is_wrong_does_not_open_the_door_to_anybody(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    other = published(db)
    stranger = as_organiser(db, other)
    db.commit()

    wrong = client.post(_registrations(dialogue), json=asked(), headers={"Authorization": "Bearer wrong"})
    foreign = client.post(_registrations(dialogue), json=asked(), headers=stranger)

    assert (wrong.status_code, foreign.status_code) == (401, 404)
    assert foreign.json() == ABSENT
    assert letters() == []


def test_a_number_that_is_no_norwegian_organisation_number_is_refused(client: TestClient, dialogue: Dialogue) -> None:
    wrong = ("313204864", "000000000", "12345678", "31320486312", "٣١٣٢٠٤٨٦٣", "31320486O")

    answers = [client.post(_registrations(dialogue), json=asked(organisation_number=number)) for number in wrong]

    places = [[error["place"] for error in answer.json()["errors"]] for answer in answers]
    assert places == [["body.organisation_number"]] * len(wrong)
