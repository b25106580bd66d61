"""One supplier's or one person's own day, and the programme that everybody may see. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.days.models import Person
from app.days.models import Session as DaySession
from app.kernel import clock
from app.meetings.queries import Appointment, AppointmentKind
from app.suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece of somebody's day: an appointment, or the time between two when `appointment` is None."""

    starts_at: datetime
    ends_at: datetime
    appointment: Appointment | None

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


def of_supplier(appointments: Iterable[Appointment], supplier: Supplier) -> list[Entry]:
    """The supplier's day in the order of time, with its waits."""
    return list(_with_gaps(one for one in appointments if any(who.id == supplier.id for who in one.suppliers)))


def of_person(appointments: Iterable[Appointment], person: Person) -> list[Entry]:
    """The person's day in the order of time, with the time between."""
    return list(_with_gaps(one for one in appointments if any(who.id == person.id for who in one.people)))


def meetings_in(entries: Iterable[Entry]) -> list[Appointment]:
    """The one-to-one meetings of a day."""
    attended = (entry.appointment for entry in entries)
    return [one for one in attended if one is not None and one.kind is AppointmentKind.MEETING]


def _with_gaps(mine: Iterable[Appointment]) -> Iterator[Entry]:
    until: datetime | None = None
    for one in mine:
        if until is not None and one.starts_at > until:
            yield Entry(until, one.starts_at, None)
        yield Entry(one.starts_at, one.ends_at, one)
        until = one.ends_at if until is None else max(until, one.ends_at)


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the programme: `hours` once it has its time; until then, the windows in which it may be."""

    title: str
    minutes: int
    hours: tuple[datetime, datetime] | None
    room: str
    windows: tuple[tuple[datetime, datetime], ...]


def programme(sessions: Iterable[DaySession], appointments: Iterable[Appointment], held_on: date) -> list[Item]:
    """The parts of the day that are for many at once, in the order of time; those without a time come last."""
    timed = {one.uid: one for one in appointments if one.kind is not AppointmentKind.MEETING}
    items = [_item(session, timed.get(session.id), held_on) for session in sessions]
    return sorted(items, key=_order)


def _item(session: DaySession, timed: Appointment | None, held_on: date) -> Item:
    return Item(
        title=session.title,
        minutes=session.minutes,
        hours=(timed.starts_at, timed.ends_at) if timed else None,
        room=timed.room.name if timed and timed.room else "",
        windows=_windows(session.windows, held_on),
    )


def _windows(windows: Sequence[tuple[int, int]], held_on: date) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((clock.wall(held_on, start), clock.wall(held_on, end)) for start, end in sorted(windows))


def _order(item: Item) -> tuple[bool, datetime, str]:
    latest = datetime.max.replace(tzinfo=clock.OSLO)
    first = item.hours[0] if item.hours else min((start for start, _ in item.windows), default=latest)
    return item.hours is None, first, item.title
