"""Playing the example: each act in a transaction of its own, so that a play cut short goes on where it was."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days import service as days
from app.demo.story import Part, Story
from app.dialogues import service as dialogues
from app.dialogues.models import Dialogue
from app.kernel import clock, pdf
from app.kernel.db import transaction
from app.meetings import service as meetings
from app.notes import service as notes
from app.planning import service as planning
from app.planning.models import PlanRun, RunState
from app.proposals import service as proposals
from app.proposals.attachments import Upload
from app.proposals.claims import parts_of
from app.suppliers import service as suppliers
from app.suppliers.models import Supplier


@contextmanager
def as_an_organiser() -> Iterator[Session]:
    """A transaction whose changes the trail lays to the organiser."""
    with transaction(actor="organiser") as db:
        yield db


def staged_at(story: Story) -> datetime:
    """When the play takes place: now, or just before registration closes when that has passed already."""
    return min(clock.now(), story.dialogue.registration_closes_at - timedelta(days=7))


def set_the_stage(story: Story) -> UUID:
    """The dialogue with its note, questions and day, published; made at the first call, found at later ones."""
    with as_an_organiser() as db:
        found = db.scalars(sa.select(Dialogue).where(Dialogue.slug == story.dialogue.slug)).one_or_none()
        return found.id if found else _open(db, story)


def _open(db: Session, story: Story) -> UUID:
    dialogue = dialogues.open_dialogue(db, story.dialogue)
    notes.publish_note(db, dialogue, story.note)
    for number, question in enumerate(story.questions, start=1):
        proposals.ask(db, dialogue, number, question.text, question.word_limit)
    days.set_day(db, dialogue, story.day)
    for room in story.rooms:
        days.add_room(db, dialogue, room)
    for person in story.people:
        days.add_person(db, dialogue, person)
    for panel in story.panels:
        days.add_panel(db, dialogue, panel)
    for session in story.sessions:
        days.add_session(db, dialogue, session)
    dialogues.publish(db, dialogue)
    return dialogue.id


def register_and_send_in(dialogue_id: UUID, part: Part) -> None:
    """One supplier's part: registration, proposal and wish for a meeting; nothing when it has been played."""
    with transaction(actor="public") as db:
        number = part.registration.organisation_number
        same = sa.and_(Supplier.dialogue_id == dialogue_id, Supplier.organisation_number == number)
        if db.scalars(sa.select(Supplier).where(same)).one_or_none() is None:
            _play(db, dialogues.get(db, dialogue_id), part)


def _play(db: Session, dialogue: Dialogue, part: Part) -> None:
    supplier = suppliers.register(db, dialogue, part.registration)
    db.info["actor"] = f"supplier:{supplier.id}"
    proposals.submit(db, supplier, part.proposal, [_leaflet(part, dialogue.created_at)])
    db.info["actor"] = "organiser"
    panel = next(panel for panel in days.panels_of(db, dialogue.id) if panel.handle == part.panel)
    meetings.request(db, supplier, panel, days.day_of(db, dialogue.id).meeting_minutes)
    for person in days.people_of(db, dialogue.id):
        if person.handle in part.barred:
            meetings.bar(db, person, supplier)


def _leaflet(part: Part, made_at: datetime) -> Upload:
    facts = {
        "title": f"Løsningsforslag fra {part.registration.name}",
        "author": part.registration.contact_name,
        "paragraphs": [_unclaimed(answer.text) for answer in part.proposal.answers],
    }
    content = pdf.document("demo/leaflet.typ", facts, made_at=made_at)
    return Upload(name="løsningsforslag.pdf", content=content)


def _unclaimed(text: str) -> str:
    return "".join(part.text for part in parts_of(text) if not part.claimed).strip()


def ask_for_a_plan(dialogue_id: UUID) -> UUID:
    """The plan run of the example; asked for at the first call, or anew when an earlier one failed."""
    with as_an_organiser() as db:
        run = planning.latest_run(db, dialogue_id)
        if run is None or run.state in {RunState.FAILED, RunState.OUTDATED}:
            run = planning.request_plan(db, dialogues.get(db, dialogue_id))
        return run.id


def run_of(run_id: UUID) -> PlanRun:
    """How the plan run stands just now."""
    with transaction(reads_only=True) as db:
        return planning.run(db, run_id)


def publish(run_id: UUID) -> None:
    """Publish the plan, unless that has been done; the invitations follow by themselves."""
    with as_an_organiser() as db:
        run = planning.run(db, run_id)
        if run.state is RunState.READY:
            planning.publish(db, run)
