"""What booking tells a supplier that asks for all that is stored about it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.booking.models import Act, Hold
from app.suppliers.forgetting import tells
from app.suppliers.models import Supplier


@tells("booking")
def booking(db: Session, supplier: Supplier) -> dict[str, Any]:
    """Which times the supplier has taken, moved to or given back, and when; and which is held for it."""
    acts = sa.select(Act).where(Act.supplier_id == supplier.id).order_by(Act.at, Act.id)
    held = sa.select(Hold).where(Hold.supplier_id == supplier.id)
    return {
        "acts": [_act(act) for act in db.scalars(acts)],
        "held": [{"starts_at": one.starts_at.isoformat(), "until": one.until.isoformat()} for one in db.scalars(held)],
    }


def _act(act: Act) -> dict[str, Any]:
    starts_at = act.starts_at.isoformat() if act.starts_at else None
    return {"at": act.at.isoformat(), "what": act.kind.value, "starts_at": starts_at}
