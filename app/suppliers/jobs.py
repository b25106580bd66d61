"""What registration leaves for later: asking Enhetsregisteret, and forgetting what is not to be kept."""

from uuid import UUID

from app.dialogues.models import Dialogue
from app.kernel import clock, engine
from app.kernel.db import transaction
from app.kernel.settings import settings
from app.suppliers import checking, entering, forgetting, register, service
from app.suppliers.models import Supplier
from app.suppliers.register import Entry, NoAnswer

PAUSES = (60, 300, 1800, 7200, 21_600, 86_400)  # seconds between attempts; the last one again and again, until the day
SECONDS = 10.0
AGAIN = "check a supplier in the register again"


@engine.on("supplier registered", "check a supplier in the register")
def check(supplier_id: str) -> None:
    """Ask the register of a new supplier; registration has not waited for it."""
    _check(supplier_id, 0)


@engine.workflow(AGAIN)
def check_again(supplier_id: str, attempt: str) -> None:
    """Ask the register once more, after it has not answered so many times."""
    _check(supplier_id, int(attempt))


def _check(supplier_id: str, attempt: int) -> None:
    number = number_to_check(supplier_id)
    if number:
        keep_answer(supplier_id, attempt, ask(number))


@engine.step("find the number to check")
def number_to_check(supplier_id: str) -> str:
    """The number to ask of; empty when there is nothing to ask, or the answer of another day's supplier will do."""
    with transaction() as db:
        supplier = db.get_one(Supplier, UUID(supplier_id))
        if not settings().enhetsregisteret_url or not checking.is_to_be_checked(supplier):
            return ""
        known = checking.kept(db, supplier.organisation_number)
        if known is not None:
            checking.note(db, supplier, known)
        return "" if known else supplier.organisation_number


@engine.step("ask the register")
def ask(number: str) -> str:
    """What the register says, as JSON; empty when it gives no answer that can be used."""
    try:
        return register.look_up(number, seconds=SECONDS).model_dump_json()
    except NoAnswer:
        return ""


@engine.step("keep what the register said")
def keep_answer(supplier_id: str, attempt: int, answer: str) -> None:
    """Keep the answer, or ask to be called once more after a pause that grows."""
    with transaction() as db:
        supplier = db.get_one(Supplier, UUID(supplier_id), with_for_update=True)
        if answer:
            entry = Entry.model_validate_json(answer)
            checking.keep(db, supplier.organisation_number, entry)
            checking.note(db, supplier, entry)
        elif clock.now().date() <= db.get_one(Dialogue, supplier.dialogue_id).held_on:
            pause = PAUSES[min(attempt, len(PAUSES) - 1)]
            engine.enqueue(db, AGAIN, supplier_id, str(attempt + 1), delay_seconds=pause)


@engine.workflow(service.FORGET_NEEDS)
def forget_needs(supplier_id: str) -> None:
    """Forget what those who came from a supplier needed for access and food."""
    erase_needs(supplier_id)


@engine.step("erase needs")
def erase_needs(supplier_id: str) -> None:
    """Erase the needs; does nothing the second time."""
    with transaction() as db:
        forgetting.forget_needs(db, db.get_one(Supplier, UUID(supplier_id)))


@engine.workflow(entering.FORGET)
def forget_unconfirmed(asked_id: str) -> None:
    """Forget a registration that was not confirmed within 48 hours."""
    erase_unconfirmed(asked_id)


@engine.step("erase a registration that was not confirmed")
def erase_unconfirmed(asked_id: str) -> None:
    """Erase it, if nobody has confirmed it."""
    with transaction() as db:
        entering.forget_unconfirmed(db, UUID(asked_id))


@engine.workflow(forgetting.ERASE)
def erase(supplier_id: str) -> None:
    """Erase the people of a supplier that asked for it when it withdrew, once its last letters have left."""
    erase_people(supplier_id)


@engine.step("erase the people of a supplier")
def erase_people(supplier_id: str) -> None:
    """Erase them; does nothing the second time."""
    with transaction() as db:
        forgetting.erase(db, db.get_one(Supplier, UUID(supplier_id)))
