"""What questions tell a supplier that asks for all that is stored about it."""

from typing import Any

from sqlalchemy.orm import Session

from app.questions.queries import own_questions
from app.suppliers.forgetting import tells
from app.suppliers.models import Supplier


@tells("questions")
def questions(db: Session, supplier: Supplier) -> list[dict[str, Any]]:
    """What the supplier has asked, the latest first, and the number of the answer that all were given."""
    return [
        {
            "text": asked.question.text,
            "asked_at": asked.question.asked_at.isoformat(),
            "state": asked.state.value,
            "answer": asked.number,
        }
        for asked in own_questions(db, supplier.id)
    ]
