"""One meeting as a calendar file, under the same UID as in the supplier's feed and letters."""

from sqlalchemy.orm import Session

from app.days.models import Panel, Room
from app.dialogues.models import Dialogue
from app.kernel import ical
from app.kernel.ical import Event
from app.kernel.languages import translate
from app.kernel.settings import settings
from app.meetings.models import Booking, MeetingRequest
from app.suppliers.models import Supplier


def meeting_file(db: Session, dialogue: Dialogue, supplier: Supplier, asked: MeetingRequest, booking: Booking) -> bytes:
    """The file; it names nobody but the panel, and no other supplier."""
    panel, room = db.get_one(Panel, asked.panel_id), db.get_one(Room, booking.room_id)
    summary = translate(supplier.language, "One-to-one meeting – {title}", title=dialogue.title)
    event = Event(
        uid=asked.id,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        summary=summary,
        stamp=booking.changed_at,
        description=panel.name,
        location=f"{room.name}, {dialogue.place}",
        url=f"{settings().base_url}/s/{supplier.id}/meeting",
    )
    return ical.calendar([event], name=summary)
