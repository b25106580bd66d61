"""An open dialogue with two questions, its organiser, and two suppliers with their links."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.proposals import service
from tests.dialogues.factories import as_organiser, published
from tests.proposals.factories import QUESTIONS, Sender
from tests.suppliers.factories import organisation_number, registered, session_of, signed_in


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    made = published(db)
    for number, (text, word_limit) in QUESTIONS.items():
        service.ask(db, made, number, text, word_limit)
    db.commit()
    return made


@pytest.fixture
def organiser(db: Session, dialogue: Dialogue) -> dict[str, str]:
    headers = as_organiser(db, dialogue)
    db.commit()
    return headers


@pytest.fixture
def sender(client: TestClient, db: Session, dialogue: Dialogue) -> Sender:
    supplier = registered(db, dialogue)
    made = Sender(supplier, signed_in(client, db, supplier), session_of(db, supplier))
    db.commit()
    return made


@pytest.fixture
def rival(client: TestClient, db: Session, dialogue: Dialogue) -> Sender:
    supplier = registered(
        db, dialogue, organisation_number=organisation_number(1), name="Rival", contact_email="rival@rival.example"
    )
    made = Sender(supplier, signed_in(client, db, supplier), session_of(db, supplier))
    db.commit()
    return made
