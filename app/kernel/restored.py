"""After a backup has been restored: what was sent since it was taken is unknown here, and must not be sent anew.

Each room says for itself (`on`) what it has to mend; all of it is done in one transaction.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel import clock, post, trail
from app.kernel.db import Row

WORDS = "may have been sent before the backup was restored"

_listeners: list[Callable[[Session], None]] = []


class Restoration(Row):
    """One restoring of a backup, and how many letters that waited in it were held back."""

    __tablename__ = "restorations"

    restored_at: Mapped[datetime] = mapped_column(default=clock.now)
    letters: Mapped[int]


def on(listener: Callable[[Session], None]) -> Callable[[Session], None]:
    """Have a function called, with the session, once a backup has been restored."""
    _listeners.append(listener)
    return listener


def note(db: Session) -> Restoration:
    """Hold back every letter that waits, and have each room mend what it must, since a backup has been restored."""
    held_back = post.hold_back(db, WORDS)
    restoration = Restoration(letters=len(held_back))
    db.add(restoration)
    for listener in _listeners:
        listener(db)
    db.flush()
    trail.record(db, "restored", restoration, letters=len(held_back))
    for letter in held_back:
        trail.record(db, "held back", letter, dialogue_id=letter.dialogue_id)
    return restoration
