"""What is stored about a supplier is told to it, and its people are erased while the proof stands."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access, clock, trail
from app.kernel.access import Right
from app.kernel.db import Table, transaction
from app.kernel.post import Letter
from app.kernel.refusals import Conflict
from app.suppliers import changing, forgetting, service
from app.suppliers.models import Supplier
from app.suppliers.schemas import Contacts
from tests.suppliers.factories import letters, organisation_number, recipient_of, registered, signed_in

PEOPLE: dict[str, Any] = {
    "contact_name": "Silje Arnesen",
    "contact_email": "silje.arnesen@dosevakt.example",
    "contact_phone": "+4798765432",
    "more_contacts": [{"name": "Ola Berg", "email": "ola.berg@dosevakt.example"}],
    "attendees": ["Kari Nordmann"],
    "needs": "Kari trenger teleslynge.",
    "topics": "Ola vil vise en dispenser.",
}
CANARIES = ("silje.arnesen", "91234567", "Ola", "ola.berg", "Kari", "teleslynge", "Nina")


@pytest.fixture
def supplier(db: Session, dialogue: Dialogue) -> Supplier:
    made = registered(db, dialogue, **PEOPLE)
    kept = {name: PEOPLE[name] for name in ("contact_email", "more_contacts")}
    changed = {"contact_name": "Nina Vik", "contact_phone": "912 34 567"}
    changing.change_contacts(db, made, Contacts.model_validate({**kept, **changed}))
    db.commit()
    return made


@pytest.fixture
def rival(db: Session, dialogue: Dialogue) -> Supplier:
    facts = {"name": "Rivalen Helse", "contact_name": "Per Rival", "contact_email": "per@rivalen.example"}
    made = registered(db, dialogue, organisation_number=organisation_number(1), **facts)
    db.commit()
    return made


def _summary_is_out(dialogue: Dialogue) -> datetime:
    return datetime.combine(dialogue.summary_due_on + timedelta(days=1), time(9), clock.OSLO)


def _everything(db: Session) -> str:
    """All rows of all tables but the engine's, as text."""
    return "\n".join(str(tuple(row)) for table in Table.metadata.sorted_tables for row in db.execute(sa.select(table)))


def test_a_supplier_gets_all_that_is_stored_of_it_and_nothing_of_others(
    client: TestClient, supplier: Supplier, rival: Supplier, db: Session
) -> None:
    """G1, Z12."""
    answer = client.get(f"{signed_in(client, db, supplier)}/export")

    told = answer.json()
    assert (answer.headers["content-type"], answer.headers["content-disposition"]) == (
        "application/json",
        'attachment; filename="dosevakt-as.json"',
    )
    assert {
        name: told["registration"][name] for name in ("name", "contact_name", "contact_phone", "needs", "attendees")
    } == {
        "name": "Dosevakt AS",
        "contact_name": "Nina Vik",
        "contact_phone": "+4791234567",
        "needs": "Kari trenger teleslynge.",
        "attendees": ["Kari Nordmann"],
    }
    assert [entry["action"] for entry in told["trail"]] == ["registered", "changed its contact"]
    assert [(letter["recipient"], letter["subject"]) for letter in told["letters"]] == [
        ("silje.arnesen@dosevakt.example", "Dere er påmeldt til «Riktig medisin til riktig tid»")
    ]
    assert [link["right"] for link in told["links"]] == ["supplier"]
    foreign = (str(rival.id), "Rival", "rivalen", rival.organisation_number, "handle", "number")
    assert [word for word in foreign if word in answer.text.replace("organisation_number", "")] == []


def test_a_file_of_what_is_stored_opens_nothing(client: TestClient, supplier: Supplier, db: Session) -> None:
    """T2, T6: no token, and no hash of one."""
    own = signed_in(client, db, supplier)
    token = access.grant(db, Right.SUPPLIER_FEED, supplier.id)
    hashes = db.scalars(sa.select(access.Capability.token_hash)).all()
    db.commit()

    text = client.get(f"{own}/export").text

    assert [secret for secret in (token, *hashes) if secret in text] == []
    assert '"right": "supplier_feed"' in text


def test_people_are_not_erased_while_the_company_takes_part(
    client: TestClient, supplier: Supplier, db: Session
) -> None:
    own = signed_in(client, db, supplier)

    asks, answer = client.get(f"{own}/erase"), client.post(f"{own}/erase")

    db.refresh(supplier)
    assert f'action="{own}/erase"' not in asks.text
    assert answer.status_code == 409
    assert (supplier.contact_name, supplier.erased_at) == ("Nina Vik", None)


def test_people_are_erased_when_the_summary_is_out_and_the_chain_still_holds(
    client: TestClient, supplier: Supplier, rival: Supplier, dialogue: Dialogue, db: Session
) -> None:
    """G2: a pseudonym in their place; the organisation, the entries and the chain stay."""
    own = signed_in(client, db, supplier)
    db.execute(sa.update(Letter).values(sent_at=clock.now(), mime=b""))
    db.commit()
    before = _everything(db)
    actions = [entry.action for entry in trail.entries(db)]
    db.commit()

    with clock.as_if(_summary_is_out(dialogue)):
        asks, answer = client.get(f"{own}/erase"), client.post(f"{own}/erase")
        again = client.get(own)

    db.expire_all()
    after = _everything(db)
    kept = db.get_one(Supplier, supplier.id)
    assert f'action="{own}/erase"' in asks.text
    assert (answer.status_code, answer.headers["location"]) == (303, f"/d/{dialogue.slug}/erased")
    assert client.get(answer.headers["location"]).status_code == 200
    assert again.headers["location"] == "/sign-in"
    assert [word for word in CANARIES if word not in before] == []  # the control
    assert [word for word in CANARIES if word in after] == []
    assert (kept.name, kept.organisation_number) == ("Dosevakt AS", "313204863")
    assert kept.contact_name.startswith("erased-")
    assert kept.contact_email == f"{kept.contact_name}@erased.invalid"
    assert [entry.action for entry in trail.entries(db)] == [*actions, "had its people erased"]
    assert trail.first_flaw(db) is None
    assert "Per Rival" in after
    assert "per@rivalen.example" in after


def test_what_was_not_erased_by_the_house_breaks_the_chain(supplier: Supplier, db: Session) -> None:
    """The control of G2: details that are taken out without their salt are seen."""
    about = trail.TrailEntry.about == supplier.id
    db.execute(sa.update(trail.TrailEntry).where(about).values(details=None))

    assert trail.first_flaw(db) is not None
    db.rollback()


def test_who_withdraws_may_have_its_people_erased_when_the_last_letters_have_left(
    client: TestClient,
    supplier: Supplier,
    db: Session,
    running_engine: None,
    wait_until: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """G2: by a job, a day later; here after two seconds."""
    monkeypatch.setattr(forgetting, "ERASED_BY_ITSELF", 2)
    own = signed_in(client, db, supplier)

    answer = client.post(f"{own}/withdraw", data={"erase": "true"})
    told = [recipient_of(letter) for letter in letters() if "trukket" in str(letter["Subject"])]
    wait_until(lambda: _erased(supplier))

    assert answer.status_code == 303
    assert told in (["silje.arnesen@dosevakt.example"], [])  # none when it has left already: then its text is gone
    with transaction(reads_only=True) as reading:
        assert [word for word in CANARIES if word in _everything(reading)] == []
        assert trail.first_flaw(reading) is None


def _erased(supplier: Supplier) -> bool:
    with transaction(reads_only=True) as db:
        return db.get_one(Supplier, supplier.id).erased_at is not None


def test_who_withdraws_without_asking_for_it_is_not_erased(client: TestClient, supplier: Supplier, db: Session) -> None:
    client.post(f"{signed_in(client, db, supplier)}/withdraw")

    db.refresh(supplier)
    assert (supplier.contact_name, supplier.erased_at) == ("Nina Vik", None)


def test_erasing_twice_is_erasing_once(supplier: Supplier, db: Session) -> None:
    service.withdraw(db, supplier)
    forgetting.erase(db, supplier)
    first = supplier.contact_name

    forgetting.erase(db, supplier)

    db.commit()
    entries = [entry.action for entry in trail.entries(db)]
    assert supplier.contact_name == first
    assert entries.count("had its people erased") == 1


def test_what_people_need_is_forgotten_after_the_day(
    dialogue: Dialogue, db: Session, running_engine: None, wait_until: Callable[..., Any]
) -> None:
    """G4: by a job that was asked for when they registered."""
    with clock.as_if(clock.wall(dialogue.held_on, 23 * 60 + 59)), pytest.raises(Conflict):
        registered(db, dialogue)
    dialogue.registration_closes_at = clock.wall(dialogue.held_on + timedelta(days=9), 0)
    db.flush()
    with clock.as_if(clock.wall(dialogue.held_on, 24 * 60 - 1) + timedelta(seconds=59)):
        needy = registered(db, dialogue, needs="Teleslynge.")
    early = registered(db, dialogue, organisation_number=organisation_number(1), needs="Rampe.")
    db.commit()

    wait_until(lambda: _needs(needy) is None)

    assert _needs(early) == "Rampe."


def _needs(supplier: Supplier) -> str | None:
    with transaction(reads_only=True) as db:
        return db.get_one(Supplier, supplier.id).needs


def test_partners_see_each_others_names_when_registration_has_closed(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    """Z10: before that nobody learns who takes part, and who does not show itself sees nobody."""
    seen, _other = [
        registered(db, dialogue, organisation_number=organisation_number(place), name=name, on_partner_list=True)
        for place, name in enumerate(("Anna Helse", "Berit Teknikk"))
    ]
    hidden = registered(db, dialogue, organisation_number=organisation_number(2), name="Skjult Omsorg")
    gone = registered(db, dialogue, organisation_number=organisation_number(3), name="Borte Data", on_partner_list=True)
    service.withdraw(db, gone)
    pages = [f"{signed_in(client, db, one)}/partners" for one in (seen, hidden)]

    with clock.as_if(dialogue.registration_closes_at):
        before = [client.get(page).text for page in pages]
    with clock.as_if(dialogue.registration_closes_at + timedelta(seconds=1)):
        after = [client.get(page).text for page in pages]

    names = ("Anna Helse", "Berit Teknikk", "Skjult Omsorg", "Borte Data")
    assert [[name for name in names if name in page] for page in (*before, *after)] == [[], [], ["Berit Teknikk"], []]
