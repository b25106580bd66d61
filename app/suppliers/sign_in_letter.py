"""The letter that lets a contact sign in: one link for each company, from the house and not from an organiser."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage

from app.dialogues.models import Dialogue
from app.kernel.access import LASTS, Right
from app.kernel.html import render
from app.kernel.ical import Mailbox
from app.kernel.mail import letter
from app.kernel.settings import settings
from app.suppliers.models import Supplier

HOUSE = "Dialogdag"
MINUTES = int(LASTS[Right.SIGN_IN].total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class WayIn:
    """A supplier, its dialogue, and the link that signs in as it."""

    supplier: Supplier
    dialogue: Dialogue
    link: str


def written(name: str, address: str, ways: Sequence[WayIn]) -> EmailMessage:
    """The letter to the contact with this name and address, in the language of its latest registration."""
    language = ways[0].supplier.language
    facts = {"contact_name": name, "ways": ways, "minutes": MINUTES, "house": HOUSE}
    subject, _, plain = render("suppliers/letters/sign_in.txt", language, **facts).strip().partition("\n")
    message = letter(
        Mailbox(HOUSE, settings().sender),
        Mailbox(name, address),
        subject=subject,
        plain=plain.strip() + "\n",
        html=render("suppliers/letters/sign_in.html", language, **facts),
    )
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"
    return message
