"""A company that is registered already: what whoever tries it again learns, and who is told."""

from fastapi.testclient import TestClient

from app.dialogues.models import Dialogue
from tests.suppliers.factories import (
    DOSEVAKT,
    asked,
    confirm_all,
    letters,
    link_in,
    link_to_confirm,
    organisation_number,
    recipient_of,
    text_of,
)


def _registrations(dialogue: Dialogue) -> str:
    return f"/api/v1/dialogues/{dialogue.id}/registrations"


def _suppliers(dialogue: Dialogue) -> str:
    return f"/api/v1/dialogues/{dialogue.id}/suppliers"


def test_a_rival_learns_from_its_mailbox_no_more_than_from_the_page(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """Z10: with another's number and an own address it gets the same letter, whether that company takes part or not."""
    rival = {"name": "Rival", "contact_name": "Rival", "contact_email": "rival@example.no"}
    heard = []
    for has_come in (False, True):
        if has_come:
            client.post(_registrations(dialogue), json=asked(), headers=organiser)
        before = len(letters())
        client.post(_registrations(dialogue), json=asked(**rival))
        letter = letters()[-1]
        assert len(letters()) == before + 1
        heard.append((recipient_of(letter), letter["Subject"], text_of(letter).replace(link_to_confirm(letter), "")))

    assert heard[0] == heard[1]


def test_a_second_registration_changes_nothing_and_tells_the_registered_contact(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """Z10, B11: only when whoever tries has answered a letter; the company gets the address of its page anew."""
    client.post(_registrations(dialogue), json=asked(), headers=organiser)
    before = client.get(_suppliers(dialogue), headers=organiser).json()

    stranger = asked(name="Rival", contact_name="Rival", contact_email="rival@example.no", seats=1)
    client.post(_registrations(dialogue), json=stranger)
    led = confirm_all(client)

    assert led == [f"/d/{dialogue.slug}/registered"]
    assert client.get(_suppliers(dialogue), headers=organiser).json() == before
    told = [(recipient_of(letter), letter["Subject"]) for letter in letters()]
    assert told == [
        ("silje.arnesen@dosevakt.example", "Dere er påmeldt til «Riktig medisin til riktig tid»"),
        ("rival@example.no", "Bekreft påmeldingen til «Riktig medisin til riktig tid»"),
        ("silje.arnesen@dosevakt.example", "Dere er allerede påmeldt til «Riktig medisin til riktig tid»"),
        ("markedsdialog@vikstrand.example", "To sier at de opptrer for Dosevakt AS"),
    ]
    own = [letter for letter in letters() if recipient_of(letter) == "silje.arnesen@dosevakt.example"]
    assert {link_in(letter) for letter in own} == {f"http://testserver/s/{before[0]['id']}"}


def test_an_organiser_learns_that_two_say_to_act_for_one_company(client: TestClient, dialogue: Dialogue) -> None:
    """B11: whoever registers a rival's number locks nobody out unseen; a contact of the company is no second one."""
    client.post(_registrations(dialogue), json=asked(contact_email="squatter@rival.example", contact_name="Per"))
    client.post(_registrations(dialogue), json=asked())
    client.post(_registrations(dialogue), json=asked(contact_email="squatter@rival.example"))
    confirm_all(client)
    client.post(_registrations(dialogue), json=asked())
    confirm_all(client)

    told = [letter for letter in letters() if recipient_of(letter) == dialogue.organiser_email]
    assert [letter["Subject"] for letter in told] == ["To sier at de opptrer for Dosevakt AS"]
    text = text_of(told[0])
    assert all(word in text for word in ("squatter@rival.example", DOSEVAKT["contact_email"], "313 204 863"))
    assert "://" not in text


def test_a_mailbox_is_one_mailbox_whatever_stands_after_the_plus_sign(client: TestClient, dialogue: Dialogue) -> None:
    """L3: else five letters an hour would be five for each of as many addresses as one can think of."""
    mailboxes = ["silje@dosevakt.example", *(f"Silje+{number}@dosevakt.example" for number in range(6))]
    others = ["siljel@dosevakt.example", "silje+0@dosevakt.example.no", "s_lje+0@dosevakt.example"]
    for place, address in enumerate([*mailboxes, *others]):
        changed = asked(organisation_number=organisation_number(place), contact_email=address)
        client.post(_registrations(dialogue), json=changed)

    assert [recipient_of(letter).lower() for letter in letters()] == [*map(str.lower, mailboxes[:5]), *others]
