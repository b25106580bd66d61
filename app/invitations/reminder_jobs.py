"""Every five minutes: whoever is to be reminded of something is."""

from uuid import UUID

from app.invitations import reminding
from app.kernel import engine
from app.kernel.db import transaction
from app.suppliers.models import Supplier


@engine.every(300, "remind people")
def remind_people() -> None:
    """Write every reminder that is due; finds none the second time."""
    for dialogue_id in find_dialogues():
        while remind_some(dialogue_id):
            pass


@engine.on("supplier erased", "forget whom was reminded")
def forget_whom(supplier_id: str) -> None:
    """Forget whom of a supplier was reminded."""
    forget(supplier_id)


@engine.step("find dialogues to remind of")
def find_dialogues() -> list[str]:
    """The ids of the dialogues whose day is near."""
    with transaction(reads_only=True) as db:
        return [str(dialogue_id) for dialogue_id in reminding.dialogues_near(db)]


@engine.step("remind some people")
def remind_some(dialogue_id: str) -> int:
    """Write some of the reminders that are due, in one transaction; how many."""
    with transaction() as db:
        return reminding.remind_some(db, UUID(dialogue_id))


@engine.step("forget whom was reminded of a supplier's meetings")
def forget(supplier_id: str) -> None:
    """Forget them; changes nothing the second time."""
    with transaction() as db:
        reminding.forget(db, db.get_one(Supplier, UUID(supplier_id)))
