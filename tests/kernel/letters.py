"""Letters to test the outbox with: put into it, tried at once, and looked at again."""

from email.message import EmailMessage
from uuid import UUID, uuid4

import sqlalchemy as sa

from app.kernel import clock, db, post, posting

KARI, OLA, EVA = "kari@vikstrand.example", "ola@myrland.example", "eva@elvemo.example"


def a_letter(recipient: str) -> EmailMessage:
    """A message to one recipient."""
    message = EmailMessage()
    message["From"] = "Dialogdag <dialog@vikstrand.example>"
    message["To"] = recipient
    message["Subject"] = "Møtet på Gardermoen"
    message.set_content("Hei på deg.\n.\nFra oss.")
    return message


def send(recipient: str, dialogue_id: UUID | None = None) -> post.Letter:
    """Put a letter to the recipient in the outbox."""
    with db.transaction() as session:
        return post.send(session, a_letter(recipient), key=str(uuid4()), dialogue_id=dialogue_id)


def as_it_is_now(letter: post.Letter) -> post.Letter:
    """The letter as the database has it."""
    with db.transaction(reads_only=True) as session:
        return session.get_one(post.Letter, letter.id)


def attempt(letter: post.Letter) -> post.Letter:
    """Make one attempt, whenever the letter would be due; the letter thereafter."""
    with db.transaction() as session:
        waiting = sa.and_(post.Letter.id == letter.id, post.Letter.due_at.is_not(None))
        session.execute(sa.update(post.Letter).where(waiting).values(due_at=clock.now()))
    posting.send_what_is_due()
    return as_it_is_now(letter)


def settled(letter: post.Letter) -> post.Letter | None:
    """The letter once it has left or is parked, else None."""
    now = as_it_is_now(letter)
    return now if now.sent_at or now.parked_at else None
