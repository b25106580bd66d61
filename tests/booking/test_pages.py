"""Booking for people, without JavaScript: look, hold, take, move, give back; nothing is seen of anybody else."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import icalendar
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.booking.models import DeskState
from app.booking.queries import desk_of
from app.dialogues import service as dialogues
from app.dialogues.models import BookingWay, Dialogue
from app.kernel import clock
from app.meetings.models import MeetingRequest
from app.meetings.queries import booking_of
from app.proposals import service as proposals
from tests.booking.factories import a_booking_day, supplier_of
from tests.meetings.factories import a_supplier
from tests.suppliers.factories import signed_in
from tests.suppliers.reading import structure, values


class Visitor:
    """A supplier in a browser without JavaScript."""

    def __init__(self, client: TestClient, db: Session, request: MeetingRequest) -> None:
        self.request, self.client = request, client
        signed_in(client, db, supplier_of(db, request))
        self.home = f"/s/{request.supplier_id}/booking"
        db.commit()

    def look(self, language: str = "nb") -> str:
        """The page with the times."""
        answer = self.client.get(f"{self.home}?lang={language}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def times(self) -> list[str]:
        """The times that the page offers."""
        return [value for value in values(self.look(), "value", ["input"]) if "T" in value]

    def post(self, what: str, **fields: str) -> tuple[int, str]:
        """What comes of a form: its status, and where it leads or what it shows."""
        answer = self.client.post(f"{self.home}/{what}", data={"meeting": str(self.request.id), **fields})
        return answer.status_code, answer.headers.get("location", answer.text)


@pytest.fixture
def day(db: Session) -> tuple[Dialogue, list[MeetingRequest]]:
    return a_booking_day(db)


def test_a_supplier_looks_holds_takes_and_gives_back(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    visitor = Visitor(client, db, day[1][0])
    chosen = visitor.times()[-1]

    status, led_to = visitor.post("hold", starts_at=chosen)
    assert (status, led_to.partition("?")[0]) == (303, f"{visitor.home}/confirm")
    assert chosen in client.get(led_to).text
    assert visitor.post("take", starts_at=chosen) == (303, visitor.home)

    page = visitor.look()
    assert "Møtet deres har fått tid" in page
    assert visitor.post("give-back") == (303, visitor.home)
    assert "Velg tid for møtet deres" in visitor.look()
    db.expire_all()
    assert booking_of(db, visitor.request.id) is None


def test_whoever_loses_the_race_sees_what_is_left_in_the_same_answer(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    first, second = day[1][0], day[1][2]
    loser = Visitor(client, db, second)
    chosen = loser.times()[-1]
    winner = Visitor(client, db, first)
    winner.post("take", starts_at=chosen)

    status, shown = Visitor(client, db, second).post("hold", starts_at=chosen)

    offered = [value for value in values(shown, "value", ["input"]) if "T" in value]
    assert (status, chosen in offered, bool(offered)) == (409, False, True)
    assert "Den tiden er nettopp tatt" in shown


def test_a_page_tells_nothing_of_other_suppliers(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    """Z6: neither name nor id nor number nor reason; what is taken is simply not there."""
    mine, rival = day[1][0], day[1][2]
    Visitor(client, db, rival).post("take", starts_at=Visitor(client, db, rival).times()[0])
    other = supplier_of(db, rival)

    page = Visitor(client, db, mine).look()

    for secret in (other.name, other.handle, str(other.id), str(rival.id), other.organisation_number or "-"):
        assert secret not in page


def test_the_calendar_file_is_the_suppliers_own_meeting(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    """Z7: nobody else is named in it."""
    visitor = Visitor(client, db, day[1][0])
    visitor.post("take", starts_at=visitor.times()[0])

    answer = client.get(f"{visitor.home}/meeting-{visitor.request.id}.ics")

    (event,) = icalendar.Calendar.from_ical(answer.content).events
    booking = booking_of(db, visitor.request.id)
    assert booking is not None
    assert (str(event.uid), event.start, event.attendees) == (str(visitor.request.id), booking.starts_at, [])
    assert answer.headers["content-disposition"] == 'attachment; filename="meeting.ics"'


@pytest.mark.parametrize("what", ["hold", "take", "give-back"])
def test_no_supplier_reaches_the_meeting_of_another(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]], what: str
) -> None:
    """Z3: the same as a meeting that is not there."""
    visitor, rival = Visitor(client, db, day[1][0]), day[1][2]
    start = visitor.times()[0]

    own = client.post(f"{visitor.home}/{what}", data={"meeting": str(rival.id), "starts_at": start})
    absent = client.post(f"{visitor.home}/{what}", data={"meeting": str(day[0].id), "starts_at": start})

    assert (own.status_code, own.text) == (404, absent.text)
    assert client.get(f"{visitor.home}/meeting-{rival.id}.ics").status_code == 404


@pytest.mark.parametrize("starts_at", ["", "tomorrow", "2099-04-08T10:00", "0001-01-01T00:00:00+00:00", "9" * 400])
def test_what_is_no_time_is_refused_in_a_sentence(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]], starts_at: str
) -> None:
    """I23."""
    status, shown = Visitor(client, db, day[1][0]).post("hold", starts_at=starts_at)

    assert status == 409
    assert "Velg en av tidene." in shown


def test_before_booking_opens_all_learn_the_moment_and_no_time(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    day[0].booking_opens_at = clock.now() + timedelta(days=1)
    visitor = Visitor(client, db, day[1][0])

    assert visitor.times() == []
    assert "Alle leverandører kan velge fra" in visitor.look()
    assert visitor.post("take", starts_at="2099-04-08T10:00:00+02:00")[0] == 409


def test_without_a_proposal_the_way_there_is_shown(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    proposals.ask(db, day[0], 1, "Hva tilbyr dere?")
    visitor = Visitor(client, db, day[1][0])

    assert visitor.times() == []
    assert "Send inn løsningsforslaget først" in visitor.look()


def test_after_a_change_whoever_looks_again_has_the_times_given_out_anew(
    client: TestClient,
    db: Session,
    day: tuple[Dialogue, list[MeetingRequest]],
    running_engine: None,
    wait_until: Callable[..., Any],
) -> None:
    visitor = Visitor(client, db, day[1][0])
    dialogues.facts_changed(db, day[0].id)
    db.commit()

    assert (visitor.times(), "Dagen blir gått gjennom etter en endring" in visitor.look()) == ([], True)
    assert visitor.post("look-again") == (303, visitor.home)
    assert len(wait_until(visitor.times)) > 1


def test_a_company_that_comes_while_times_are_given_out_is_shown_times(
    client: TestClient,
    db: Session,
    day: tuple[Dialogue, list[MeetingRequest]],
    running_engine: None,
    wait_until: Callable[..., Any],
) -> None:
    address = f"{signed_in(client, db, a_supplier(db, day[0], 90))}/booking"

    shown = wait_until(
        lambda: [value for value in values(client.get(address).text, "value", ["input"]) if "T" in value]
    )

    assert len(shown) > 1


def test_where_the_day_cannot_be_laid_the_page_says_whom_to_write_to(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    desk = desk_of(db, day[0].id)
    assert desk is not None
    desk.state = DeskState.FAILED

    page = Visitor(client, db, day[1][0]).look()

    assert "Slik det er nå, kan ingen tider deles ut" in page
    assert "look-again" not in page


def test_where_wishes_come_first_the_page_leads_to_the_meeting(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    day[0].booking = BookingWay.WISHES_THEN_PLAN
    visitor = Visitor(client, db, day[1][0])

    answer = client.get(visitor.home)

    assert (answer.status_code, answer.headers["location"]) == (303, f"/s/{visitor.request.supplier_id}/meeting")


@pytest.mark.parametrize(("language", "words"), [("nb", "Velg tid"), ("nn", "Vel tid"), ("en", "Choose the time")])
def test_the_page_speaks_three_languages(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]], language: str, words: str
) -> None:
    assert re.search(f"<h1[^>]*>{words}", Visitor(client, db, day[1][0]).look(language))


def test_a_hostile_panel_name_changes_nothing_of_the_page(
    client: TestClient, db: Session, day: tuple[Dialogue, list[MeetingRequest]]
) -> None:
    """I10, I11."""
    visitor = Visitor(client, db, day[1][0])
    before = structure(visitor.look())
    day[0].title = '"><script>alert(1)</script>{{7*7}}{0.__class__}%s'
    db.commit()

    assert structure(visitor.look()) == before
