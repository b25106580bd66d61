"""What the organiser's page tells of registrations: the register's word on each, the needs, and who waits."""

import re
from datetime import date
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import organiser_link
from app.kernel.refusals import Conflict
from app.meetings import service as meetings
from app.suppliers import checking, waiting
from app.suppliers.models import RegisterState
from app.suppliers.register import Entry
from tests.meetings.factories import a_planned_dialogue, a_supplier, panel

STATES = [
    (Entry(state=RegisterState.ACTIVE, name="FIRMA 0 AS"), ""),
    (Entry(state=RegisterState.BANKRUPT, since=date(2026, 3, 1)), "Konkurs siden 1. mars"),
    (Entry(state=RegisterState.BANKRUPT), "Konkurs"),
    (Entry(state=RegisterState.WINDING_UP), "Under avvikling"),
    (Entry(state=RegisterState.DELETED), "Slettet fra registeret"),
    (Entry(state=RegisterState.REMOVED), "Tatt ut av registerets åpne data"),
    (Entry(state=RegisterState.UNKNOWN), "Ingen har dette nummeret"),
    (Entry(state=RegisterState.ACTIVE, name="<b>RIVALEN</b> HELSE AS"), "Registeret sier <b>RIVALEN</b> HELSE AS"),
    (None, "Ikke kontrollert"),
]


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    return a_planned_dialogue(db)


def _page(client: TestClient, db: Session, dialogue: Dialogue) -> str:
    link = organiser_link(db, dialogue).removeprefix("http://testserver")
    db.commit()
    return client.get(link).text


def _words(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def test_the_word_of_the_register_stands_beside_each_number(
    client: TestClient, db: Session, dialogue: Dialogue
) -> None:
    """I24: a number that is another's shows by its name, which is shown as text."""
    for place, (entry, _) in enumerate(STATES):
        supplier = a_supplier(db, dialogue, place)
        if entry is not None:
            checking.note(db, supplier, entry)

    page = _page(client, db, dialogue)

    cells = re.findall(r'<td data-label="Organisasjonsnummer">(.*?)</td>', page, re.DOTALL)
    assert [_words(cell).split(" ", 3)[3:] for cell in cells] == [[words] if words else [] for _, words in STATES]


def test_needs_and_those_who_wait_are_shown(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    first = a_supplier(db, dialogue, 0)
    first.needs = "Teleslynge, og <b>vegansk</b> mat."
    waiting.set_places(db, dialogue, 1)
    for place in (1, 2):
        a_supplier(db, dialogue, place)

    page = _page(client, db, dialogue)

    listed = re.findall(r"<li>(Firma \d AS) ", page)
    assert "Teleslynge, og &lt;b&gt;vegansk&lt;/b&gt; mat." in page
    assert "Ventelisten" in page
    assert listed == ["Firma 1 AS", "Firma 2 AS"]


def test_one_that_waits_meets_nobody_before_it_has_a_place(db: Session, dialogue: Dialogue) -> None:
    a_supplier(db, dialogue, 0)
    waiting.set_places(db, dialogue, 1)
    second = a_supplier(db, dialogue, 1)

    with pytest.raises(Conflict, match="is on the waiting list"):
        meetings.request(db, second, panel(db, dialogue))

    waiting.set_places(db, dialogue, 2)
    assert meetings.request(db, second, panel(db, dialogue)).supplier_id == second.id
