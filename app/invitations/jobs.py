"""What invitations do when meetings have changed: tell people of the difference, some letters at a time."""

from uuid import UUID

from app.dialogues.models import Dialogue
from app.invitations import service
from app.kernel import engine
from app.kernel.db import transaction
from app.suppliers.models import Supplier


@engine.on("meetings changed", "tell people")
def tell_people(dialogue_id: str) -> None:
    """Write every letter that is due in a dialogue; finds none the second time."""
    _tell_everybody(dialogue_id)


@engine.on("supplier withdrawn", "tell people of a withdrawal")
def tell_of_withdrawal(supplier_id: str) -> None:
    """Write every letter that is due in the dialogue of a supplier that has withdrawn."""
    _tell_everybody(dialogue_of(supplier_id))


@engine.on("supplier erased", "forget whom was told")
def forget_whom(supplier_id: str) -> None:
    """Put the pseudonym of a supplier's contact in the place of whom was told of its meetings."""
    forget(supplier_id)


@engine.step("forget whom was told of a supplier's meetings")
def forget(supplier_id: str) -> None:
    """Forget them; changes nothing the second time."""
    with transaction() as db:
        service.forget(db, db.get_one(Supplier, UUID(supplier_id)))


def _tell_everybody(dialogue_id: str) -> None:
    while tell_some(dialogue_id):
        pass


@engine.step("find the dialogue of a supplier")
def dialogue_of(supplier_id: str) -> str:
    """The id of the dialogue that a supplier is in."""
    with transaction(reads_only=True) as db:
        return str(db.get_one(Supplier, UUID(supplier_id)).dialogue_id)


@engine.step("tell some people")
def tell_some(dialogue_id: str) -> int:
    """Write some of the letters that are due, in one transaction; how many."""
    with transaction() as db:
        return service.tell(db, db.get_one(Dialogue, UUID(dialogue_id)))
