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


RIGHTS = [Right.SUPPLIER, Right.PERSON, Right.ORGANISER]


def _own_page(client: TestClient, db: Session, dialogue: Dialogue, right: Right) -> str:
    if right is Right.SUPPLIER:
        return signed_in(client, db, suppliers.of_dialogue(db, dialogue.id)[0])
    about = dialogue.id if right is Right.ORGANISER else people_of(db, dialogue.id)[0].id
    page = f"/{'o' if right is Right.ORGANISER else 'p'}/{grant(db, right, about)}"
    db.commit()
    return page


@pytest.mark.parametrize("right", RIGHTS)
def test_a_link_is_made_when_asked_for_and_opens_the_calendar(
    client: TestClient, db: Session, dialogue: Dialogue, right: Right
) -> None:
    page = _own_page(client, db, dialogue, right)

    asked, made = client.get(f"{page}/calendar"), client.post(f"{page}/calendar")

    assert (asked.status_code, "/f/" in asked.text) == (200, False)
    links = re.findall(r"(?:http|webcal)://testserver(/f/[\w-]{43}\.ics)", made.text)
    assert (made.status_code, len(links), len(set(links))) == (200, 2, 1)
    assert shown(client, links[0])


@pytest.mark.parametrize("right", RIGHTS)
def test_a_new_link_may_close_the_old_ones(client: TestClient, db: Session, dialogue: Dialogue, right: Right) -> None:
    """T5."""
    page = _own_page(client, db, dialogue, right)
    offered = ["/calendar/anew" in client.get(f"{page}/calendar").text]

    made = [client.post(f"{page}/calendar").text for _ in range(2)]
    offered.append("/calendar/anew" in client.get(f"{page}/calendar").text)
    made.append(client.post(f"{page}/calendar/anew").text)

    paths = [re.findall(r"webcal://testserver(/f/[\w-]{43}\.ics)", text)[0] for text in made]
    assert offered == [False, True]
    assert [client.get(path).status_code for path in paths] == [404, 404, 200]


PROGRAMS = ["Outlook", "Google", "Apple, Mac", "Apple, iPhone", "Thunderbird"]


def test_each_program_has_its_steps_in_the_words_that_it_uses(
    client: TestClient, db: Session, dialogue: Dialogue
) -> None:
    page = _own_page(client, db, dialogue, Right.PERSON)

    for language, words in (("nb", "Fra nettadresse"), ("nn", "Finn kalendrar"), ("en", "From URL")):
        shown = client.post(f"{page}/calendar?lang={language}").text

        assert re.findall(r'data-size="2xs">([^<]+)</h3>\s*<ol', shown) == PROGRAMS
        assert words in shown


def test_a_link_that_opens_nothing_makes_no_calendar(client: TestClient, dialogue: Dialogue) -> None:
    for page, status in (("/s/nobody/calendar", 303), ("/p/nobody/calendar", 404)):
        assert [client.get(page).status_code, client.post(page).status_code] == [status, status]
