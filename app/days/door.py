"""The door to a person's own pages: the token in their address."""

from sqlalchemy.orm import Session

from app.days.models import Person
from app.kernel.access import Right, opened_by


def own_person(db: Session, token: str) -> Person:
    """The person whose pages the token opens, to whom the trail lays what follows; raises NotFound for other tokens."""
    person = db.get_one(Person, opened_by(db, token, Right.PERSON).about)
    db.info["actor"] = f"person:{person.id}"
    return person
