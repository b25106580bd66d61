"""Sign-in letters: who gets one, and what nobody learns by asking for one."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock
from app.suppliers import service, signing
from app.suppliers.models import Supplier
from tests.dialogues.factories import published
from tests.suppliers.factories import letters, organisation_number, recipient_of, registered, text_of
from tests.suppliers.mailed import LINK, SILJE, asked_for


def test_every_address_gets_the_same_answer_and_only_a_known_one_a_letter(
    client: TestClient, supplier: Supplier
) -> None:
    """L3, Z2: nobody learns who has registered."""
    answers = [
        client.post("/sign-in", data={"email": address})
        for address in (SILJE, SILJE.upper(), "nobody@rival.example", "post@vikstrand.example")
    ]

    shapes = {(answer.status_code, answer.text, tuple(answer.headers.items())) for answer in answers}
    assert len(shapes) == 1
    assert answers[0].headers["location"] == "/sign-in/sent"
    sent = [recipient_of(letter) for letter in letters() if "logge inn" in letter["Subject"]]
    assert sent == [SILJE, SILJE]


def test_an_address_that_is_none_is_refused_beside_the_field(client: TestClient, supplier: Supplier) -> None:
    for wrong in ("", "silje", "a@b\r\nBcc: c@d.example"):
        answer = client.post("/sign-in", data={"email": wrong})

        assert answer.status_code == 422
        assert answer.text.count("Skriv e-postadressen slik: navn@virksomhet.no") == 2
    assert [letter for letter in letters() if "logge inn" in letter["Subject"]] == []


def test_one_letter_holds_a_link_for_each_company_of_a_contact(
    client: TestClient, db: Session, dialogue: Dialogue, supplier: Supplier
) -> None:
    elsewhere = registered(db, published(db, title="Elsykler til alle"), name="Dosevakt Nord AS")
    registered(db, dialogue, organisation_number=organisation_number(1), contact_email="rival@rival.example")
    gone = registered(db, dialogue, organisation_number=organisation_number(2), name="Borte AS")
    service.withdraw(db, gone)
    db.commit()

    (letter,) = asked_for(client)

    text = text_of(letter)
    assert [path.split("/")[2] for path, _ in LINK.findall(text)] == [str(elsewhere.id), str(supplier.id)]
    assert [
        f"{one.name} ({one.shown_number}), “{title}”" in text
        for one, title in ((elsewhere, "Elsykler til alle"), (supplier, dialogue.title))
    ]
    assert "Borte AS" not in text
    for path, _ in LINK.findall(text):
        assert f'href="http://testserver{path}"' in text_of(letter, "html")
        assert client.post(path).headers["location"] == path.partition("/sign-in")[0]
    assert [client.get(f"/s/{one.id}").status_code for one in (elsewhere, supplier)] == [200, 200]


def test_a_further_contact_signs_in_too_and_is_written_to_by_name(
    client: TestClient, db: Session, dialogue: Dialogue
) -> None:
    kari = {"name": "Kari Å. Nordmann", "email": "Kari_N%@dosevakt.example"}
    supplier = registered(db, dialogue, more_contacts=[kari])
    registered(
        db, dialogue, organisation_number=organisation_number(1), contact_email="karixn%@dosevakt.example", name="Rival"
    )
    db.commit()

    (letter,) = asked_for(client, "kari_n%@dosevakt.example")

    assert (recipient_of(letter), "Hei Kari Å. Nordmann" in text_of(letter)) == ("Kari_N%@dosevakt.example", True)
    assert [path.split("/")[2] for path, _ in LINK.findall(text_of(letter))] == [str(supplier.id)]


def test_a_rival_that_takes_another_s_name_and_writes_its_contact_down_is_told_from_it(
    client: TestClient, db: Session, dialogue: Dialogue, supplier: Supplier
) -> None:
    """I24, Z3: else a proposal would be sent in on the rival's page; the letter greets by one's own name, too."""
    more = [{"name": "Kjære kunde", "email": SILJE}]
    number = organisation_number(1)
    rival = registered(db, dialogue, organisation_number=number, contact_email="x@rival.example", more_contacts=more)
    db.commit()

    (letter,) = asked_for(client)

    text, shown = text_of(letter), [line for line in text_of(letter).splitlines() if "Dosevakt AS (" in line]
    assert [path.split("/")[2] for path, _ in LINK.findall(text)] == [str(supplier.id), str(rival.id)]
    assert [line.partition(")")[0] for line in shown] == [
        f"Dosevakt AS ({each}" for each in (supplier.shown_number, rival.shown_number)
    ]
    assert ("Hei Silje Arnesen" in text, "Kjære kunde" in text) == (True, False)


def test_a_part_of_an_address_is_none_of_ours(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    registered(db, dialogue, more_contacts=[{"name": "Kari", "email": "kari@dosevakt.example"}])
    parts = ["dosevakt.example", SILJE[:-1], f"{SILJE}x", f"x{SILJE}", "%", "_", "Kari", ""]

    assert [signing.registrations_of(db, part) for part in parts] == [[]] * len(parts)
    assert len(signing.registrations_of(db, "KARI@dosevakt.example")) == 1


@pytest.mark.parametrize(
    ("language", "subject"),
    [("nb", "Lenken din for å logge inn"), ("nn", "Lenkja di for å logge inn"), ("en", "Your link to sign in")],
)
def test_the_letter_speaks_the_language_of_the_registration(
    client: TestClient, db: Session, dialogue: Dialogue, language: str, subject: str
) -> None:
    registered(db, dialogue, language=language)
    db.commit()

    client.post("/sign-in", data={"email": SILJE})

    assert (letters()[-1]["Subject"], letters()[-1]["Content-Language"]) == (subject, language)


def test_nobody_fills_anothers_mailbox(client: TestClient, supplier: Supplier) -> None:
    """L3: three letters an hour, and the one who asks is told nothing of it."""
    now = clock.now()
    answers = [client.post("/sign-in", data={"email": SILJE}) for _ in range(5)]

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, "/sign-in/sent")}
    assert len(asked_for(client)) == 3
    with clock.as_if(now + timedelta(minutes=61)):
        assert len(asked_for(client)) == 4
