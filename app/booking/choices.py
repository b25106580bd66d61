"""The times that can be had, as a person chooses among them: by the hour, each with what it means for the day. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.booking.schemas import Opening
from app.kernel import clock
from app.planning.own_day import Entry

QUARTER = 15


@dataclass(frozen=True, slots=True)
class Choice:
    """A time that can be had; `wait` is the minutes since what the supplier comes to before, if there is any."""

    starts_at: datetime
    ends_at: datetime
    wait: int | None

    @property
    def value(self) -> str:
        """The time as a form sends it."""
        return self.starts_at.isoformat()


@dataclass(frozen=True, slots=True)
class Hour:
    """The times that begin within one hour of the day: those at its quarters, and `more` between them.

    Where none is at a quarter, all are shown alike.
    """

    starts_at: datetime
    choices: Sequence[Choice]
    more: Sequence[Choice] = ()


def by_hour(openings: Iterable[Opening], entries: Sequence[Entry]) -> list[Hour]:
    """The times in order, those of each hour together; the supplier's own meeting counts for no wait."""
    ends = sorted(entry.ends_at for entry in entries if entry.appointment is not None and entry.appointment.title)
    choices = [Choice(one.starts_at, one.ends_at, _wait(one, ends)) for one in openings]
    grouped = groupby(choices, key=lambda choice: choice.starts_at.astimezone(clock.OSLO).replace(minute=0))
    return [_hour(hour, list(some)) for hour, some in grouped]


def _hour(starts_at: datetime, choices: Sequence[Choice]) -> Hour:
    at_quarters = [one for one in choices if one.starts_at.minute % QUARTER == 0]
    if not at_quarters:
        return Hour(starts_at, choices)
    return Hour(starts_at, at_quarters, [one for one in choices if one not in at_quarters])


def _wait(opening: Opening, ends: Sequence[datetime]) -> int | None:
    before = [end for end in ends if end <= opening.starts_at]
    return int((opening.starts_at - before[-1]).total_seconds()) // 60 if before else None
