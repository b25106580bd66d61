"""A supplier that has registered for an open dialogue."""

import pytest
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.suppliers.models import Supplier
from tests.suppliers.factories import registered


@pytest.fixture
def supplier(db: Session, dialogue: Dialogue) -> Supplier:
    made = registered(db, dialogue)
    db.commit()
    return made
