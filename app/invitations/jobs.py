"""What invitations do when something has changed: wait until it is quiet, then tell people of the difference."""

from uuid import UUID

from app.invitations import quiet, service
from app.kernel import engine
from app.kernel.db import transaction
from app.suppliers.models import Supplier


@engine.on("meetings changed", "note that meetings have changed")
def meetings_changed(dialogue_id: str) -> None:
    """Have the people of a dialogue told when it has been quiet for a while."""
    note_change(dialogue_id)


@engine.on("supplier withdrawn", "note that a supplier has withdrawn")
def supplier_withdrawn(supplier_id: str) -> None:
    """Have the people of a dialogue told that a supplier has withdrawn from."""
    note_change(dialogue_of(supplier_id))


@engine.on("supplier's contacts changed", "note that a supplier has other contacts")
def contacts_changed(supplier_id: str) -> None:
    """Have the new contacts of a supplier invited, and those who no longer are any taken off."""
    note_change(dialogue_of(supplier_id))


@engine.on("supplier erased", "forget whom was told")
def forget_whom(supplier_id: str) -> None:
    """Put the pseudonym of a supplier's contact in the place of whom was told of its meetings."""
    forget(supplier_id)


@engine.workflow(quiet.TELL)
def tell_when_quiet(dialogue_id: str) -> None:
    """Write every letter that is due in a dialogue, unless a later change has put it off; then none is left."""
    while tell_some(dialogue_id):
        pass


@engine.every(quiet.LOOKS, "look for what waits to be told")
def look_for_overdue() -> None:
    """Have people told what they should have been told by now."""
    ask_for_overdue()


@engine.step("ask for what is overdue")
def ask_for_overdue() -> list[str]:
    """Ask once more for what should have been told by now; the ids of the dialogues."""
    with transaction() as db:
        return [str(dialogue_id) for dialogue_id in quiet.ask_for_overdue(db)]


@engine.step("forget whom was told of a supplier's meetings")
def forget(supplier_id: str) -> None:
    """Forget them; changes nothing the second time."""
    with transaction() as db:
        service.forget(db, db.get_one(Supplier, UUID(supplier_id)))


@engine.step("find the dialogue of a supplier")
def dialogue_of(supplier_id: str) -> str:
    """The id of the dialogue that a supplier is in."""
    with transaction(reads_only=True) as db:
        return str(db.get_one(Supplier, UUID(supplier_id)).dialogue_id)


@engine.step("note that there may be something to tell")
def note_change(dialogue_id: str) -> None:
    """Begin the quiet period anew, or for the first time."""
    with transaction() as db:
        quiet.note_change(db, UUID(dialogue_id))


@engine.step("tell some people")
def tell_some(dialogue_id: str) -> int:
    """Write some of the letters that are due, in one transaction; how many."""
    with transaction() as db:
        return quiet.tell_some(db, UUID(dialogue_id))
