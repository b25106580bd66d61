"""What meetings tell a supplier that asks for all that is stored about it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Panel, Room
from app.meetings.models import Booking, MeetingRequest
from app.suppliers.forgetting import tells
from app.suppliers.models import Supplier


@tells("meetings")
def meetings(db: Session, supplier: Supplier) -> list[dict[str, Any]]:
    """Which panels the supplier has asked to meet, and when and where it does."""
    asked = (
        sa.select(MeetingRequest, Panel.name, Booking, Room.name)
        .join(Panel, Panel.id == MeetingRequest.panel_id)
        .outerjoin(Booking, Booking.request_id == MeetingRequest.id)
        .outerjoin(Room, Room.id == Booking.room_id)
        .where(MeetingRequest.supplier_id == supplier.id)
        .order_by(MeetingRequest.requested_at, MeetingRequest.id)
    )
    return [_meeting(request, panel, booking, room) for request, panel, booking, room in db.execute(asked)]


def _meeting(request: MeetingRequest, panel: str, booking: Booking | None, room: str | None) -> dict[str, Any]:
    return {
        "panel": panel,
        "minutes": request.minutes,
        "requested_at": request.requested_at.isoformat(),
        "starts_at": booking.starts_at.isoformat() if booking else None,
        "ends_at": booking.ends_at.isoformat() if booking else None,
        "room": room,
    }
