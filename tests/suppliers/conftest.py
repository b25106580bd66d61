"""A dialogue that is open for registration, and whoever organises it."""

import pytest
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.suppliers.models import Supplier
from tests.dialogues.factories import as_organiser, published
from tests.suppliers.factories import registered


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    made = published(db)
    db.commit()
    return made


@pytest.fixture
def organiser(db: Session, dialogue: Dialogue) -> dict[str, str]:
    headers = as_organiser(db, dialogue)
    db.commit()
    return headers


@pytest.fixture
def supplier(db: Session, dialogue: Dialogue) -> Supplier:
    made = registered(db, dialogue)
    db.commit()
    return made
