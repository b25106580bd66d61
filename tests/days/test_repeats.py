"""The short way to what repeats leads to the same as the long one: every start, counted from the first."""

from datetime import datetime, timedelta

from dateutil import rrule
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.days.repeats import MOST_STEPS, Purse, starts_between

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
FIRST = datetime(2027, 4, 7)  # noqa: DTZ001 by the clock on the wall
LAST = FIRST + timedelta(days=3)


def _listed(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    some = st.lists(values, min_size=1, max_size=3, unique=True)
    return st.one_of(st.just(""), some.map(lambda each: f";{name}={','.join(map(str, each))}"))


RULES = st.builds(
    "FREQ={}{}{}{}{}{}{}{}".format,
    st.sampled_from(["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]),
    st.one_of(st.just(""), st.integers(1, 13).map(";INTERVAL={}".format)),
    st.one_of(st.just(""), st.integers(1, 2000).map(";COUNT={}".format)),
    _listed("BYDAY", st.sampled_from(DAYS)),
    _listed("BYMONTH", st.integers(1, 12)),
    _listed("BYMONTHDAY", st.integers(1, 28)),
    _listed("BYHOUR", st.integers(0, 23)),
    st.sampled_from(["", ";WKST=SU", ";WKST=MO"]),
)
STARTS = st.datetimes(datetime(2023, 1, 1), datetime(2027, 4, 12)).map(lambda one: one.replace(second=0, microsecond=0))  # noqa: DTZ001 as above


@settings(max_examples=300, deadline=None)
@given(rule=RULES, start=STARTS)
def test_what_repeats_is_found_as_if_all_of_it_were_followed(rule: str, start: datetime) -> None:
    # These take the long way some seconds, since it has no end.
    assume(not rule.startswith("FREQ=HOURLY") or ("BYMONTH" not in rule and "COUNT" not in rule))
    ends = "" if "COUNT" in rule else f";UNTIL={LAST:%Y%m%dT%H%M%S}"
    everything = rrule.rrulestr(rule + ends, dtstart=start)

    found = starts_between(rule, start, FIRST, LAST, None, Purse())

    assert found == everything.between(FIRST, LAST, inc=True)


@given(start=STARTS, until=st.datetimes(datetime(2027, 4, 1), datetime(2027, 4, 12)))  # noqa: DTZ001 as above
def test_nothing_is_found_after_a_rule_has_ended(start: datetime, until: datetime) -> None:
    found = starts_between("FREQ=DAILY", start, FIRST, LAST, until, Purse())

    assert found == [one for one in starts_between("FREQ=DAILY", start, FIRST, LAST, None, Purse()) if one <= until]


def test_what_was_found_is_paid_for() -> None:
    purse = Purse()

    starts_between("FREQ=WEEKLY", datetime(2020, 1, 1), FIRST, LAST, None, purse)  # noqa: DTZ001 as above
    after_a_short_way = purse.steps
    starts_between("FREQ=WEEKLY;COUNT=300", datetime(2020, 1, 1), FIRST, LAST, None, purse)  # noqa: DTZ001 as above

    assert MOST_STEPS - 20 < after_a_short_way < MOST_STEPS
    assert purse.steps < after_a_short_way - 300
