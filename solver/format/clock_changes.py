"""The times of a date that do not exist, or come twice, because the clock is changed; a day holds none of them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from solver.format.json_text import refuse
from solver.problem import Day
from solver.times import DAY_MINUTES, clock


def refuse_change_of_the_clock(day: Day) -> None:
    """Refuse a day in which the clock is changed while it is open, or as it opens or closes."""
    midnight = datetime(day.date.year, day.date.month, day.date.day, tzinfo=ZoneInfo(day.timezone))
    if not _is_changed(midnight):
        return
    changed = [minute for minute in range(DAY_MINUTES) if _is_odd(midnight + timedelta(minutes=minute))]
    if any(day.opens <= minute <= day.closes for minute in changed):
        first, last = clock(changed[0]), clock(changed[-1] + 1)
        refuse(f"the clock changes between {first} and {last}; the day must open later or close earlier")


def _is_changed(midnight: datetime) -> bool:
    last = midnight + timedelta(minutes=DAY_MINUTES - 1)
    return midnight.replace(fold=0).utcoffset() != last.replace(fold=1).utcoffset()


def _is_odd(moment: datetime) -> bool:
    # Two readings of a time differ just when it does not exist, or comes twice.
    return moment.replace(fold=0).utcoffset() != moment.replace(fold=1).utcoffset()
