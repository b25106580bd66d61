"""What a rival would give much for, and those who try to get at it."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import organiser_link
from app.invitations import answering
from app.invitations import service as invitations
from app.invitations.answering import Given
from app.invitations.answers import How
from app.invitations.models import Told
from app.kernel import access, clock
from app.kernel.access import Right
from app.kernel.ical import PartStat
from app.meetings import service as meetings
from app.proposals import service as proposals
from app.proposals.attachments import Upload
from app.proposals.schemas import AnswerIn, ProposalIn
from app.questions import service as questions
from app.suppliers.models import Supplier
from tests.meetings.factories import a_planned_dialogue, a_supplier, panel, place
from tests.suppliers.factories import registered, session_of

PDF = b"%PDF-1.7\n% kanarifil\n1 0 obj\nendobj\ntrailer\n%%EOF\n"
CANARIES = (
    *("Kanarifugl", "kanarifugl", "Kari Kanari", "Kim Kanari", "Kaja Kanari", "313204863", "313 204 863"),
    *("kanarisvar", "kanarifil", "kanarispør", "kanaribehov", "kanaritema", "kanarikladd", "kanarihilsen"),
)


@dataclass(frozen=True)
class Victim:
    """A supplier with something of everything, by whose ids others try to get at it."""

    dialogue: Dialogue
    ids: dict[str, str]
    secrets: tuple[str, ...]


def a_dialogue_to_answer(db: Session) -> Dialogue:
    """An open dialogue with its day laid out, and one thing it wants to know."""
    dialogue = a_planned_dialogue(db)
    proposals.ask(db, dialogue, 1, "Hvordan virker det?", 100)
    return dialogue


def a_victim(db: Session, dialogue: Dialogue) -> Victim:
    """A supplier with contacts, needs, a proposal with a file, a draft, a question, a booked meeting and a feed.

    It has answered the invitation to its meeting, with a word to the organiser.
    """
    supplier = registered(
        db,
        dialogue,
        name="Kanarifugl Medisin AS",
        contact_name="Kari Kanari",
        contact_email="kari@kanarifugl.example",
        more_contacts=[{"name": "Kim Kanari", "email": "kim@kanarifugl.example"}],
        attendees=["Kaja Kanari"],
        needs="kanaribehov",
        topics="kanaritema",
    )
    sent = ProposalIn(answers=[AnswerIn(number=1, text="kanarisvar")])
    receipt = proposals.submit(db, supplier, sent, [Upload(name="kanarifil.pdf", content=PDF)])
    proposals.save_draft(db, supplier, ProposalIn(answers=[AnswerIn(number=1, text="kanarikladd")]))
    question = questions.ask(db, supplier, "Virker kanarispørsmålet?")
    booking = meetings.book(db, meetings.request(db, supplier, panel(db, dialogue)), place(db, dialogue, "10:00"))
    ids = {
        "supplier_id": str(supplier.id),
        "about": str(supplier.id),
        "file_id": str(receipt.files[0].id),
        "question_id": str(question.id),
        "request_id": str(booking.request_id),
        "uid": str(booking.request_id),
        "booking_id": str(booking.id),
        "handle": supplier.handle,
    }
    told = _answered(db, supplier)
    feed = access.grant(db, Right.SUPPLIER_FEED, supplier.id)
    return Victim(dialogue, {**ids, "told_id": str(told.id)}, (*CANARIES, feed, receipt.sha256))


def _answered(db: Session, supplier: Supplier) -> Told:
    invitations.tell(db, db.get_one(Dialogue, supplier.dialogue_id))
    told = db.scalars(sa.select(Told).where(Told.recipient == supplier.contact_email)).one()
    answering.answer(db, told, Given(How.PAGE, PartStat.ACCEPTED, 0, clock.now(), comment="kanarihilsen"))
    return told


def absent_ids() -> dict[str, str]:
    """As the ids of a victim, of what never was."""
    supplier = str(uuid4())
    others = {name: str(uuid4()) for name in ("file_id", "question_id", "request_id", "uid", "told_id", "booking_id")}
    return {**others, "supplier_id": supplier, "about": supplier, "handle": "ingenfugla-medisin-as"}


@dataclass(frozen=True)
class Caller:
    """Somebody who tries: with a token of its own, and what it may lawfully name in an address."""

    name: str
    token: str = "made-up"
    own: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        if self.name == "nobody":
            return {}
        return {"Authorization": f"Bearer {self.token}", "Cookie": f"session={self.token}"}


def callers(db: Session, dialogue: Dialogue) -> dict[str, Caller]:
    """Nobody, a rival of the same dialogue, a supplier and the organiser of another."""
    other = a_planned_dialogue(db)
    rival, stranger = a_supplier(db, dialogue, 1), a_supplier(db, other, 2)
    everybody = [
        Caller("nobody"),
        Caller("rival", session_of(db, rival), _own(rival)),
        Caller("stranger", session_of(db, stranger), _own(stranger)),
        Caller("organiser", organiser_link(db, other).rpartition("/")[2], {"dialogue_id": str(other.id)}),
    ]
    return {caller.name: caller for caller in everybody}


def owner_of(db: Session, victim: Victim) -> Caller:
    """The victim itself."""
    supplier = db.get_one(Supplier, UUID(victim.ids["supplier_id"]))
    return Caller("owner", session_of(db, supplier), _own(supplier))


def _own(supplier: Supplier) -> dict[str, str]:
    return {"supplier_id": str(supplier.id)}
