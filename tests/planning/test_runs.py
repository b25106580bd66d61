"""A run ends once, whatever happens on the way, and never with a plan of something else."""

from contextlib import nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days import service as days
from app.dialogues.models import Dialogue
from app.kernel import trail
from app.kernel.db import transaction
from app.kernel.refusals import Conflict
from app.meetings import service as meetings
from app.meetings.models import Booking, ClaimedCell, MeetingRequest
from app.planning import jobs, service, solving
from app.planning.models import PlanRun, RunState
from app.planning.outcome import failed, ready
from app.planning.overview import Step, overview
from tests.days.factories import a_room
from tests.meetings.factories import a_planned_dialogue, a_supplier, a_wish, place


@pytest.fixture
def asked(db: Session) -> PlanRun:
    """A run that has been asked for, on a day with one wish; the engine does not run."""
    dialogue = a_planned_dialogue(db)
    a_wish(db, dialogue)
    run = service.request_plan(db, dialogue)
    db.commit()
    return run


def _dialogue(db: Session, run: PlanRun) -> Dialogue:
    return db.get_one(Dialogue, run.dialogue_id)


def _look_again(db: Session, run: PlanRun) -> None:
    # And let go at once: on SQLite, whoever has looked is the one who writes.
    db.refresh(run)
    db.commit()


def _endings(db: Session) -> list[str]:
    actions = [entry.action for entry in trail.entries(db) if entry.kind == "plan_runs"]
    db.commit()
    return actions


def test_a_run_is_stored_once_however_often_its_last_step_runs(db: Session, asked: PlanRun) -> None:
    assert jobs.load(str(asked.id))

    jobs.store(str(asked.id), ready("the first"))
    jobs.store(str(asked.id), ready("the second"))
    jobs.store(str(asked.id), failed("the third"))

    _look_again(db, asked)
    assert (asked.state, asked.plan, asked.fault) == (RunState.READY, "the first", None)
    assert _endings(db) == ["requested", "ready"]
    assert not jobs.load(str(asked.id))


def test_a_plan_of_facts_that_have_changed_is_kept_as_outdated(db: Session, asked: PlanRun) -> None:
    assert jobs.load(str(asked.id))
    a_room(db, _dialogue(db, asked), "Bjørk")
    db.commit()

    jobs.store(str(asked.id), ready("a plan of yesterday"))

    _look_again(db, asked)
    assert (asked.state, asked.plan) == (RunState.OUTDATED, "a plan of yesterday")
    assert _endings(db) == ["requested", "outdated"]
    with pytest.raises(Conflict, match="no finished plan to publish"), transaction() as other:
        service.publish(other, service.run(other, asked.id))


def test_reading_the_facts_again_after_a_crash_reads_the_present_ones(db: Session, asked: PlanRun) -> None:
    jobs.load(str(asked.id))
    a_room(db, _dialogue(db, asked), "Bjørk")
    db.commit()
    jobs.load(str(asked.id))

    _look_again(db, asked)
    assert asked.facts_version == _dialogue(db, asked).facts_version
    assert '"bjork"' in (asked.problem or "")


def test_progress_of_a_run_that_has_ended_is_not_written(db: Session, asked: PlanRun) -> None:
    jobs.load(str(asked.id))
    service.note_progress(db, asked.id, {"step": 1})
    db.commit()
    jobs.store(str(asked.id), failed("no luck"))
    service.note_progress(db, asked.id, {"step": 2})
    db.commit()

    _look_again(db, asked)
    assert (asked.state, asked.progress, asked.fault) == (RunState.FAILED, {"step": 1}, "no luck")


def test_a_meeting_booked_while_the_solver_thinks_is_not_overwritten(db: Session, asked: PlanRun) -> None:
    jobs.load(str(asked.id))
    outcome = jobs.find_plan(str(asked.id))
    dialogue = _dialogue(db, asked)
    (wish,) = db.scalars(sa.select(MeetingRequest))
    booking = meetings.book(db, wish, place(db, dialogue, "15:00", "gran"))
    db.commit()
    jobs.store(str(asked.id), outcome)

    _look_again(db, asked)
    assert (asked.state, outcome["state"]) == (RunState.OUTDATED, "ready")
    assert db.scalars(sa.select(Booking)).one() is booking


def test_what_the_solver_cannot_read_is_told(house: Path) -> None:
    outcome = solving.solved('{"format": "dialogdag.day/1"}', 1, list[solving.Progress]().append)

    assert (outcome["state"], outcome["plan"]) == ("failed", None)
    assert outcome["fault"] is not None
    assert outcome["fault"].startswith("the solver ended with status 2: day.json: ")


def test_progress_is_passed_on_while_the_solver_thinks(db: Session, asked: PlanRun) -> None:
    jobs.load(str(asked.id))
    _look_again(db, asked)
    told: list[solving.Progress] = []

    outcome = solving.solved(asked.problem or "", 1, told.append)

    assert outcome["state"] == "ready"
    assert set(told[0]) == {"aim", "step", "steps", "value", "bound", "seconds"}


def test_publishing_claims_the_whole_day(db: Session, asked: PlanRun) -> None:
    jobs.load(str(asked.id))
    jobs.store(str(asked.id), jobs.find_plan(str(asked.id)))
    _look_again(db, asked)

    service.publish(db, asked)
    db.commit()

    cells = sa.select(sa.func.count()).select_from(ClaimedCell)
    # A meeting of six cells for a room, a supplier and both of the panel; a plenary of twelve; a lunch of six, no room.
    assert db.scalars(cells).one() == 6 * (1 + 1 + 2) + 12 * (1 + 1 + 4) + 6 * (1 + 4)


@pytest.mark.parametrize(("rooms", "is_asked"), [(60, True), (61, False)])
def test_a_day_that_is_too_large_for_the_solver_is_refused_before_anything_is_asked(
    db: Session, *, rooms: int, is_asked: bool
) -> None:
    dialogue = a_planned_dialogue(db)
    a_wish(db, dialogue)
    for number in range(rooms - len(days.rooms_of(db, dialogue.id))):
        a_room(db, dialogue, f"Rom {number}")

    with nullcontext() if is_asked else pytest.raises(Conflict, match="61 rooms are too many for one day: at most 60"):
        service.request_plan(db, dialogue)

    assert len(service.runs_of(db, dialogue.id)) == is_asked


def test_whoever_wants_a_meeting_and_has_no_panel_gets_one_by_lot_when_a_plan_is_asked_for(db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    willing, unwilling = a_supplier(db, dialogue, 0), a_supplier(db, dialogue, 1)
    unwilling.wants_meeting = False

    before = overview(db, dialogue)
    service.request_plan(db, dialogue)

    assert (before.step, before.without_panel, before.wished) == (Step.FIRST_PLAN, 1, 0)
    assert list(db.scalars(sa.select(MeetingRequest.supplier_id))) == [willing.id]
