"""A supplier's own day as a picture: what it comes to, its waits, and when its meeting can be. Pure geometry."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.booking.schemas import Opening
from app.kernel import clock
from app.meetings.queries import AppointmentKind
from app.planning.own_day import Entry

MINUTE = 0.8  # units of height
MARGIN = 12.0


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the day: `kind` is session, break, meeting, held or wait; heights in units of the picture."""

    kind: str
    title: str
    room: str
    starts_at: datetime
    ends_at: datetime
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A whole hour on the axis, or a start that can be had."""

    at: datetime
    top: float


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn, `height` units high."""

    height: float
    blocks: Sequence[Block]
    hours: Sequence[Tick]
    openings: Sequence[Tick]


def draw(
    opens: datetime,
    closes: datetime,
    entries: Iterable[Entry],
    openings: Iterable[Opening],
    held: Opening | None = None,
) -> Picture:
    """The day from its opening to its close; `held` is the time that is being decided on."""
    blocks = [_block(opens, entry) for entry in entries]
    if held is not None:
        blocks.append(
            Block("held", "", "", held.starts_at, held.ends_at, *_placed(opens, held.starts_at, held.ends_at))
        )
    return Picture(
        height=_top(opens, closes) + MARGIN,
        blocks=blocks,
        hours=[Tick(moment, _top(opens, moment)) for moment in _hours(opens, closes)],
        openings=[Tick(one.starts_at, _top(opens, one.starts_at)) for one in openings],
    )


def _block(opens: datetime, entry: Entry) -> Block:
    one, placed = entry.appointment, _placed(opens, entry.starts_at, entry.ends_at)
    if one is None:
        return Block("wait", "", "", entry.starts_at, entry.ends_at, *placed)
    kind = {AppointmentKind.MEETING: "meeting", AppointmentKind.BREAK: "break"}.get(one.kind, "session")
    return Block(kind, one.title, one.room.name if one.room else "", entry.starts_at, entry.ends_at, *placed)


def _placed(opens: datetime, start: datetime, end: datetime) -> tuple[float, float]:
    return _top(opens, start), (end - start).total_seconds() / 60 * MINUTE


def _top(opens: datetime, moment: datetime) -> float:
    return MARGIN + (moment - opens).total_seconds() / 60 * MINUTE


def _hours(opens: datetime, closes: datetime) -> Iterator[datetime]:
    day = opens.astimezone(clock.OSLO).date()
    for hour in range(24):
        moment = clock.wall(day, hour * 60)
        if opens <= moment <= closes:
            yield moment
