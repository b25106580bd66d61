"""What proposals tell a supplier that asks for all that is stored about it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.proposals import queries
from app.proposals.models import Proposal
from app.suppliers.forgetting import tells
from app.suppliers.models import Supplier


@tells("proposals")
def proposals(db: Session, supplier: Supplier) -> list[dict[str, Any]]:
    """Every version of what the supplier has sent in, the first one first; files are fetched by themselves."""
    mine = sa.select(Proposal).where(Proposal.supplier_id == supplier.id).order_by(Proposal.version)
    return [queries.whole(db, proposal).model_dump(mode="json") for proposal in db.scalars(mine).all()]


@tells("draft")
def draft(db: Session, supplier: Supplier) -> dict[str, Any] | None:
    """What the supplier has written and not sent."""
    kept = queries.draft(db, supplier.id)
    return None if kept is None else {"saved_at": kept.saved_at.isoformat(), "proposal": kept.proposal}
