"""The letter that tells a supplier what all have been told."""

from email.message import EmailMessage

from app.dialogues.models import Dialogue
from app.kernel.settings import settings
from app.questions.models import SharedAnswer
from app.suppliers.letters import to_supplier
from app.suppliers.models import Supplier


def answered(supplier: Supplier, dialogue: Dialogue, answers: list[SharedAnswer]) -> EmailMessage:
    """Answers that have just been published or corrected; the same to every supplier, whoever asked."""
    link = f"{settings().base_url}/d/{dialogue.slug}/questions"
    return to_supplier("questions/letters/answered", supplier, dialogue, answers=answers, link=link)
