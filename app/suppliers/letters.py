"""Letters to suppliers: templates in the supplier's language, as text and as a page with the same facts.

The first line of a text template is the subject. Nothing that people have typed becomes a link.
"""

from email.message import EmailMessage

from app.dialogues.models import Dialogue
from app.kernel.html import render
from app.kernel.ical import Mailbox
from app.kernel.mail import letter
from app.kernel.settings import Language, settings
from app.suppliers.models import Standing, Supplier
from app.suppliers.schemas import Registration


def to_confirm(registration: Registration, dialogue: Dialogue, link: str) -> EmailMessage:
    """The letter that asks the contact of a company to confirm its registration by the link."""
    recipient = Mailbox(registration.contact_name, registration.contact_email)
    facts = {"contact_name": registration.contact_name, "company": registration.name}
    return _letter("suppliers/letters/to_confirm", dialogue, recipient, registration.language, link=link, **facts)


def registered(supplier: Supplier, dialogue: Dialogue, link: str) -> EmailMessage:
    """The letter to a supplier that has come in, or has come to wait for a place, with the address of its own page."""
    waits = supplier.standing is Standing.WAITING
    return to_supplier(f"suppliers/letters/{'waiting' if waits else 'registered'}", supplier, dialogue, link=link)


def moved_up(supplier: Supplier, dialogue: Dialogue, link: str) -> EmailMessage:
    """The letter that tells a supplier that it has got a place from the waiting list."""
    return to_supplier("suppliers/letters/moved_up", supplier, dialogue, link=link)


def registered_again(supplier: Supplier, dialogue: Dialogue, link: str) -> EmailMessage:
    """The letter that tells a supplier that somebody has tried to register it once more."""
    return to_supplier("suppliers/letters/registered_again", supplier, dialogue, link=link)


def claimed_twice(supplier: Supplier, dialogue: Dialogue, claim: Registration) -> EmailMessage:
    """The letter that tells the organiser that somebody else, too, says to act for a supplier."""
    recipient = Mailbox(dialogue.organiser_name, dialogue.organiser_email)
    facts = {"supplier": supplier, "contact_name": dialogue.organiser_name, "claim": claim}
    return _letter("suppliers/letters/claimed_twice", dialogue, recipient, settings().language, **facts)


def new_address(supplier: Supplier, dialogue: Dialogue, address: str, link: str) -> EmailMessage:
    """The letter to a new address of a supplier, which holds when the link has been used."""
    return _to(Mailbox(supplier.contact_name, address), "suppliers/letters/new_address", supplier, dialogue, link=link)


def address_changed(supplier: Supplier, dialogue: Dialogue, former: str) -> EmailMessage:
    """The letter to a supplier's former address, which tells that it is no longer written to."""
    return _to(Mailbox(supplier.contact_name, former), "suppliers/letters/address_changed", supplier, dialogue)


def withdrawn(supplier: Supplier, dialogue: Dialogue) -> EmailMessage:
    """The letter that confirms to a supplier that it has withdrawn."""
    return to_supplier("suppliers/letters/withdrawn", supplier, dialogue)


def to_supplier(template: str, supplier: Supplier, dialogue: Dialogue, **facts: object) -> EmailMessage:
    """A letter from the organiser to the supplier's contact, written from `template`.txt and `template`.html."""
    return _to(Mailbox(supplier.contact_name, supplier.contact_email), template, supplier, dialogue, **facts)


def _to(recipient: Mailbox, template: str, supplier: Supplier, dialogue: Dialogue, **facts: object) -> EmailMessage:
    context = {"supplier": supplier, "contact_name": supplier.contact_name, "company": supplier.name, **facts}
    return _letter(template, dialogue, recipient, supplier.language, **context)


def _letter(template: str, dialogue: Dialogue, recipient: Mailbox, language: Language, **facts: object) -> EmailMessage:
    context = {**facts, "dialogue": dialogue}
    subject, _, plain = render(f"{template}.txt", language, **context).strip().partition("\n")
    message = letter(
        Mailbox(dialogue.organiser_name, dialogue.organiser_email),
        recipient,
        subject=subject,
        plain=plain.strip() + "\n",
        html=render(f"{template}.html", language, **context),
    )
    message["Content-Language"] = language
    message["Auto-Submitted"] = "auto-generated"
    return message
