"""Tables of what people have answered, and of the mail that was read."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import EnumText, Row
from app.kernel.ical import PartStat


class How(StrEnum):
    """How an answer came in."""

    MAIL = "mail"
    LINK = "link"
    PAGE = "page"


class Answer(Row):
    """What one recipient has answered to what it was told of one appointment.

    `fingerprint` is the SHA-256 of the token in the address that its answers come to. `last_sequence` is that of the
    last letter: answers to earlier ones come too late. `sequence` is that of the letter that was answered, `stamp` when
    the answer was given: an older one that comes later changes nothing. A recipient may propose another time, or send
    somebody else (`delegated_to`): the organiser decides.
    """

    __tablename__ = "invitation_answers"

    told_id: Mapped[UUID] = mapped_column(ForeignKey("told.id"), unique=True)
    fingerprint: Mapped[str | None] = mapped_column(String(64), unique=True)
    last_sequence: Mapped[int] = mapped_column(default=0)
    answer: Mapped[PartStat] = mapped_column(EnumText(PartStat), default=PartStat.NEEDS_ACTION)
    answered_at: Mapped[datetime | None]
    how: Mapped[How | None] = mapped_column(EnumText(How))
    sequence: Mapped[int | None]
    stamp: Mapped[datetime | None]
    comment: Mapped[str] = mapped_column(default="")
    proposed_at: Mapped[datetime | None]
    proposed_start: Mapped[datetime | None]
    proposed_end: Mapped[datetime | None]
    delegated_to: Mapped[str] = mapped_column(default="")
    refreshed_at: Mapped[datetime | None]

    def ask_anew(self) -> None:
        """Take what was answered as no answer to what is told now."""
        self.answer, self.comment, self.delegated_to = PartStat.NEEDS_ACTION, "", ""
        self.answered_at = self.how = self.sequence = self.stamp = None
        self.proposed_at = self.proposed_start = self.proposed_end = None

    def forget_words(self) -> None:
        """Leave of the answer only what it was and when."""
        self.comment = self.delegated_to = ""
        self.fingerprint = None


class Outcome(StrEnum):
    """What became of a message in the mailbox."""

    ANSWERED = "answered"
    PROPOSED = "proposed"  # another time
    DELEGATED = "delegated"
    REFRESHED = "refreshed"  # the invitation was sent again
    FORWARDED = "forwarded"  # a letter of a person, to the organiser
    BOUNCED = "bounced"
    OLD = "old"  # of an answer that a later one has replaced
    IGNORED = "ignored"  # sent by a machine, and nothing to us
    UNPROVED = "unproved"  # an answer that may be somebody else's: nothing was recorded
    UNREADABLE = "unreadable"  # stays in the mailbox for a person
    UNKNOWN = "unknown"  # likewise: it tells of nothing that we know


FOR_A_PERSON = frozenset({Outcome.UNREADABLE, Outcome.UNKNOWN})


class ReadMail(Row):
    """A message that was read, by the SHA-256 of its bytes, so that none is taken twice.

    Who sent it and what it says are kept only of what the organiser is to see: answers that nothing proves.
    """

    __tablename__ = "read_mails"

    digest: Mapped[str] = mapped_column(String(64), unique=True)
    read_at: Mapped[datetime] = mapped_column(default=clock.now)
    outcome: Mapped[Outcome] = mapped_column(EnumText(Outcome))
    told_id: Mapped[UUID | None] = mapped_column(ForeignKey("told.id"), index=True)
    sender: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
