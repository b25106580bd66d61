"""What one-to-one meetings do when something happens in a room below."""

from uuid import UUID

from app.kernel import engine
from app.kernel.db import transaction
from app.meetings import service


@engine.on("supplier withdrawn", "free the withdrawn")
def free_withdrawn(supplier_id: str) -> None:
    """Give back the time of a supplier that has withdrawn, so that others can have it."""
    cancel_all(supplier_id)


@engine.step("cancel the meetings of a supplier")
def cancel_all(supplier_id: str) -> None:
    """Cancel every meeting of a supplier; finds none the second time."""
    with transaction() as db:
        service.cancel_all(db, UUID(supplier_id))
