"""The letter that is a supplier's receipt for its proposal."""

from email.message import EmailMessage

from app.dialogues.models import Dialogue
from app.kernel import clock
from app.proposals.schemas import Receipt
from app.suppliers.letters import to_supplier
from app.suppliers.models import Supplier


def received(supplier: Supplier, dialogue: Dialogue, receipt: Receipt) -> EmailMessage:
    """The receipt for one version of a proposal."""
    submitted_at = receipt.submitted_at.astimezone(clock.OSLO)
    return to_supplier("proposals/letters/received", supplier, dialogue, receipt=receipt, submitted_at=submitted_at)
