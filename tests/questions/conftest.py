"""An open dialogue with its organiser, one supplier that asks, and one that does not."""

import pytest
from sqlalchemy.orm import Session

from app.dialogues import service as dialogues
from app.dialogues.models import Dialogue
from app.suppliers.models import Supplier
from tests.questions import factories
from tests.suppliers.factories import registered


@pytest.fixture
def asker(db: Session, dialogue: Dialogue) -> Supplier:
    made = registered(db, dialogue)
    db.commit()
    return made


@pytest.fixture
def rival(db: Session, dialogue: Dialogue) -> Supplier:
    made = factories.rival(db, dialogue)
    db.commit()
    return made


@pytest.fixture
def token(db: Session, dialogue: Dialogue) -> str:
    """What stands in the address of the organiser's pages."""
    made = dialogues.organiser_link(db, dialogue).rpartition("/")[2]
    db.commit()
    return made


@pytest.fixture
def organiser(token: str) -> dict[str, str]:
    """The organiser's headers at the API."""
    return {"Authorization": f"Bearer {token}"}
