"""The other forms of a feed: as JSON, as a page with a picture, and when somebody is busy."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import icalendar
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days.service import people_of
from app.dialogues.models import Dialogue
from app.feeds import service
from app.feeds.contents import Entry, Shown, Whose
from app.feeds.forms import busy_periods, free_busy, jcal
from app.feeds.models import FeedEvent, FeedKind
from app.feeds.picture import days
from app.feeds.revision import body, revise
from app.kernel.content_lines import one_line
from app.kernel.ical import Mailbox
from app.meetings import service as meetings
from tests import calendar_rules
from tests.calendars import by_ical_js
from tests.feeds.factories import about, link
from tests.hostile import NAMES
from tests.invitations.factories import a_booked_day
from tests.meetings.factories import a_wish, place

WHOSE = Whose(FeedKind.PANEL, uuid4(), "Panel A", "nb")
DIALOGUE = Dialogue(id=uuid4(), title="Trygg hjemme")
NINE = datetime(2027, 4, 8, 7, tzinfo=UTC)
MEETING = Shown(NINE, NINE + timedelta(minutes=45), "Møte", "Furu", "", is_busy=True)


def _rows(*shown: Shown) -> list[FeedEvent]:
    return revise(WHOSE, DIALOGUE, [], [Entry(uuid4(), one, NINE) for one in shown])


@pytest.mark.parametrize("kind", FeedKind)
def test_every_feed_is_told_as_json_with_the_same_events(client: TestClient, db: Session, kind: FeedKind) -> None:
    """RFC 7265; N02: with a tag of its own."""
    dialogue, _ = a_booked_day(db)
    path = link(db, dialogue, kind)
    db.commit()

    calendar, answer = client.get(path), client.get(path.replace(".ics", ".json"))
    again = client.get(path.replace(".ics", ".json"), headers={"If-None-Match": answer.headers["ETag"]})

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/calendar+json")
    assert by_ical_js(answer.content) == by_ical_js(calendar.content)
    assert (again.status_code, again.content) == (304, b"")
    assert answer.headers["ETag"] != calendar.headers["ETag"]


def test_the_form_is_that_of_the_ending_whatever_the_reader_accepts(client: TestClient, db: Session) -> None:
    """N01."""
    dialogue, _ = a_booked_day(db)
    path = link(db, dialogue, FeedKind.PERSON)
    db.commit()
    types = {
        ".ics": "text/calendar; charset=utf-8",
        ".json": "application/calendar+json",
        ".ifb": "text/calendar; charset=utf-8",
        ".html": "text/html; charset=utf-8",
    }

    for accepted in ("text/html", "application/calendar+json", "*/*", ""):
        given = {
            ending: client.get(path.replace(".ics", ending), headers={"Accept": accepted}).headers["content-type"]
            for ending in types
        }
        assert given == types


@pytest.mark.parametrize("kind", [FeedKind.PANEL, FeedKind.PERSON])
def test_busy_times_are_told_and_nothing_else(client: TestClient, db: Session, kind: FeedKind) -> None:
    """B01, RFC 5546 3.3.1: no place, no title, no supplier; what touches is one."""
    dialogue, _ = a_booked_day(db)
    meetings.book(db, a_wish(db, dialogue, 1), place(db, dialogue, "10:30"))
    path = link(db, dialogue, kind)
    who = {FeedKind.PANEL: dialogue.organiser_email, FeedKind.PERSON: people_of(db, dialogue.id)[0].email}[kind]
    service.refresh(db, dialogue.id)
    db.commit()

    answer = client.get(path.replace(".ics", ".ifb"))

    told: Any = icalendar.Calendar.from_ical(answer.content).walk("VFREEBUSY")[0]
    assert [line.name for line in calendar_rules.written(answer.content).lines] == [
        *("BEGIN", "VERSION", "PRODID", "CALSCALE", "METHOD", "BEGIN"),
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "ORGANIZER", "FREEBUSY", "END", "END"),
    ]
    assert answer.content.count(b"FREEBUSY;FBTYPE=BUSY:20990408T080000Z/20990408T090000Z\r\n") == 1
    assert (told["DTSTART"].dt, told["DTEND"].dt) == (
        datetime(2099, 4, 7, 22, tzinfo=UTC),
        datetime(2099, 4, 8, 22, tzinfo=UTC),
    )
    assert str(told["ORGANIZER"]) == f"mailto:{who}"
    assert [word for word in ("Firma", "Furu", "Trygg") if word in answer.text] == []


@pytest.mark.parametrize("kind", [FeedKind.SUPPLIER, FeedKind.ROOM, FeedKind.ORGANISER])
def test_only_those_who_are_asked_for_have_busy_times(client: TestClient, db: Session, kind: FeedKind) -> None:
    dialogue, _ = a_booked_day(db)
    path = link(db, dialogue, kind)
    db.commit()

    assert client.get(path.replace(".ics", ".ifb")).status_code == 404


def test_periods_are_sorted_and_merged_and_what_is_free_is_none() -> None:
    later = replace(MEETING, starts_at=NINE + timedelta(hours=3), ends_at=NINE + timedelta(hours=4))
    overlapping = replace(MEETING, ends_at=NINE + timedelta(minutes=60))
    whole_day = replace(MEETING, starts_at=date(2027, 4, 8), ends_at=date(2027, 4, 9))
    rows = _rows(later, overlapping, MEETING, whole_day, replace(later, is_busy=False))
    rows[0].cancelled_at = None

    assert busy_periods(rows) == [
        (NINE, NINE + timedelta(hours=1)),
        (NINE + timedelta(hours=3), NINE + timedelta(hours=4)),
    ]
    rows[0].cancelled_at = NINE
    assert busy_periods(rows) == [(NINE, NINE + timedelta(hours=1))]


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_a_hostile_name_changes_nothing_but_words_in_json(case: str, name: str) -> None:
    """I1, I2, I3, I4, I7: the same properties, parameters and types, and the words as they were cleaned."""
    harmless, hostile = (
        json.loads(jcal(body(said, "nb", _rows(replace(MEETING, summary=said)), "https://dialog.example/d/x")))
        for said in ("Panel A", name)
    )

    assert _shape(hostile) == _shape(harmless)
    assert [told[3] for told in hostile[2][-1][1] if told[0] == "summary"] == [one_line(name)]


def _shape(component: list[Any]) -> list[Any]:
    name, properties, inner = component
    return [name, [told[:3] for told in properties], [_shape(each) for each in inner]]


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_a_hostile_name_changes_no_line_of_busy_times(case: str, name: str) -> None:
    """I1, I2, I3, I4, I7."""
    harmless, hostile = (
        free_busy(UUID(int=1), Mailbox(said, "anne@solvang.example"), date(2027, 4, 8), NINE, _rows(MEETING))
        for said in ("Panel A", name)
    )

    lines = [[line.name for line in calendar_rules.written(body).lines] for body in (harmless, hostile)]
    assert lines[0] == lines[1]
    assert max(len(line) for line in hostile.split(b"\r\n")) <= 75


def test_what_takes_place_at_once_is_drawn_beside_each_other() -> None:
    beside = replace(MEETING, starts_at=NINE + timedelta(minutes=15), ends_at=NINE + timedelta(minutes=60))
    after = replace(MEETING, starts_at=NINE + timedelta(minutes=45), ends_at=NINE + timedelta(minutes=90))

    (day,) = days(_rows(MEETING, beside, after))

    assert day.picture is not None
    assert [(block.left, block.top, block.height) for block in day.picture.blocks] == [
        (62.0, 12.0, 35.0),
        (192.0, 24.0, 35.0),
        (62.0, 48.0, 35.0),
    ]
    assert (day.picture.width, day.picture.height) == (322.0, 96.0)
    assert [hour for hour, _ in day.picture.hours] == [NINE, NINE + timedelta(hours=1)]


def test_a_page_shows_the_same_appointments_with_a_picture_of_the_day(client: TestClient, db: Session) -> None:
    """T7: kept by nobody; and a picture only of a day where somebody has to be somewhere."""
    dialogue, _ = a_booked_day(db)
    path = link(db, dialogue, FeedKind.SUPPLIER)
    db.commit()

    answer = client.get(path.replace(".ics", ".html"))

    shown = " ".join(re.sub("<[^>]+>", " ", answer.text).split())
    assert "10.00–10.30 En-til-en-møte – Trygg hjemme Furu, Kulturhuset" in shown
    assert "Hele dagen Trygg hjemme Kulturhuset" in shown
    assert (answer.text.count('class="feed-day"'), answer.text.count('class="ownday-block"')) == (1, 1)
    assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == ("private, no-store", "noindex")
    assert "set-cookie" not in answer.headers


def test_what_is_cancelled_is_shown_as_such_and_not_drawn(client: TestClient, db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    path = link(db, dialogue, FeedKind.ROOM)
    meetings.cancel(db, booking)
    service.refresh(db, dialogue.id)
    db.commit()

    page = client.get(path.replace(".ics", ".html")).text

    assert ("Avlyst: En-til-en-møte – Trygg hjemme" in page, "ownday-block" in page) == (True, False)


@pytest.mark.parametrize("ending", [".json", ".html", ".ifb"])
def test_every_form_ends_with_its_link(client: TestClient, db: Session, ending: str) -> None:
    """T5, T6, T9."""
    dialogue, _ = a_booked_day(db)
    path = link(db, dialogue, FeedKind.PERSON).replace(".ics", ending)
    db.commit()
    before = client.get(path)
    service.withdraw_links(db, FeedKind.PERSON, about(db, dialogue, FeedKind.PERSON), dialogue)
    db.commit()

    after, unknown = client.get(path), client.get("/f/unknown" + ending)

    assert (before.status_code, after.status_code, unknown.status_code) == (200, 404, 404)
    assert after.text.replace(path, "") == unknown.text.replace("/f/unknown" + ending, "")
    assert client.post(path).status_code == 405


def test_before_the_first_rendering_all_forms_show_what_will_be(client: TestClient, db: Session) -> None:
    dialogue, _ = a_booked_day(db)
    db.commit()
    path = f"/d/{dialogue.slug}/program"

    def told() -> list[Any]:
        page = client.get(f"{path}.html").text
        return [json.loads(client.get(f"{path}.json").content), page.split("<main")[1]]

    before = told()
    service.refresh(db, dialogue.id)
    db.commit()

    assert told() == before


def test_a_hostile_title_is_text_on_the_page(client: TestClient, db: Session) -> None:
    """I8, I10: no markup and no link is made of it."""
    dialogue, _ = a_booked_day(db)
    dialogue.title = '<script>alert(1)</script> "https://evil.invalid" [a](https://evil.invalid)'
    service.refresh(db, dialogue.id)
    db.commit()

    page = client.get(f"/d/{dialogue.slug}/program.html").text

    found = [word in page for word in ("<script>alert", 'href="https://evil', "&lt;script&gt;alert")]
    assert found == [False, False, True]
