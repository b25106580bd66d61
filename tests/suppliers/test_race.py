"""Many register the same company at once, at both doors."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient

from app.dialogues.models import Dialogue
from tests.suppliers.factories import asked, letters


def test_two_hundred_at_once_make_one_supplier(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """B11, P1: one row, one winner at the organiser's door at the most, and the open door gives nothing away."""
    address = f"/api/v1/dialogues/{dialogue.id}/registrations"

    def register(place: int) -> tuple[bool, int]:
        is_open_door = place % 4 == 0  # more would be too often for one address
        headers = {} if is_open_door else organiser
        return is_open_door, client.post(address, json=asked(), headers=headers).status_code

    with ThreadPoolExecutor(40) as threads:
        answers = Counter(threads.map(register, range(200)))

    suppliers = client.get(f"/api/v1/dialogues/{dialogue.id}/suppliers", headers=organiser).json()
    assert [supplier["organisation_number"] for supplier in suppliers] == ["313204863"]
    assert answers[True, 202] == 50
    assert (answers[False, 201], answers[False, 409]) == (1, 149)
    assert Counter(letter["Subject"].split()[2] for letter in letters())["påmeldt"] == 1
