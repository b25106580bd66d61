"""The job that lays a desk: read the facts, let the solver think with no transaction open, keep what came of it."""

from uuid import UUID

from app.booking import laying, service
from app.booking.laying import LAY, SEED
from app.dialogues.models import BookingWay, Dialogue
from app.kernel import clock, engine
from app.kernel.db import transaction
from app.planning import solving
from app.planning.outcome import Outcome
from app.suppliers.models import Supplier

AHEAD_SECONDS = 600  # before the first may book, so that nobody waits for it


@engine.workflow(LAY)
def lay_desk(dialogue_id: str) -> None:
    """Lay the desk of a dialogue, again and again while its facts change under the solver's hands."""
    while (problem := begin(dialogue_id)) is not None:
        if finish(dialogue_id, find_timetable(problem)):
            return


@engine.step("begin to lay the desk")
def begin(dialogue_id: str) -> str | None:
    """The day file to solve; None when the desk is good as it is."""
    with transaction() as db:
        return laying.begin(db, UUID(dialogue_id))


@engine.step("find a timetable for the desk")
def find_timetable(problem: str) -> Outcome:
    """Let the solver solve the day file of a desk."""
    return solving.solved(problem, SEED, lambda _: None)


@engine.step("lay the desk on what was found")
def finish(dialogue_id: str, outcome: Outcome) -> bool:
    """Keep what came of it; false when the facts have changed meanwhile."""
    with transaction() as db:
        return laying.finish(db, UUID(dialogue_id), outcome)


@engine.on("dialogue published", "lay the desk in time")
def lay_in_time(dialogue_id: str) -> None:
    """Have the desk laid shortly before suppliers may book, where they may."""
    ask_in_time(dialogue_id)


@engine.step("ask for the desk in time")
def ask_in_time(dialogue_id: str) -> None:
    """Put the laying of the desk off until shortly before booking opens."""
    with transaction() as db:
        dialogue = db.get_one(Dialogue, UUID(dialogue_id))
        if dialogue.booking is BookingWay.FIRST_COME and dialogue.booking_opens_at is not None:
            seconds = (dialogue.booking_opens_at - clock.now()).total_seconds() - AHEAD_SECONDS
            job_id = f"desk-{dialogue.id}-in-time"
            engine.enqueue(db, LAY, str(dialogue.id), job_id=job_id, delay_seconds=max(1.0, seconds))


@engine.on("supplier registered", "find room for one more")
def find_room(supplier_id: str) -> None:
    """Have the desk laid anew for a supplier that comes while times are given out already."""
    ask_for_room(supplier_id)


@engine.on("supplier got a place", "find room for one who waited")
def find_room_at_last(supplier_id: str) -> None:
    """Have the desk laid anew for a supplier that has moved up from the waiting list."""
    ask_for_room(supplier_id)


@engine.step("ask for the desk to be laid for one more")
def ask_for_room(supplier_id: str) -> None:
    """Ask for it, unless it has been done or nobody chooses times now."""
    with transaction() as db:
        supplier = db.get_one(Supplier, UUID(supplier_id))
        service.see_to_desk(db, db.get_one(Dialogue, supplier.dialogue_id), clock.now())
