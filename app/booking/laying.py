"""Laying the desk: a lawful timetable in which everybody has a place, from which times are then given out."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.booking import translate
from app.booking.models import Desk, DeskState
from app.booking.queries import desk_of, is_good
from app.dialogues.models import Dialogue
from app.kernel import clock, engine, trail
from app.meetings import programme, sharing
from app.meetings import service as meetings
from app.meetings.queries import bookings_of, session_times_of
from app.planning.models import RunState
from app.planning.outcome import Outcome
from app.planning.queries import facts_of
from app.planning.translate import Facts, places_of, session_places_of
from solver.plan import Plan

LAY = "lay the desk"
SEED = 1


def ask_for(db: Session, dialogue: Dialogue, *, delay_seconds: float = 0) -> None:
    """Have the desk laid on the facts as they stand, once for each of their versions."""
    job_id = f"desk-{dialogue.id}-{dialogue.facts_version}"
    engine.enqueue(db, LAY, str(dialogue.id), job_id=job_id, delay_seconds=delay_seconds)


def begin(db: Session, dialogue_id: UUID) -> str | None:
    """The day file that the desk is to be laid from; None when it is good as it is.

    Suppliers that nobody has given a panel get theirs by lot. Raises NotFound until the hours of the day are set.
    """
    dialogue = db.get_one(Dialogue, dialogue_id, with_for_update=True, populate_existing=True)
    desk = desk_of(db, dialogue_id)
    if is_good(desk, dialogue):
        return None
    sharing.share_out(db, dialogue_id)
    facts = facts_of(db, dialogue_id)
    desk = desk or Desk(dialogue_id=dialogue_id)
    desk.problem = translate.day_file(facts, session_times_of(db, dialogue_id)).decode()
    desk.names, desk.facts_version, desk.state = translate.names_of(facts), dialogue.facts_version, DeskState.LAYING
    db.add(desk)
    db.flush()
    return desk.problem


def finish(db: Session, dialogue_id: UUID, outcome: Outcome) -> bool:
    """Lay the desk with what came of the solve; false when the facts have changed meanwhile and it must begin anew."""
    dialogue = db.get_one(Dialogue, dialogue_id, with_for_update=True, populate_existing=True)
    desk = desk_of(db, dialogue_id)
    if desk is None or desk.state is not DeskState.LAYING:
        return True
    if desk.facts_version != dialogue.facts_version:
        return False
    if outcome["state"] != RunState.READY or outcome["plan"] is None:
        desk.state = DeskState.FAILED
        trail.record(db, "could not lay", desk, dialogue_id=dialogue_id)
        return True
    _lay(db, dialogue, desk, outcome["plan"])
    return True


def _lay(db: Session, dialogue: Dialogue, desk: Desk, plan: str) -> None:
    _, made = translate.files_of(desk.problem, plan)
    facts = facts_of(db, dialogue.id)
    if programme.place(db, dialogue.id, session_places_of(facts, made)):
        engine.announce(db, meetings.MEETINGS_CHANGED, dialogue.id)
    _adopt_crews(db, facts, made)
    desk.plan, desk.placements = plan, translate.kept_placements(translate.first_placements(made))
    desk.state, desk.laid_at, desk.facts_version = DeskState.READY, clock.now(), dialogue.facts_version
    trail.record(db, "laid", desk, dialogue_id=dialogue.id, seed=SEED)


def _adopt_crews(db: Session, facts: Facts, made: Plan) -> None:
    """Let those attend what is booked whom the timetable has chosen: another may have been needed elsewhere."""
    places = places_of(facts, made)
    for request_id, booking in bookings_of(db, facts.day.dialogue_id).items():
        meetings.move(db, booking, places[request_id])
