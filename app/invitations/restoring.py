"""After a backup has been restored: people may know more than we do, so that nothing is told anew by itself."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.invitations.models import Telling, Told
from app.kernel import clock, restored

LEAP = 1000  # more letters about one appointment than anybody writes between a backup and its restoring


@restored.on
def leap(db: Session) -> None:
    """Put the sequence of every appointment past any that was sent since the backup, and what waits off to the day.

    Until then the organiser sees what waits, and may send it.
    """
    db.execute(sa.update(Told).values(sequence=Told.sequence + LEAP).execution_options(synchronize_session=False))
    for telling, dialogue in db.execute(sa.select(Telling, Dialogue).join_from(Telling, Dialogue)):
        telling.due_at = max(clock.now(), clock.wall(dialogue.held_on, 0))
