"""A supplier and a panel member get the link to their own calendar on a page, and nobody else's."""

import re

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days.service import people_of
from app.dialogues.models import Dialogue
from app.kernel.access import Right, grant
from app.suppliers import service as suppliers
from tests.feeds.factories import shown
from tests.invitations.factories import a_booked_day
from tests.suppliers.factories import signed_in


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    made, _ = a_booked_day(db)
    db.commit()
    return made


def _own_page(client: TestClient, db: Session, dialogue: Dialogue, right: Right) -> str:
    if right is Right.SUPPLIER:
        return signed_in(client, db, suppliers.of_dialogue(db, dialogue.id)[0])
    page = f"/p/{grant(db, right, people_of(db, dialogue.id)[0].id)}"
    db.commit()
    return page


@pytest.mark.parametrize("right", [Right.SUPPLIER, Right.PERSON])
def test_a_link_is_made_when_asked_for_and_opens_the_calendar(
    client: TestClient, db: Session, dialogue: Dialogue, right: Right
) -> None:
    page = _own_page(client, db, dialogue, right)

    asked, made = client.get(f"{page}/calendar"), client.post(f"{page}/calendar")

    assert (asked.status_code, "/f/" in asked.text) == (200, False)
    links = re.findall(r"(?:http|webcal)://testserver(/f/[\w-]{43}\.ics)", made.text)
    assert (made.status_code, len(links), len(set(links))) == (200, 2, 1)
    assert shown(client, links[0])


def test_a_link_that_opens_nothing_makes_no_calendar(client: TestClient, dialogue: Dialogue) -> None:
    for page, status in (("/s/nobody/calendar", 303), ("/p/nobody/calendar", 404)):
        assert [client.get(page).status_code, client.post(page).status_code] == [status, status]
