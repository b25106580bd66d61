"""Signing in: a letter to an address that is known, with links that work once, and a session for whoever uses one."""

from uuid import UUID, uuid4

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access, post
from app.kernel.access import Right
from app.kernel.refusals import UnknownToken
from app.kernel.settings import settings
from app.suppliers import queries, sign_in_letter
from app.suppliers.models import Supplier
from app.suppliers.service import get
from app.suppliers.sign_in_letter import WayIn

MOST_AN_HOUR = 3  # letters to one address: nobody is to fill another's mailbox from our door


def write_to(db: Session, address: str) -> None:
    """Write one letter to the contact that has this e-mail address, with a link for each company of its.

    Does nothing for an address that is not known, or has had its letters of this hour.
    """
    found = registrations_of(db, address)
    if not found or queries.letters_lately(db, "sign in ", recipient=address) >= MOST_AN_HOUR:
        return
    ways = [WayIn(supplier, dialogue, sign_in_link(db, supplier)) for supplier, dialogue in found]
    contact = _contact(ways[0].supplier, address)
    assert contact is not None  # noqa: S101 it is how the supplier was found
    post.send(db, sign_in_letter.written(*contact, ways), key=f"sign in {uuid4()}")


def registrations_of(db: Session, address: str) -> list[tuple[Supplier, Dialogue]]:
    """The suppliers that have not withdrawn and have a contact with this e-mail address, the latest first.

    Those come last that have it as a further contact: anybody may have written it there, and nobody has confirmed it.
    """
    # The further contacts are JSON, which the two databases search differently: the text narrows, the list decides.
    further = sa.func.lower(sa.cast(Supplier.more_contacts, sa.Text)).contains(address.lower(), autoescape=True)
    where = sa.and_(Supplier.withdrawn_at.is_(None), sa.or_(_is(Supplier.contact_email, address), further))
    both = sa.select(Supplier, Dialogue).join(Dialogue, Dialogue.id == Supplier.dialogue_id).where(where)
    rows = db.execute(both.order_by(Supplier.registered_at.desc(), Supplier.id))
    found = [(supplier, dialogue) for supplier, dialogue in rows if _contact(supplier, address)]
    return sorted(found, key=lambda one: one[0].contact_email.lower() != address.lower())


def contacts_of(supplier: Supplier) -> list[tuple[str, str]]:
    """The name and the e-mail address of each person who may sign in for the supplier, the first contact first."""
    return [(supplier.contact_name, supplier.contact_email), *map(tuple, supplier.more_contacts)]


def is_contact(supplier: Supplier, address: str) -> bool:
    """Whether this is the e-mail address of somebody who may sign in for the supplier."""
    return _contact(supplier, address) is not None


def _contact(supplier: Supplier, address: str) -> tuple[str, str] | None:
    return next((one for one in contacts_of(supplier) if one[1].lower() == address.lower()), None)


def _is(column: sa.orm.InstrumentedAttribute[str], address: str) -> sa.ColumnElement[bool]:
    return sa.func.lower(column) == address.lower()


def sign_in_link(db: Session, supplier: Supplier) -> str:
    """A new address that signs in as the supplier, once and within ten minutes."""
    return f"{settings().base_url}/s/{supplier.id}/sign-in/{access.grant(db, Right.SIGN_IN, supplier.id)}"


def signs_in_as(db: Session, supplier_id: str, token: str) -> Supplier:
    """The supplier that the link would sign in as, which uses nothing up; raises UnknownToken when it has ended."""
    supplier = get(db, access.opened_by(db, token, Right.SIGN_IN).about)
    if str(supplier.id) != supplier_id or supplier.withdrawn_at is not None:
        raise UnknownToken
    return supplier


def sign_in(db: Session, supplier_id: str, token: str) -> UUID:
    """Use the link up; the id of the supplier it signs in as. Raises UnknownToken when it has ended."""
    signs_in_as(db, supplier_id, token)
    return access.use_up(db, token, Right.SIGN_IN)
