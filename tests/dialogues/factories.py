"""Dialogues for tests: far ahead, so that registration stays open while the tests live."""

from typing import Any

from sqlalchemy.orm import Session

from app.dialogues import service
from app.dialogues.models import Dialogue
from app.dialogues.schemas import DialogueIn

OPERATOR = {"Authorization": "Bearer operator-token-of-the-tests"}

VIKSTRAND = {
    "name": "Vikstrand",
    "organisation_number": None,
    "role": "lead",
    "decision": "made",
    "inhabitants": 48_200,
}
ELVEMO = {"name": "Elvemo", "organisation_number": None, "role": "buyer", "decision": "pending", "inhabitants": 21_900}

MEDICINE: dict[str, Any] = {
    "title": "Riktig medisin til riktig tid",
    "summary": "To kommuner søker nye måter å støtte innbyggere som trenger hjelp til medisinene sine.",
    "place": "Møtesenteret Nordlyset, Gardermoen",
    "organiser_name": "Vikstrand kommune",
    "organiser_email": "markedsdialog@vikstrand.example",
    "announced_at": "2026-03-12T08:00:00+01:00",
    "registration_closes_at": "2090-04-01T15:00:00+02:00",
    "proposals_due_at": "2090-04-03T15:00:00+02:00",
    "plan_told_at": "2090-04-05T12:00:00+02:00",
    "held_on": "2090-04-08",
    "summary_due_on": "2090-06-15",
    "buyers": [VIKSTRAND, ELVEMO],
}


def asked(**changes: Any) -> dict[str, Any]:
    """What a system sends to open the dialogue on medicine, but for `changes`."""
    return {**MEDICINE, **changes}


def draft(db: Session, **changes: Any) -> Dialogue:
    """The dialogue on medicine as a draft, but for `changes`."""
    return service.open_dialogue(db, DialogueIn.model_validate(asked(**changes)))


def published(db: Session, **changes: Any) -> Dialogue:
    """The dialogue on medicine, open for everybody, but for `changes`."""
    dialogue = draft(db, **changes)
    service.publish(db, dialogue)
    return dialogue


def as_organiser(db: Session, dialogue: Dialogue) -> dict[str, str]:
    """The headers of whoever organises the dialogue."""
    token = service.organiser_link(db, dialogue).rpartition("/")[2]
    return {"Authorization": f"Bearer {token}"}
