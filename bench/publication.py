"""A plan that is published: 150 suppliers and 20 panels of three who meet eight times each, and a plenary for all."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from app.days import service as days
from app.days.models import Room
from app.days.models import Session as DaySession
from app.days.schemas import DayIn, PanelIn, PersonIn, RoomIn, SessionIn
from app.dialogues.models import Dialogue
from app.meetings.models import Booking, MeetingRequest, SessionTime
from tests.days.factories import HELD_ON, a_dialogue
from tests.meetings.factories import panel, wishes

SUPPLIERS, PANELS, MEMBERS, MEETINGS = 150, 20, 3, 8
_OPENS = datetime(HELD_ON.year, HELD_ON.month, HELD_ON.day, 7, tzinfo=UTC)


def publish(db: Session, *, suppliers: int = SUPPLIERS, panels: int = PANELS) -> Dialogue:
    """The dialogue with everything in its place, and nobody told yet."""
    dialogue = a_dialogue(db)
    days.set_day(db, dialogue, DayIn(opens="09:00", closes="16:00", meeting_minutes=30, pause_minutes=10))
    hall = days.add_room(db, dialogue, RoomIn(name="Aulaen", seats=1000))
    tables = [days.add_room(db, dialogue, RoomIn(name=f"Rom {number}", seats=8)) for number in range(panels)]
    handles = [_panel(db, dialogue, number) for number in range(panels)]
    _meet(db, dialogue, handles, tables, suppliers)
    _gather(db, dialogue, hall)
    return dialogue


def _panel(db: Session, dialogue: Dialogue, number: int) -> str:
    members = [
        days.add_person(
            db,
            dialogue,
            PersonIn(
                name=f"Åse Østby {number}-{place}",
                email=f"p{number}-{place}@vikstrand.example",
                buyer="vikstrand-kommune",
            ),
        ).handle
        for place in range(MEMBERS)
    ]
    return days.add_panel(db, dialogue, PanelIn(name=f"Panel {number}", members=members)).handle


def _meet(db: Session, dialogue: Dialogue, handles: list[str], tables: list[Room], suppliers: int) -> None:
    asked = wishes(db, dialogue, suppliers, *handles)
    taken = {(one.supplier_id, one.panel_id) for one in asked}
    people = {panel(db, dialogue, handle).id: panel(db, dialogue, handle) for handle in handles}
    for place, panel_id in enumerate(people):
        mine = [one for one in asked if one.panel_id == panel_id]
        others = (one.supplier_id for one in asked if (one.supplier_id, panel_id) not in taken)
        while len(mine) < MEETINGS:
            more = MeetingRequest(dialogue_id=dialogue.id, supplier_id=next(others), panel_id=panel_id, minutes=30)
            db.add(more)
            mine.append(more)
        db.flush()
        for number, one in enumerate(mine[:MEETINGS]):
            starts_at = _OPENS + timedelta(minutes=90 + 40 * number)
            db.add(
                Booking(
                    dialogue_id=dialogue.id,
                    request_id=one.id,
                    room_id=tables[place].id,
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=30),
                    people=sorted(str(one.id) for one in people[panel_id].members),
                )
            )
    db.flush()


def _gather(db: Session, dialogue: Dialogue, hall: Room) -> None:
    asked = SessionIn(title="Dialogkonferanse", kind="plenary", minutes=60, windows=[("09:00", "10:00")])
    session: DaySession = days.add_session(db, dialogue, asked)
    times = {"starts_at": _OPENS, "ends_at": _OPENS + timedelta(minutes=60)}
    db.add(SessionTime(dialogue_id=dialogue.id, session_id=session.id, room_id=hall.id, **times))
    db.flush()
