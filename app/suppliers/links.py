"""Addresses in letters to suppliers."""

from app.dialogues.models import Dialogue
from app.kernel.settings import settings
from app.suppliers.models import Supplier


def personal_link(supplier: Supplier) -> str:
    """The address of the supplier's own page, which is no secret: whoever has no session there is to sign in."""
    return f"{settings().base_url}/s/{supplier.id}"


def confirm_link(dialogue: Dialogue, token: str) -> str:
    """The address where a registration is confirmed, once."""
    return f"{settings().base_url}/d/{dialogue.slug}/confirm/{token}"


def address_link(dialogue: Dialogue, token: str) -> str:
    """The address where a new e-mail address is confirmed, once."""
    return f"{settings().base_url}/d/{dialogue.slug}/address/{token}"
