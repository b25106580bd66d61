"""A published plan becomes the day, and only what differs is touched."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.service import members_of, sessions_of
from app.dialogues.models import Dialogue
from app.kernel import trail
from app.kernel.db import transaction
from app.kernel.refusals import Conflict
from app.meetings import service
from app.meetings.models import Booking, ClaimedCell, MeetingRequest
from app.meetings.queries import Appointment, AppointmentKind, appointments
from app.meetings.schemas import Place, SessionPlace
from app.suppliers import service as suppliers
from app.suppliers.models import Supplier
from tests.meetings.factories import a_planned_dialogue, a_supplier, a_wish, at, panel, place, room

SessionPlaces = dict[UUID, SessionPlace]


def _place(db: Session, dialogue: Dialogue, asked: MeetingRequest, clock: str, handle: str) -> Place:
    return Place(room(db, dialogue, handle).id, at(clock), tuple(one.id for one in members_of(db, asked.panel_id)))


def _programme(db: Session, dialogue: Dialogue) -> SessionPlaces:
    ids = {session.handle: session.id for session in sessions_of(db, dialogue.id)}
    return {
        ids["dialogkonferanse"]: SessionPlace(room(db, dialogue, "aulaen").id, at("09:00")),
        ids["lunsj"]: SessionPlace(None, at("12:00")),
    }


def _cells(db: Session) -> int:
    return db.scalars(sa.select(sa.func.count()).select_from(ClaimedCell)).one()


def _by_uid(db: Session, dialogue: Dialogue) -> dict[UUID, Appointment]:
    return {one.uid: one for one in appointments(db, dialogue.id)}


def test_meetings_may_change_places_with_each_other(db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    one, other = a_wish(db, dialogue, 0), a_wish(db, dialogue, 1)
    first, second = _place(db, dialogue, one, "13:00", "furu"), _place(db, dialogue, one, "13:15", "gran")
    with pytest.raises(Conflict, match="just been taken"):
        service.apply(db, dialogue.id, {one.id: first, other.id: second}, {})

    later = _place(db, dialogue, one, "13:30", "furu")
    service.apply(db, dialogue.id, {one.id: first, other.id: later}, {})
    service.apply(db, dialogue.id, {one.id: later, other.id: first}, {})
    db.commit()

    starts = {uid: found.starts_at for uid, found in _by_uid(db, dialogue).items()}
    assert (starts, _cells(db)) == ({one.id: at("13:30"), other.id: at("13:00")}, 2 * 24)


def test_only_what_differs_is_changed(db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    stays, moves, goes = (a_wish(db, dialogue, number) for number in range(3))
    clocks = {stays: "13:00", moves: "13:30", goes: "14:00"}
    places = {asked.id: _place(db, dialogue, asked, clock, "furu") for asked, clock in clocks.items()}
    service.apply(db, dialogue.id, places, _programme(db, dialogue))
    db.commit()
    before = _by_uid(db, dialogue)
    told = len(list(trail.entries(db)))

    del places[goes.id]
    places[moves.id] = _place(db, dialogue, moves, "15:00", "furu")
    service.apply(db, dialogue.id, places, _programme(db, dialogue))
    db.commit()

    after = _by_uid(db, dialogue)
    assert set(before) - set(after) == {goes.id}
    assert {uid for uid in after if after[uid].changed_at != before[uid].changed_at} == {moves.id}
    assert sorted(entry.action for entry in list(trail.entries(db))[told:]) == ["cancelled", "moved"]


def test_the_same_plan_again_changes_nothing_and_tells_nobody(db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    asked = a_wish(db, dialogue)
    places, programme = {asked.id: _place(db, dialogue, asked, "13:00", "furu")}, _programme(db, dialogue)
    service.apply(db, dialogue.id, places, programme)
    db.commit()
    before, told, cells = _by_uid(db, dialogue), len(list(trail.entries(db))), _cells(db)

    service.apply(db, dialogue.id, places, programme)
    db.commit()

    assert (_by_uid(db, dialogue), len(list(trail.entries(db))), _cells(db)) == (before, told, cells)


def test_no_meeting_is_booked_over_the_programme(db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    asked = a_wish(db, dialogue)
    service.apply(db, dialogue.id, {}, _programme(db, dialogue))
    late = a_wish(db, dialogue, 1)  # registered after the plan, and so without cells of the programme

    for wish in (asked, late):
        with pytest.raises(Conflict) as refused:
            service.book(db, wish, place(db, dialogue, "09:45"))
        assert str(refused.value) == "“Dialogkonferanse” is at that time."
    service.book(db, asked, place(db, dialogue, "10:00"))


def test_a_plan_that_puts_somebody_in_two_places_changes_nothing(db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    asked = a_wish(db, dialogue)
    service.apply(db, dialogue.id, {}, _programme(db, dialogue))
    db.commit()
    before = _by_uid(db, dialogue)

    with pytest.raises(Conflict):
        places = {asked.id: _place(db, dialogue, asked, "12:15", "furu")}
        service.apply(db, dialogue.id, places, _programme(db, dialogue))

    assert _by_uid(db, dialogue) == before
    assert db.scalars(sa.select(Booking)).all() == []


def test_who_comes_to_a_session_is_everyone_who_is_there_then(db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    on_time, late = a_supplier(db, dialogue, 0), a_supplier(db, dialogue, 1)
    late.arrives = 9 * 60 + 5
    service.apply(db, dialogue.id, {}, _programme(db, dialogue))

    plenary, lunch = appointments(db, dialogue.id)

    assert (plenary.kind, plenary.title, plenary.room) == (
        AppointmentKind.SESSION, "Dialogkonferanse", room(db, dialogue, "aulaen"),
    )  # fmt: skip
    assert (plenary.starts_at, plenary.ends_at - plenary.starts_at) == (at("09:00"), timedelta(hours=1))
    assert (plenary.suppliers, lunch.suppliers) == ((on_time,), (on_time, late))
    assert (lunch.kind, lunch.room, [one.handle for one in lunch.panels]) == (
        AppointmentKind.BREAK, None, ["panel-a", "panel-b"],
    )  # fmt: skip
    assert [one.handle for one in lunch.people] == ["anne-solvang", "jonas-vikan", "liv-elvebakk", "per-aune"]


def test_a_meeting_is_told_with_who_attends(db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    asked = a_wish(db, dialogue)
    booking = service.book(db, asked, place(db, dialogue, "13:00"))

    assert appointments(db, dialogue.id) == [
        Appointment(
            uid=asked.id,
            kind=AppointmentKind.MEETING,
            title="",
            starts_at=at("13:00"),
            ends_at=at("13:30"),
            room=room(db, dialogue, "furu"),
            suppliers=(db.get_one(Supplier, asked.supplier_id),),
            panels=(panel(db, dialogue, "panel-a"),),
            people=tuple(members_of(db, asked.panel_id)),
            changed_at=booking.changed_at,
        )
    ]


@pytest.mark.usefixtures("running_engine")
def test_the_time_of_a_supplier_that_withdraws_is_free_for_others(db: Session, wait_until: Callable[..., Any]) -> None:
    dialogue = a_planned_dialogue(db)
    goes, stays = a_wish(db, dialogue, 0), a_wish(db, dialogue, 1)
    service.book(db, goes, place(db, dialogue, "13:00"))
    suppliers.withdraw(db, db.get_one(Supplier, goes.supplier_id))
    assert appointments(db, dialogue.id) == []
    db.commit()

    def is_free() -> bool:
        with transaction(reads_only=True) as other:
            return _cells(other) == 0

    wait_until(is_free)
    service.book(db, stays, place(db, dialogue, "13:00"))
    assert [one.uid for one in appointments(db, dialogue.id)] == [stays.id]
