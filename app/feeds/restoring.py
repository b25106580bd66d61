"""After a backup has been restored: subscribers may know later versions than we do, so ours must be later still."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.feeds import service
from app.feeds.models import Feed, FeedEvent
from app.feeds.queries import LEAP
from app.kernel import clock, restored


@restored.on
def leap(db: Session) -> None:
    """Put the sequence of every entry past any that was served since the backup, and render every feed anew."""
    values = {"sequence": FeedEvent.sequence + LEAP, "revised_at": clock.now()}
    db.execute(sa.update(FeedEvent).values(values).execution_options(synchronize_session=False))
    db.execute(sa.update(Feed).values(name=""))  # another name than the one it is to have: it is rendered
    db.expire_all()
    for dialogue_id in db.scalars(sa.select(Dialogue.id)).all():
        service.refresh(db, dialogue_id)
