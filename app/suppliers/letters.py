"""Letters to suppliers: templates in the supplier's language, as text and as a page with the same facts.

The first line of a text template is the subject. Nothing that people have typed becomes a link.
"""

from email.message import EmailMessage

from app.dialogues.models import Dialogue
from app.kernel.html import render
from app.kernel.ical import Mailbox
from app.kernel.mail import letter
from app.suppliers.models import Supplier


def registered(supplier: Supplier, dialogue: Dialogue, link: str) -> EmailMessage:
    """The letter that brings a newly registered supplier the link to its own page."""
    return to_supplier("suppliers/letters/registered", supplier, dialogue, link=link)


def registered_again(supplier: Supplier, dialogue: Dialogue, link: str) -> EmailMessage:
    """The letter that tells a supplier that somebody has tried to register it once more."""
    return to_supplier("suppliers/letters/registered_again", supplier, dialogue, link=link)


def withdrawn(supplier: Supplier, dialogue: Dialogue) -> EmailMessage:
    """The letter that confirms to a supplier that it has withdrawn."""
    return to_supplier("suppliers/letters/withdrawn", supplier, dialogue)


def to_supplier(template: str, supplier: Supplier, dialogue: Dialogue, **facts: object) -> EmailMessage:
    """A letter from the organiser to the supplier's contact, written from `template`.txt and `template`.html."""
    context = {**facts, "supplier": supplier, "dialogue": dialogue}
    subject, _, plain = render(f"{template}.txt", supplier.language, **context).strip().partition("\n")
    message = letter(
        Mailbox(dialogue.organiser_name, dialogue.organiser_email),
        Mailbox(supplier.contact_name, supplier.contact_email),
        subject=subject,
        plain=plain.strip() + "\n",
        html=render(f"{template}.html", supplier.language, **context),
    )
    message["Content-Language"] = supplier.language
    message["Auto-Submitted"] = "auto-generated"
    return message
