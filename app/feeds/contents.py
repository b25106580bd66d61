"""What a feed shows to whoever holds its address: of the day, and of nobody whom that is not for. Pure."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from app.dialogues.models import Dialogue
from app.feeds.models import FeedKind
from app.kernel import clock
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.meetings.queries import Appointment, AppointmentKind

NOTICE = timedelta(minutes=30)  # a deadline is shown as the half hour that ends with it


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of a feed, at two moments in UTC or on whole days."""

    starts_at: datetime | date
    ends_at: datetime | date
    summary: str
    location: str
    description: str
    is_busy: bool

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Shown":
        """An entry, from the way it is kept in a table."""
        times = {name: _time(kept[name]) for name in ("starts_at", "ends_at")}
        return cls(**{**kept, **times})

    def to_json(self) -> dict[str, Any]:
        """An entry, in the way it is kept in a table."""
        return {**asdict(self), "starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}

    @property
    def when_and_where(self) -> tuple[datetime | date, datetime | date, str]:
        """What a reader plans by."""
        return self.starts_at, self.ends_at, self.location

    def is_past_at(self, moment: datetime) -> bool:
        """Whether it is over by then."""
        if isinstance(self.ends_at, datetime):
            return self.ends_at <= moment
        return self.ends_at <= moment.astimezone(clock.OSLO).date()


def _time(text: str) -> datetime | date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


class Entry(NamedTuple):
    """What a feed is to show under a UID, and since when that is so."""

    uid: UUID
    shown: Shown
    since: datetime


class Whose(NamedTuple):
    """Whose feed it is: its kind, and the id and name of what it is about."""

    kind: FeedKind
    about: UUID
    name: str
    language: Language


def entries(whose: Whose, dialogue: Dialogue, appointments: list[Appointment]) -> list[Entry]:
    """All that a feed is to show: dates of the dialogue, then what takes place, in the order it is given in."""
    shown = [entry for appointment in appointments for entry in _appointment(whose, dialogue, appointment)]
    return [*_dates(whose, dialogue), *shown]


def _dates(whose: Whose, dialogue: Dialogue) -> Iterator[Entry]:
    if whose.kind is FeedKind.ROOM:
        return
    yield _whole_day(dialogue, "day", dialogue.held_on, dialogue.title, dialogue.place)
    if whose.kind in (FeedKind.PUBLIC, FeedKind.SUPPLIER, FeedKind.ORGANISER):
        title, language = dialogue.title, whose.language
        closes = translate(language, "Registration closes – {title}", title=title)
        due = translate(language, "Solution proposals are due – {title}", title=title)
        told = translate(language, "The times of the day are told – {title}", title=title)
        yield _deadline(dialogue, "registration closes", dialogue.registration_closes_at, closes)
        yield _deadline(dialogue, "proposals due", dialogue.proposals_due_at, due)
        yield _deadline(dialogue, "plan told", dialogue.plan_told_at, told)
        summary = translate(language, "The summary is published – {title}", title=title)
        yield _whole_day(dialogue, "summary due", dialogue.summary_due_on, summary, "")


def _whole_day(dialogue: Dialogue, what: str, day: date, summary: str, location: str) -> Entry:
    shown = Shown(day, day + timedelta(days=1), summary, location, "", is_busy=False)
    return Entry(uuid5(dialogue.id, what), shown, dialogue.created_at)


def _deadline(dialogue: Dialogue, what: str, moment: datetime, summary: str) -> Entry:
    shown = Shown(moment - NOTICE, moment, summary, "", "", is_busy=False)
    return Entry(uuid5(dialogue.id, what), shown, dialogue.created_at)


def _appointment(whose: Whose, dialogue: Dialogue, appointment: Appointment) -> Iterator[Entry]:
    if not _is_for(whose, appointment):
        return
    room = appointment.room.name if appointment.room else ""
    shown = Shown(
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        summary=_summary(whose, dialogue, appointment),
        location=", ".join(part for part in (room, dialogue.place) if part),
        description=_description(whose, dialogue, appointment),
        is_busy=True,
    )
    yield Entry(appointment.uid, shown, appointment.changed_at)


def _is_for(whose: Whose, appointment: Appointment) -> bool:
    if whose.kind is FeedKind.ORGANISER:
        return True
    if whose.kind is FeedKind.PUBLIC:
        return appointment.kind is not AppointmentKind.MEETING and bool(appointment.suppliers)
    those = {
        FeedKind.SUPPLIER: appointment.suppliers,
        FeedKind.PANEL: appointment.panels,
        FeedKind.PERSON: appointment.people,
        FeedKind.ROOM: (appointment.room,) if appointment.room else (),
    }[whose.kind]
    return any(one.id == whose.about for one in those)


def _summary(whose: Whose, dialogue: Dialogue, appointment: Appointment) -> str:
    if appointment.kind is not AppointmentKind.MEETING:
        return f"{appointment.title} – {dialogue.title}"
    if whose.kind is FeedKind.ORGANISER:
        return f"{appointment.suppliers[0].name} – {appointment.panels[0].name}"
    if whose.kind in (FeedKind.PANEL, FeedKind.PERSON):
        return translate(whose.language, "One-to-one meeting with {supplier}", supplier=appointment.suppliers[0].name)
    # A screen at the door of a room is read by everybody: it names no supplier.
    return translate(whose.language, "One-to-one meeting – {title}", title=dialogue.title)


def _description(whose: Whose, dialogue: Dialogue, appointment: Appointment) -> str:
    if whose.kind in (FeedKind.PUBLIC, FeedKind.ROOM) or appointment.kind is not AppointmentKind.MEETING:
        return ""
    people = ", ".join(person.name for person in appointment.people)
    return f"{dialogue.title}\n{appointment.panels[0].name}: {people}"
