"""Which letter is due: a calendar that follows the letters always shows what is so, and hears nothing needless."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.invitations.difference import Audience, Change, Kind, Last, Said, change_between
from app.kernel.ical import Method

MEETING = Said(
    audience=Audience.SUPPLIER,
    name="Silje Arnesen",
    address="silje@dosevakt.example",
    language="nb",
    title="",
    supplier="Dosevakt AS",
    supplier_id=str(uuid4()),
    panel="Panel C",
    people=("Kari Steinsvik (Steinvåg)",),
    starts_at=datetime(2027, 4, 8, 11, 45, tzinfo=UTC),
    ends_at=datetime(2027, 4, 8, 12, 30, tzinfo=UTC),
    room="Bjørk",
    place="Gardermoen",
)
LATER = replace(MEETING, starts_at=MEETING.ends_at, ends_at=MEETING.ends_at + timedelta(minutes=45))
TOLD = Last(MEETING, 3, is_cancelled=False)
TAKEN_BACK = Last(MEETING, 4, is_cancelled=True)


def test_what_nobody_has_been_told_is_an_invitation() -> None:
    assert change_between(None, MEETING) == Change(Kind.INVITED, MEETING, None, 0)


def test_what_is_as_it_was_told_needs_no_letter() -> None:
    assert (change_between(TOLD, MEETING), change_between(TAKEN_BACK, None), change_between(None, None)) == (
        None,
        None,
        None,
    )


def test_another_way_to_address_somebody_needs_no_letter() -> None:
    assert change_between(TOLD, replace(MEETING, name="Silje A.", language="nn")) is None


def test_another_time_has_a_higher_sequence() -> None:
    assert change_between(TOLD, LATER) == Change(Kind.MOVED, LATER, MEETING, 4)


@pytest.mark.parametrize("there", [replace(MEETING, room="Furu"), replace(MEETING, place="Skien")])
def test_another_room_or_place_has_a_higher_sequence(there: Said) -> None:
    assert change_between(TOLD, there) == Change(Kind.MOVED, there, MEETING, 4)


def test_other_people_to_meet_are_told_with_the_same_sequence() -> None:
    others = replace(MEETING, people=("Ole Haugen (Myrland)",))

    assert change_between(TOLD, others) == Change(Kind.CORRECTED, others, MEETING, 3)


def test_what_is_no_more_is_taken_back_with_a_higher_sequence() -> None:
    assert change_between(TOLD, None) == Change(Kind.CANCELLED, MEETING, MEETING, 4)


def test_after_it_was_taken_back_an_invitation_has_a_higher_sequence_still() -> None:
    assert change_between(TAKEN_BACK, MEETING) == Change(Kind.INVITED, MEETING, None, 5)


def test_what_is_said_is_kept_whole() -> None:
    assert Said.from_json(MEETING.to_json()) == MEETING


PLANS = st.none() | st.builds(
    lambda hour, room, people: replace(
        MEETING,
        starts_at=MEETING.starts_at + timedelta(hours=hour),
        ends_at=MEETING.ends_at + timedelta(hours=hour),
        room=room,
        people=people,
    ),
    st.integers(0, 2),
    st.sampled_from(["Bjørk", "Furu"]),
    st.sampled_from([(), ("Kari Steinsvik (Steinvåg)",)]),
)


@given(st.lists(PLANS, max_size=12))
def test_a_calendar_that_follows_the_letters_shows_what_is_so(plans: list[Said | None]) -> None:
    last: Last | None = None
    shown: Said | None = None
    sequence, letters = -1, 0
    for plan in plans:
        while change := change_between(last, plan):
            # As RFC 5546 2.1.5 has it: what has a lower sequence than what is shown is thrown away.
            assert change.sequence >= max(sequence, 0)
            assert change.sequence > sequence or change.kind is Kind.CORRECTED
            shown = None if change.method is Method.CANCEL else change.said
            sequence, letters = change.sequence, letters + 1
            last = Last(change.said, sequence, is_cancelled=change.kind is Kind.CANCELLED)

        assert shown == plan

    moves = sum(one != other for one, other in zip([None, *plans], plans, strict=False))
    assert letters == moves
