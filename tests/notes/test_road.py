"""The road of dates follows the clock."""

from datetime import date, datetime, timedelta

import pytest

from app.dialogues.models import Dialogue
from app.kernel.clock import OSLO
from app.notes.road import Stage, State, Stop, road

DIALOGUE = Dialogue(
    announced_at=datetime(2027, 3, 12, 8, tzinfo=OSLO),
    registration_closes_at=datetime(2027, 4, 1, 15, tzinfo=OSLO),
    proposals_due_at=datetime(2027, 4, 2, 15, tzinfo=OSLO),
    plan_told_at=datetime(2027, 4, 5, 12, tzinfo=OSLO),
    held_on=date(2027, 4, 8),
    summary_due_on=date(2027, 6, 15),
)
A_SECOND = timedelta(seconds=1)


def test_the_stops_stand_in_their_order_with_their_dates() -> None:
    assert road(DIALOGUE, datetime(2027, 3, 20, tzinfo=OSLO)) == [
        Stop(Stage.ANNOUNCED, DIALOGUE.announced_at, State.DONE),
        Stop(Stage.REGISTRATION, DIALOGUE.registration_closes_at, State.NOW),
        Stop(Stage.PROPOSALS, DIALOGUE.proposals_due_at, State.NEXT),
        Stop(Stage.TIMES, DIALOGUE.plan_told_at, State.NEXT),
        Stop(Stage.DAY, DIALOGUE.held_on, State.NEXT),
        Stop(Stage.SUMMARY, DIALOGUE.summary_due_on, State.NEXT),
    ]


@pytest.mark.parametrize(
    ("moment", "stage"),
    [
        (datetime(2027, 1, 1, tzinfo=OSLO), Stage.ANNOUNCED),
        (DIALOGUE.announced_at - A_SECOND, Stage.ANNOUNCED),
        (DIALOGUE.announced_at, Stage.REGISTRATION),
        (DIALOGUE.registration_closes_at, Stage.PROPOSALS),
        (DIALOGUE.proposals_due_at, Stage.TIMES),
        (DIALOGUE.plan_told_at, Stage.DAY),
        (datetime(2027, 4, 8, 23, 59, 59, tzinfo=OSLO), Stage.DAY),
        (datetime(2027, 4, 9, tzinfo=OSLO), Stage.SUMMARY),
        (datetime(2027, 6, 15, 23, 59, 59, tzinfo=OSLO), Stage.SUMMARY),
    ],
)
def test_the_first_stop_that_is_not_over_is_the_present_one(moment: datetime, stage: Stage) -> None:
    stops = road(DIALOGUE, moment)

    now = [stop.stage for stop in stops].index(stage)
    assert [stop.state for stop in stops] == [State.DONE] * now + [State.NOW] + [State.NEXT] * (5 - now)


def test_at_the_end_of_the_road_all_is_done() -> None:
    assert {stop.state for stop in road(DIALOGUE, datetime(2027, 6, 16, tzinfo=OSLO))} == {State.DONE}
