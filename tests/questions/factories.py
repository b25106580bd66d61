"""Questions and answers for tests: one asks, another listens."""

from typing import Any

from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.questions import service
from app.questions.models import Question, SharedAnswer
from app.questions.schemas import DraftIn
from app.suppliers.models import Supplier
from tests.suppliers.factories import organisation_number, registered

CANARY = "Virker Dosevakt-skapet vårt uten 4G i Elvemo sentrum?"
WORDING = "Må løsningen virke uten mobildekning?"
TEXT = "Ja.\n- Den må lagre lokalt.\n- Den sender når dekningen er tilbake."
ANSWER: dict[str, Any] = {"wording": WORDING, "text": TEXT}


def rival(db: Session, dialogue: Dialogue, place: int = 0) -> Supplier:
    """Another supplier of the dialogue, which asks nothing."""
    return registered(
        db,
        dialogue,
        organisation_number=organisation_number(place),
        name=f"Pillebud {place} AS",
        contact_name="Jonas Moe",
        contact_email=f"jonas.moe@pillebud{place}.example",
    )


def drafted(db: Session, dialogue: Dialogue, *questions: Question, **changes: str) -> SharedAnswer:
    """An answer to these questions, as a draft."""
    texts = {**ANSWER, **changes}
    return service.write(db, dialogue, DraftIn(questions=[question.id for question in questions], **texts))


def published(db: Session, dialogue: Dialogue, *questions: Question, **changes: str) -> SharedAnswer:
    """An answer to these questions that all have been told."""
    return service.publish(db, dialogue, [drafted(db, dialogue, *questions, **changes).id])[0]
