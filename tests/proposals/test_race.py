"""A supplier presses the button many times at once."""

from concurrent.futures import ThreadPoolExecutor

from fastapi.testclient import TestClient

from app.dialogues.models import Dialogue
from tests.proposals.factories import Sender, proposal
from tests.suppliers.factories import letters


def test_versions_are_numbered_without_a_gap_and_each_has_its_receipt(
    client: TestClient, dialogue: Dialogue, sender: Sender
) -> None:
    def submit(_place: int) -> int:
        answer = client.post("/api/v1/proposals", json=proposal(), headers=sender.headers)
        assert answer.status_code == 201
        return int(answer.json()["version"])

    with ThreadPoolExecutor(20) as threads:
        versions = sorted(threads.map(submit, range(40)))

    subjects = [letter["Subject"] for letter in letters()]
    assert versions == list(range(1, 41))
    assert sum("Kvittering" in subject for subject in subjects) == 40
