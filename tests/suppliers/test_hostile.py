"""Hostile names go through every page and letter of registration, and change nothing but the words."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from app.dialogues.models import Dialogue
from app.suppliers import letters
from app.suppliers.models import Supplier
from app.suppliers.schemas import Name
from tests.suppliers import factories
from tests.suppliers.factories import asked, link_in, link_to_confirm, organisation_number, recipient_of, text_of
from tests.suppliers.reading import structure, values

HOSTILE = [
    "<script>alert(1)</script>",  # I10
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></textarea></style><base href=//evil>",
    "<!--",
    "javascript:alert(1)",
    "{{7*7}}",  # I11
    "{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "{0.__class__} {name} {title}",
    "%s %(name)s %n",
    "Dose;vakt: \"AS\", ^n 'x'",  # I3
    "BEGIN:VEVENT",
    "=cmd|' /C calc'!A0",
    "Å\u0308 ≤ 🧪 漢字",  # I4
    "A" * 200,
]


def test_names_never_become_markup_headers_or_links(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """I3, I5, I8, I10, I11: the same tags, attributes, links, headers and parts as for a harmless name."""
    names = ["Dosevakt AS", *HOSTILE]
    for place, name in enumerate(names):
        contact = {"contact_name": name, "contact_email": f"silje{place}@dosevakt.example"}
        whole = asked(organisation_number=organisation_number(place), name=name, **contact, **_more(name))
        assert client.post(f"/api/v1/dialogues/{dialogue.id}/registrations", json=whole).status_code == 202

    asking = {letter["To"].addresses[0].display_name: letter for letter in factories.letters()}
    asks = {name: client.get(link_to_confirm(letter)).text for name, letter in asking.items()}
    homes = {name: client.post(link_to_confirm(letter)).headers["location"] for name, letter in asking.items()}
    by_name = {letter["To"].addresses[0].display_name: letter for letter in factories.letters()[len(names) :]}
    pages = {
        name: [asks[name], *(client.get(f"{home}{path}").text for path in ("", "/registration", "/partners"))]
        for name, home in homes.items()
    }
    kept = client.get(f"/api/v1/dialogues/{dialogue.id}/suppliers", headers=organiser).json()
    assert {supplier["name"] for supplier in kept} == set(by_name) == set(names)
    for asked_first, letter in asking.items():
        assert values(text_of(letter, "html"), "href") == [link_to_confirm(letter)]
        assert structure(text_of(letter, "html")) == structure(text_of(asking["Dosevakt AS"], "html"))
        assert f"Hei {asked_first}\n" in text_of(letter)
    harmless = by_name["Dosevakt AS"]
    for name, letter in by_name.items():
        assert letter.keys() == harmless.keys()
        assert [part.get_content_type() for part in letter.walk()] == [
            "multipart/alternative",
            "text/plain",
            "text/html",
        ]
        assert recipient_of(letter) == f"silje{names.index(name)}@dosevakt.example"
        assert f"Hei {name}\n" in text_of(letter)
        assert structure(text_of(letter, "html")) == structure(text_of(harmless, "html"))
        assert values(text_of(letter, "html"), "href") == [link_in(letter)]
        assert [*map(structure, pages[name])] == [*map(structure, pages["Dosevakt AS"])]


def _more(name: str) -> dict[str, Any]:
    contacts = [{"name": name, "email": "ola@dosevakt.example"}]
    return {"more_contacts": contacts, "attendees": [name], "needs": name, "topics": name, "on_partner_list": True}


NAMES = TypeAdapter(Name)


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_whatever_name_is_taken_in_a_letter_has_one_recipient_and_our_headers(name: str) -> None:
    """I5, I6: as a mail program reads it."""
    try:
        taken = NAMES.validate_python(name)
    except ValidationError:
        return
    supplier = Supplier(name=taken, contact_name=taken, contact_email="silje@dosevakt.example", language="nb")
    dialogue = Dialogue(title=taken, organiser_name=taken, organiser_email="dialog@vikstrand.example")

    letter = factories.read(letters.withdrawn(supplier, dialogue).as_bytes())

    assert letter.keys() == [
        "From", "To", "Subject", "MIME-Version", "Content-Type", "Content-Language", "Auto-Submitted",
    ]  # fmt: skip
    assert [address.addr_spec for address in letter["To"].addresses] == ["silje@dosevakt.example"]
    assert [address.addr_spec for address in letter["From"].addresses] == ["dialog@vikstrand.example"]
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]


@pytest.mark.parametrize("name", ["A\u030a", "Åse"])
def test_names_are_kept_in_one_form(name: str) -> None:
    """I24: a decomposed Å is the same Å."""
    assert NAMES.validate_python(name)[0] == "Å"
