"""When a series of appointments takes place within a few days, at a price that is known before. Pure.

A rule of eighty letters can ask for more appointments than there are seconds in a life. So what finding them would
cost is reckoned first, in steps of some microseconds, and taken from what one calendar may cost altogether.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from dateutil import rrule

from app.kernel.refusals import Invalid

MOST_STEPS = 100_000
_MOST_TIMES = 48  # of one day in one rule
_MOST_LISTED = 366
_CYCLE = timedelta(days=146_097)  # 400 years, and whole weeks
_UNITS = {"YEARLY": 365.2425, "MONTHLY": 30.44, "WEEKLY": 7.0, "DAILY": 1.0, "HOURLY": 1 / 24}  # in days
_PRICES = {"YEARLY": 20, "MONTHLY": 4, "WEEKLY": 2, "DAILY": 1, "HOURLY": 1}
_LISTS = (*("BYSECOND", "BYMINUTE", "BYHOUR", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS"),)


class TooOften(Invalid):
    """A calendar holds appointments that repeat more often than is read."""


@dataclass(slots=True)
class Purse:
    """What one calendar may still cost, in steps."""

    steps: int = MOST_STEPS

    def spend(self, steps: float) -> None:
        """Take so many steps; raises TooOften when there are not as many left."""
        self.steps -= math.ceil(min(steps, MOST_STEPS + 1))
        if self.steps < 0:
            raise TooOften("The appointments in the calendar repeat more often than can be read.")


def starts_between(
    rule: str, start: datetime, first: datetime, last: datetime, until: datetime | None, purse: Purse
) -> list[datetime]:
    """The starts from `first` to `last` of what begins at `start` and repeats by `rule`; `start` itself is not added.

    All are by the clock on the wall; so is `until`, which the rule told in its own way. Raises TooOften, and
    ValueError for a rule that makes no sense.
    """
    parts = _parts(rule)
    if parts["FREQ"] in {"SECONDLY", "MINUTELY"}:
        raise TooOften("An appointment in the calendar repeats every minute or every second. That is not read.")
    last = min(last, until) if until else last
    if last < start or last < first:
        return []
    count, times = _count(parts), _times_a_day(parts)
    begins = start
    if count is None or count >= _most_before(parts, start, last) * times:
        count, begins = None, _nearer(parts, start, first)
    purse.spend(_price(parts, begins, last) * times)
    found = _followed(parts, begins, last)
    return [one for one in (found if count is None else islice(found, count)) if one >= first]


def _followed(parts: dict[str, str], begins: datetime, last: datetime) -> Iterator[datetime]:
    # The calendar is the same every 400 years, and the library looks until the year 9999 for what never comes: so it
    # is asked about the last of those cycles. What it stumbles over there makes no sense.
    later = _CYCLE * ((9999 - last.year) // 400)
    told = ";".join([*(f"{name}={value}" for name, value in parts.items()), f"UNTIL={last + later:%Y%m%dT%H%M%S}"])
    try:
        for found in rrule.rrulestr(told, dtstart=begins + later):
            yield found - later
    except (TypeError, IndexError, KeyError, AttributeError) as senseless:
        raise ValueError("a rule that the library cannot follow") from senseless


def _parts(rule: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in rule.upper().split(";") if part.strip())
    told = {name.strip(): value.strip() for name, _, value in pairs}
    kept = {name: told[name] for name in ("FREQ", "INTERVAL", "COUNT", "WKST", *_LISTS) if told.get(name)}
    if kept.get("FREQ") not in {*_UNITS, "MINUTELY", "SECONDLY"} or not 1 <= int(kept.get("INTERVAL", "1")) <= 10_000:
        raise ValueError("a rule without a frequency, or that stands still")
    if any(kept[name].count(",") >= _MOST_LISTED for name in _LISTS if name in kept):
        raise TooOften("The appointments in the calendar repeat more often than can be read.")
    return kept


def _count(parts: dict[str, str]) -> int | None:
    return max(int(parts.pop("COUNT")), 0) if "COUNT" in parts else None


def _times_a_day(parts: dict[str, str]) -> int:
    listed = (parts[name].count(",") + 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND") if name in parts)
    times = math.prod(listed)
    if times > _MOST_TIMES:
        raise TooOften("The appointments in the calendar repeat more often than can be read.")
    return times


def _interval(parts: dict[str, str]) -> float:
    return _UNITS[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))


def _most_before(parts: dict[str, str], start: datetime, last: datetime) -> float:
    days_in_each = max(_UNITS[parts["FREQ"]], 1)
    return ((last - start) / timedelta(days=_interval(parts)) + 1) * days_in_each


def _nearer(parts: dict[str, str], start: datetime, first: datetime) -> datetime:
    """A later start in step with the rule, well before `first`: what a rule has done for years need not be counted."""
    if parts["FREQ"] not in {"WEEKLY", "DAILY", "HOURLY"}:
        return start
    step = timedelta(days=7) if parts["FREQ"] == "WEEKLY" else timedelta(days=1)
    step *= int(parts.get("INTERVAL", "1"))
    return start + max((first - start) // step - 1, 0) * step


def _price(parts: dict[str, str], begins: datetime, last: datetime) -> float:
    steps = (last - begins) / timedelta(days=_interval(parts)) + 1
    chosen = parts.get("BYSETPOS", "")
    return steps * _PRICES[parts["FREQ"]] * (1 + (chosen.count(",") + 1 if chosen else 0))
