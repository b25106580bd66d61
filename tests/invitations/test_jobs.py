"""Nobody calls the invitations: they hear that meetings have changed, and that a supplier has withdrawn."""

from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from typing import Any

from app.kernel.db import transaction
from app.suppliers import service as suppliers
from tests.invitations.factories import ANNE, LIV, SUPPLIER, a_booked_day


def _methods(house: Path) -> list[tuple[str, str]]:
    """Who has an invitation or a cancellation in the outbox."""
    found = []
    for file in (house / "outbox").glob("*.eml"):
        message = message_from_bytes(file.read_bytes())
        methods = [part.get_param("method") for part in message.walk() if part.get_content_type() == "text/calendar"]
        found += [(str(message["To"]).rpartition("<")[2].rstrip(">"), str(method)) for method in methods]
    return sorted(found)


def test_a_booking_is_told_and_a_withdrawal_takes_it_back(
    house: Path, running_engine: None, wait_until: Callable[..., Any]
) -> None:
    with transaction() as session:
        dialogue, _ = a_booked_day(session)
    invited = [(address, "REQUEST") for address in (ANNE, LIV, SUPPLIER)]
    wait_until(lambda: _methods(house) == invited)

    with transaction() as session:
        suppliers.withdraw(session, suppliers.of_dialogue(session, dialogue.id)[0])

    taken_back = [(address, "CANCEL") for address in (ANNE, LIV, SUPPLIER)]
    wait_until(lambda: _methods(house) == sorted(invited + taken_back))
