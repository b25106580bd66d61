"""Letters that people write in answer to an invitation: they go on to the organiser, who alone can answer them."""

from dataclasses import replace
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from uuid import UUID

import sqlalchemy as sa
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.invitations import words
from app.invitations.answers import Outcome, ReadMail
from app.invitations.difference import Said
from app.invitations.messages import Opened, has_files, letter_of
from app.invitations.models import Told
from app.kernel import clock, mail, post
from app.kernel.html import render
from app.kernel.ical import Mailbox
from app.kernel.languages import translate
from app.kernel.post import Letter
from app.kernel.settings import settings
from app.kernel.texts import EmailAddress

MOST_A_DAY = 20  # of one recipient: whoever writes more than that fills the organiser's mailbox
_KEY = "forwarded:"
_address = TypeAdapter(EmailAddress)


def forward(db: Session, told: Told, message: Opened, digest: str) -> bool:
    """Send a person's letter on to the organiser; false where it must stay in the mailbox, for a person to see.

    That is where there is nobody to answer, where the organiser has written it, and where too many have come.
    """
    dialogue = db.get_one(Dialogue, told.dialogue_id)
    is_own = message.sender.address == dialogue.organiser_email.casefold()
    if is_own or not _can_be_answered(message.sender) or _of_a_day(db, told) >= MOST_A_DAY:
        return False
    post.send(db, _written(dialogue, told, message), key=f"{_KEY}{digest}", dialogue_id=dialogue.id)
    return True


def forget(db: Session, told_id: UUID) -> None:
    """Leave nothing of what a recipient's letters were called; the organiser has had them."""
    keys = sa.select(sa.literal(_KEY) + ReadMail.digest).where(ReadMail.told_id == told_id)
    db.execute(sa.update(Letter).where(Letter.key.in_(keys), Letter.sent_at.is_not(None)).values(subject="–"))


def _can_be_answered(sender: Mailbox) -> bool:
    try:
        _address.validate_python(sender.address)
    except ValidationError:
        return False
    return True


def _of_a_day(db: Session, told: Told) -> int:
    since = clock.now() - timedelta(days=1)
    mine = sa.and_(ReadMail.told_id == told.id, ReadMail.outcome == Outcome.FORWARDED, ReadMail.read_at > since)
    return db.scalar(sa.select(sa.func.count()).select_from(ReadMail).where(mine)) or 0


def _what(said: Said) -> str:
    if said.is_meeting and said.supplier:
        return translate(said.language, "One-to-one meeting with {supplier}", supplier=said.supplier)
    return words.what(said, said.language)


def _written(dialogue: Dialogue, told: Told, message: Opened) -> EmailMessage:
    language = settings().language
    said = replace(Said.from_json(told.said), language=language)
    name = message.sender.name or message.sender.address
    plain = render(
        "invitations/answer_forwarded.txt",
        language,
        who=f"{name} <{message.sender.address}>",
        name=name,
        what=_what(said),
        when=words.when(said),
        lines=(letter_of(message) or "–").split("\n"),
        has_files=has_files(message),
    )
    organiser = Mailbox(dialogue.organiser_name, dialogue.organiser_email)
    letter = mail.letter(
        Mailbox("Dialogdag", settings().sender), organiser, subject=message.subject or "–", plain=plain.strip() + "\n"
    )
    local, _, domain = message.sender.address.rpartition("@")
    letter["Reply-To"] = Address(mail.header_text(message.sender.name), username=local, domain=domain)
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = language
    return letter
