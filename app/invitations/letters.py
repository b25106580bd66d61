"""What invitations say, in the recipient's language: a letter, its page, and the event for the calendar. Pure.

The first line of a text template is the subject. Nothing that people have typed becomes a link.
"""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

from app.dialogues.models import Buyer, Dialogue
from app.invitations import words
from app.invitations.difference import Audience, Change, Kind, Said
from app.kernel import ical, mail
from app.kernel.html import render
from app.kernel.ical import Attendee, AttendeeKind, Event, Mailbox, Method, PartStat, Role, Status
from app.kernel.languages import translate


@dataclass(frozen=True, slots=True)
class Asking:
    """How the recipient of a letter answers it, and what it has answered.

    `address` is where the answers of calendars come to: empty where that is the organiser's own mailbox, read by a
    person. `link` is where one answers on a page, and empty where nothing is asked.
    """

    address: str = ""
    link: str = ""
    answer: PartStat = PartStat.NEEDS_ACTION


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to be written: about which appointment, what is new, and when it is made.

    `link` is the supplier's own page, or empty. `goes_on` says whether an appointment that is taken back goes on
    for others. A letter to the organiser's own mailbox carries no calendar: some mail servers take an invitation
    from oneself to oneself for one's own event, and throw the letter away.
    """

    uid: UUID
    change: Change
    made_at: datetime
    link: str = ""
    goes_on: bool = False
    asking: Asking = Asking()


def written(letter: Letter, dialogue: Dialogue, buyers: list[Buyer], page: str) -> EmailMessage:
    """The letter as a message; `page` is the public address of the dialogue.

    It comes from where its answers are read: a calendar answers its organiser, and who that is never changes.
    """
    said = letter.change.said
    sender = Mailbox(dialogue.organiser_name, letter.asking.address or dialogue.organiser_email)
    has_calendar = said.address.casefold() != dialogue.organiser_email.casefold()
    subject, plain, html = _texts(letter, dialogue, buyers, has_calendar=has_calendar)
    message = mail.letter(sender, said.mailbox, subject=subject, plain=plain, html=html)
    if has_calendar:
        mail.add_calendar(message, _calendar(letter, dialogue, sender, page), letter.change.method)
    # Last of all: a message that gets a file hands its own Content headers down to its text.
    message["Content-Language"] = said.language
    return message


def _texts(letter: Letter, dialogue: Dialogue, buyers: list[Buyer], *, has_calendar: bool) -> tuple[str, str, str]:
    change, language = letter.change, letter.change.said.language
    when = words.when(change.said)
    context = {
        "heading": words.heading(change, goes_on=letter.goes_on),
        "opening": words.opening(change, goes_on=letter.goes_on),
        "when": when[:1].upper() + when[1:],
        "said": change.said,
        "is_cancelled": change.kind is Kind.CANCELLED,
        "is_kept": change.kind is Kind.KEPT,
        "has_calendar": has_calendar,
        "answer_link": letter.asking.link,
        "link": letter.link,
        "dialogue": dialogue,
        "lead": buyers[0].name if buyers else dialogue.organiser_name,
        "count": len(buyers),
    }
    subject, _, plain = render("invitations/letter.txt", language, **context).strip().partition("\n")
    return subject.strip(), plain.strip() + "\n", render("invitations/letter.html", language, **context)


def _calendar(letter: Letter, dialogue: Dialogue, sender: Mailbox, page: str) -> bytes:
    if letter.change.kind is Kind.KEPT:
        return ical.declined_counter(letter.uid, letter.change.sequence, letter.made_at, sender)
    return ical.calendar([_event(letter, dialogue, sender, page)], method=letter.change.method)


def _event(letter: Letter, dialogue: Dialogue, sender: Mailbox, page: str) -> Event:
    said = letter.change.said
    return Event(
        uid=letter.uid,
        starts_at=said.starts_at,
        ends_at=said.ends_at,
        summary=_summary(said, dialogue),
        stamp=letter.made_at,
        sequence=letter.change.sequence,
        description=_description(said, dialogue),
        location=", ".join(part for part in (said.room, said.place) if part),
        url=f"{letter.link}/meeting" if letter.link else page,
        status=_status(letter),
        is_busy=letter.change.method is not Method.CANCEL,
        organiser=sender,
        attendees=_attendees(letter),
    )


def _attendees(letter: Letter) -> tuple[Attendee, ...]:
    """The recipient, and the room where it has a mailbox: nobody else, since suppliers must not learn of each other."""
    said = letter.change.said
    if said.audience is Audience.ROOM:
        return (Attendee(said.mailbox, AttendeeKind.ROOM, Role.NONE, letter.asking.answer),)
    has_room = said.room_address and letter.change.method is Method.REQUEST
    room = (Attendee.room(Mailbox(said.room, said.room_address)),) if has_room else ()
    return (Attendee(said.mailbox, answer=letter.asking.answer), *room)


def _summary(said: Said, dialogue: Dialogue) -> str:
    if not said.is_meeting:
        return f"{said.title} – {dialogue.title}"
    if said.audience is not Audience.PERSON:
        return translate(said.language, "One-to-one meeting – {title}", title=dialogue.title)
    return translate(said.language, "One-to-one meeting with {supplier}", supplier=said.supplier)


def _description(said: Said, dialogue: Dialogue) -> str:
    met = f"{said.panel}: {', '.join(said.people)}" if said.people else said.panel
    return "\n".join(part for part in (dialogue.title, met) if part)


def _status(letter: Letter) -> Status | None:
    if letter.change.kind is not Kind.CANCELLED:
        return Status.CONFIRMED
    # RFC 5546 3.2.5: the one who is taken off an event that goes on is not told that it is cancelled.
    return None if letter.goes_on else Status.CANCELLED
