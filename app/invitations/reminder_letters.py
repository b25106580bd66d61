"""The letter that reminds somebody of a day: when, where and whom, in the recipient's language. Pure.

It carries no calendar: the invitations stand in the recipient's already. The first line of its text is the subject.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from app.dialogues.models import Buyer, Dialogue
from app.invitations import words
from app.invitations.difference import Audience, Said
from app.kernel import mail
from app.kernel.html import day_words, render
from app.kernel.ical import Mailbox
from app.kernel.languages import translate


@dataclass(frozen=True, slots=True)
class _Line:
    """One appointment as it is told: `whom` is the panel and its people, or empty."""

    hours: str
    what: str
    room: str
    whom: str


def written(said: Sequence[Said], dialogue: Dialogue, buyers: Sequence[Buyer], links: Sequence[str]) -> EmailMessage:
    """The letter about these appointments of one person on one day; `links` lead to its own pages."""
    first = said[0]
    context = {
        "heading": _heading(said),
        "said": first,
        "day": day_words(first.starts_at, first.language),
        "lines": [_line(one) for one in said],
        "links": links,
        "dialogue": dialogue,
        "lead": buyers[0].name if buyers else dialogue.organiser_name,
        "count": len(buyers),
    }
    subject, _, plain = render("invitations/reminder.txt", first.language, **context).strip().partition("\n")
    message = mail.letter(
        Mailbox(dialogue.organiser_name, dialogue.organiser_email),
        first.mailbox,
        subject=subject,
        plain=plain.strip() + "\n",
        html=render("invitations/reminder.html", first.language, **context),
    )
    message["Content-Language"] = first.language
    message["Auto-Submitted"] = "auto-generated"
    return message


def _heading(said: Sequence[Said]) -> str:
    first = said[0]
    if len(said) == 1:
        what, when = words.subject(first), words.when(first)
        return translate(first.language, "Reminder: {what}, {when}", what=what, when=when)
    day = day_words(first.starts_at, first.language)
    return translate(first.language, "Reminder: {count} appointments on {day}", count=len(said), day=day)


def _line(said: Said) -> _Line:
    whom = f"{said.panel}: {', '.join(said.people)}" if said.people else said.panel
    is_shown = said.audience is Audience.SUPPLIER or said.is_meeting
    return _Line(words.hours(said, said.language), words.subject(said), said.room, whom if is_shown else "")
