"""What invitations tell a supplier that asks for all that is stored about it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.invitations import answered
from app.invitations.answered import Answered
from app.invitations.models import Told
from app.suppliers.forgetting import tells
from app.suppliers.models import Supplier


@tells("invitations")
def invitations(db: Session, supplier: Supplier) -> list[dict[str, Any]]:
    """What its contacts were last told of each appointment, and what they have answered."""
    rows = db.scalars(sa.select(Told).where(Told.dialogue_id == supplier.dialogue_id).order_by(Told.told_at, Told.id))
    mine = [row for row in rows if row.said["supplier_id"] == str(supplier.id)]
    return [_invitation(row, answered.of_told(db, row)) for row in mine]


def _invitation(told: Told, own: Answered) -> dict[str, Any]:
    return {
        "appointment": str(told.uid),
        "told": told.said,
        "told_at": told.told_at.isoformat(),
        "cancelled_at": told.cancelled_at and told.cancelled_at.isoformat(),
        "answer": own.answer.value,
        "answered_at": own.answered_at and own.answered_at.isoformat(),
        "comment": own.comment,
        "proposed": own.proposed and [moment.isoformat() for moment in own.proposed],
        "delegated_to": own.delegated_to,
    }
