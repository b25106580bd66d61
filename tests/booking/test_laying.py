"""Laying the desk: by a job, in time, from facts in which everybody who wants a meeting has a panel."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.booking import laying
from app.booking.models import Desk, DeskState
from app.booking.queries import desk_of
from app.dialogues.models import Dialogue
from app.dialogues.service import get
from app.kernel.db import transaction
from app.meetings import service as meetings
from app.meetings import sharing
from app.meetings.models import MeetingRequest, SessionTime
from app.planning.outcome import failed
from app.suppliers.service import of_dialogue
from tests.booking.factories import first_come, lay
from tests.meetings.factories import a_planned_dialogue, a_supplier, panel, room

Wait = Callable[..., Any]


def open_day(db: Session, suppliers: int) -> Dialogue:
    dialogue = a_planned_dialogue(db)
    first_come(dialogue)
    for place in range(suppliers):
        a_supplier(db, dialogue, place)
    db.commit()
    return dialogue


def test_the_job_lays_the_desk_and_tells_the_programme_its_times(
    db: Session, running_engine: None, wait_until: Wait
) -> None:
    dialogue = open_day(db, 3)
    laying.ask_for(db, dialogue)
    db.commit()

    def is_laid() -> Desk | None:
        with transaction(reads_only=True) as now:
            desk = desk_of(now, dialogue.id)
            return desk if desk is not None and desk.state is DeskState.READY else None

    desk = wait_until(is_laid, seconds=60)

    with transaction(reads_only=True) as now:
        timed = list(now.scalars(sa.select(SessionTime).where(SessionTime.dialogue_id == dialogue.id)))
        assert (len(desk.placements), len(timed)) == (3, 2)
        assert desk.facts_version == get(now, dialogue.id).facts_version


def test_suppliers_that_nobody_gave_a_panel_are_shared_out_evenly_by_lot(db: Session) -> None:
    dialogue = open_day(db, 5)

    made = sharing.share_out(db, dialogue.id)

    assert sorted(Counter(one.panel_id for one in made).values()) == [2, 3]
    assert [one.supplier_id for one in made] == sorted(
        (one.supplier_id for one in made), key=lambda supplier: sharing.lot(dialogue.id, supplier)
    ), "the lot decides, and not who registered first"
    assert sharing.share_out(db, dialogue.id) == []


def test_who_has_a_panel_keeps_it_and_who_wants_no_meeting_gets_none(db: Session) -> None:
    dialogue = open_day(db, 0)
    chosen, unwilling, other = (a_supplier(db, dialogue, place) for place in range(3))
    wish = meetings.request(db, chosen, panel(db, dialogue, "panel-b"))
    unwilling.wants_meeting = False
    db.flush()

    made = sharing.share_out(db, dialogue.id)

    assert [(one.supplier_id, one.panel_id) for one in made] == [(other.id, panel(db, dialogue, "panel-a").id)]
    assert set(db.scalars(sa.select(MeetingRequest.id))) == {wish.id, made[0].id}


def test_nobody_is_given_a_panel_none_of_whom_may_meet_it(db: Session) -> None:
    dialogue = open_day(db, 1)
    (supplier,) = of_dialogue(db, dialogue.id)
    barring = panel(db, dialogue, "panel-a")
    for member in barring.members:
        meetings.bar(db, member, supplier)

    (made,) = sharing.share_out(db, dialogue.id)

    assert made.panel_id == panel(db, dialogue, "panel-b").id


def test_a_day_that_cannot_be_laid_says_so_until_a_fact_changes(db: Session) -> None:
    dialogue = open_day(db, 1)
    assert laying.begin(db, dialogue.id) is not None

    assert laying.finish(db, dialogue.id, failed("no plan was found in the time there was"))

    desk = desk_of(db, dialogue.id)
    assert desk is not None
    assert desk.state is DeskState.FAILED


def test_what_was_found_for_facts_that_have_changed_is_not_laid(db: Session) -> None:
    dialogue = open_day(db, 1)
    laying.begin(db, dialogue.id)
    a_supplier(db, dialogue, 1)

    assert not laying.finish(db, dialogue.id, failed(""))


def test_a_session_keeps_its_time_but_not_a_room_that_has_become_too_small(db: Session) -> None:
    dialogue = open_day(db, 1)
    lay(dialogue.id)
    (plenary,) = db.scalars(sa.select(SessionTime).where(SessionTime.room_id.is_not(None)))
    plenary.room_id, began = room(db, dialogue, "gran").id, plenary.starts_at  # six seats, for four people and two
    for place in (1, 2):
        a_supplier(db, dialogue, place)
    db.commit()

    lay(dialogue.id)

    db.expire_all()
    assert (plenary.room_id, plenary.starts_at) == (room(db, dialogue, "aulaen").id, began)
