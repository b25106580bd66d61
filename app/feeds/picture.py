"""The days of a feed for those who read them on a page: what stands in a list, and a picture of it. Pure geometry."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from app.feeds.contents import Shown
from app.feeds.models import FeedEvent
from app.kernel import clock

MINUTE = 0.8  # units of height
MARGIN = 12.0
AXIS = 62.0  # where the blocks begin
WIDTH, NARROWEST = 222.0, 130.0  # of all blocks beside each other (which a telephone shows whole), and of one of them


@dataclass(frozen=True, slots=True)
class Line:
    """An entry as it stands in the list of its day."""

    shown: Shown
    is_cancelled: bool

    @property
    def is_timed(self) -> bool:
        """Whether it is at two moments, and not on whole days."""
        return isinstance(self.shown.starts_at, datetime)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the picture, in units of it; what takes place at the same time stands beside it."""

    shown: Shown
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn of one day; hours as moments with their heights."""

    width: float
    height: float
    blocks: list[Block]
    hours: list[tuple[datetime, float]]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a feed; without a picture where nobody has to be anywhere."""

    date: date
    lines: list[Line]
    picture: Picture | None


def days(rows: Iterable[FeedEvent]) -> list[Day]:
    """The days of a feed in order, each with its entries by their start."""
    lines = [Line(Shown.from_json(row.said), row.cancelled_at is not None) for row in rows]
    lines.sort(key=lambda line: (_date(line), line.is_timed, line.shown.starts_at.isoformat()))
    return [Day(day, those := list(found), _drawn(those)) for day, found in groupby(lines, _date)]


def _date(line: Line) -> date:
    starts_at = line.shown.starts_at
    return starts_at.astimezone(clock.OSLO).date() if isinstance(starts_at, datetime) else starts_at


def _drawn(lines: list[Line]) -> Picture | None:
    timed = [
        (line.shown, line.shown.starts_at, line.shown.ends_at)
        for line in lines
        if isinstance(line.shown.starts_at, datetime) and isinstance(line.shown.ends_at, datetime)
        if line.shown.is_busy and not line.is_cancelled
    ]
    if not timed:
        return None
    opens = _whole_hour(min(start for _, start, _ in timed))
    closes = max(end for *_, end in timed)
    lanes = _lanes([(start, end) for _, start, end in timed])
    width = max(WIDTH / (max(lanes) + 1), NARROWEST)
    blocks = [
        Block(shown, AXIS + lane * width, _top(opens, start), width - 4, _top(opens, end) - _top(opens, start) - 1)
        for (shown, start, end), lane in zip(timed, lanes, strict=True)
    ]
    hours = [opens + hour * timedelta(hours=1) for hour in range(24) if opens + hour * timedelta(hours=1) <= closes]
    placed = [(hour, _top(opens, hour)) for hour in hours]
    return Picture(AXIS + (max(lanes) + 1) * width, _top(opens, closes) + MARGIN, blocks, placed)


def _lanes(periods: list[tuple[datetime, datetime]]) -> list[int]:
    """For each period, in order of their starts, the leftmost place beside those that are still running."""
    ends: list[datetime] = []
    chosen = []
    for start, end in periods:
        lane = next((lane for lane, taken in enumerate(ends) if taken <= start), len(ends))
        ends[lane : lane + 1] = [end]
        chosen.append(lane)
    return chosen


def _whole_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)


def _top(opens: datetime, moment: datetime) -> float:
    return round(MARGIN + (moment - opens).total_seconds() / 60 * MINUTE, 1)
