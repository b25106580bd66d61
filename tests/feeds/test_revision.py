"""A feed's entries follow what is so, whatever happens and whatever things are called."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dialogues.models import Dialogue
from app.feeds.contents import Entry, Shown, Whose
from app.feeds.models import FeedEvent, FeedKind
from app.feeds.revision import body, revise
from app.kernel import clock
from tests import calendar_rules
from tests.calendars import by_icalendar, by_vobject
from tests.hostile import NAMES

WHOSE = Whose(FeedKind.SUPPLIER, uuid4(), "Dosevakt AS", "nb")
DIALOGUE = Dialogue(id=uuid4(), title="Riktig medisin")
SINCE = datetime(2027, 3, 1, tzinfo=UTC)
MEETING = Shown(
    starts_at=datetime(2027, 4, 8, 11, 45, tzinfo=UTC),
    ends_at=datetime(2027, 4, 8, 12, 30, tzinfo=UTC),
    summary="En-til-en-møte",
    location="Bjørk, Gardermoen",
    description="Panel C",
    is_busy=True,
)
WHOLE_DAY = replace(MEETING, starts_at=date(2027, 4, 8), ends_at=date(2027, 4, 9), is_busy=False)


def _body(shown: Shown, name: str = "Dosevakt AS") -> bytes:
    rows = revise(WHOSE, DIALOGUE, [], [Entry(UUID(int=1), shown, SINCE)])
    return body(name, "nb", rows, "https://dialog.example/d/medisin")


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_a_hostile_name_changes_nothing_but_words(case: str, name: str) -> None:
    """I1, I2, I3, I4, I7: in every text of an entry and in the feed's own name."""
    hostile = _body(replace(MEETING, summary=name, location=name, description=name), name)

    assert calendar_rules.broken(hostile) == []
    assert _names(hostile) == _names(_body(MEETING))
    assert by_vobject(hostile) == by_icalendar(hostile)


def _names(rendered: bytes) -> list[str]:
    return [line.name for line in calendar_rules.written(rendered).lines]


@pytest.mark.parametrize("shown", [MEETING, WHOLE_DAY])
def test_an_entry_is_kept_whole(shown: Shown) -> None:
    assert Shown.from_json(shown.to_json()) == shown


STATES = st.none() | st.sampled_from(
    [
        MEETING,
        WHOLE_DAY,
        replace(MEETING, location="Furu, Gardermoen"),
        replace(MEETING, description="Panel D"),
        replace(MEETING, ends_at=MEETING.ends_at + timedelta(hours=1)),
    ]
)


@given(st.lists(STATES, max_size=12))
def test_a_feed_always_shows_what_is_so_and_its_sequence_never_goes_back(states: list[Shown | None]) -> None:
    """T10."""
    rows: list[FeedEvent] = []
    uid, before, sequence = uuid4(), None, 0
    for hour, state in enumerate(states):
        wanted = [Entry(uid, state, SINCE)] if state else []
        with clock.as_if(SINCE + timedelta(hours=hour)):
            rows = revise(WHOSE, DIALOGUE, rows, wanted)
            again = [(row.sequence, row.revised_at) for row in revise(WHOSE, DIALOGUE, rows, wanted)]

        assert [Shown.from_json(row.said) for row in rows if row.cancelled_at is None] == ([state] if state else [])
        assert again == [(row.sequence, row.revised_at) for row in rows]
        if rows:
            must_grow = before is not None and (state is None or state.when_and_where != before.when_and_where)
            assert rows[0].sequence >= sequence + must_grow
            sequence = rows[0].sequence
        before = state
