"""The zone that stands in every calendar, held against what the world knows of the clocks in Norway."""

from datetime import datetime, timedelta
from io import StringIO
from itertools import pairwise
from typing import Any

import pytest
from dateutil.tz import tzical
from icalendar import Timezone

from app.kernel.clock import OSLO
from app.kernel.ical import ZONE

CHANGES = {"DAYLIGHT": datetime(1981, 3, 29, 2), "STANDARD": datetime(1996, 10, 27, 3)}  # noqa: DTZ001 wall times
HALF_DAYS = [datetime(2024, 1, 1, 6) + number * timedelta(hours=12) for number in range(2 * 365 * 12)]  # noqa: DTZ001


def test_the_zone_gives_the_offset_of_oslo_at_every_time_that_is_used() -> None:
    """Z03: for twelve years, both before and after noon, by two programs that read nothing but these lines."""
    by_dateutil = tzical(StringIO(ZONE.replace("X-LIC-LOCATION:Europe/Oslo\n", ""))).get("Europe/Oslo")
    declared: Any = Timezone.from_ical(ZONE)
    by_icalendar = declared.to_tz(lookup_tzid=False)

    true = [moment.replace(tzinfo=OSLO).utcoffset() for moment in HALF_DAYS]
    assert [moment.replace(tzinfo=by_dateutil).utcoffset() for moment in HALF_DAYS] == true
    assert [moment.replace(tzinfo=by_icalendar).utcoffset() for moment in HALF_DAYS] == true
    assert sum(one != other for one, other in pairwise(true)) == 24  # the control: the clocks did change


@pytest.mark.parametrize("kind", CHANGES)
def test_each_half_of_the_year_begins_when_the_clocks_were_changed(kind: str) -> None:
    """Z02, Z06: told by the clock as it stood before, and from one offset to the other."""
    half: Any = next(part for part in Timezone.from_ical(ZONE).subcomponents if part.name == kind)
    onset, before, after = (half[name] for name in ("DTSTART", "TZOFFSETFROM", "TZOFFSETTO"))

    moment = CHANGES[kind].replace(tzinfo=OSLO, fold=0) - timedelta(minutes=1)
    later = CHANGES[kind].replace(tzinfo=OSLO, fold=1) + timedelta(hours=1)
    assert onset.dt == CHANGES[kind]
    assert (before.td, after.td) == (moment.utcoffset(), later.utcoffset())
