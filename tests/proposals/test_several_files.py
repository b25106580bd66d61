"""Up to five files in a proposal: each kept or dropped by itself, together within the limit, none twice."""

import json
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.kernel.settings import settings
from tests.proposals.factories import PDF, Sender, form, odt, ooxml, proposal
from tests.suppliers.reading import values

KINDS = {
    "En.pdf": PDF,
    "To.docx": ooxml("docx"),
    "Tre.xlsx": ooxml("xlsx"),
    "Fire.odt": odt(),
    "Fem.pdf": b"%PDF-1" + PDF,
}


def _send(client: TestClient, sender: Sender, files: dict[str, bytes], **more: Any) -> Any:
    parts = [("file", (name, content)) for name, content in files.items()]
    body = {"proposal": json.dumps(proposal(**more))}
    return client.post("/api/v1/proposals/with-file", headers=sender.headers, data=body, files=parts)


def _page(client: TestClient, sender: Sender, files: list[tuple[str, str, bytes]], **ticks: str) -> Any:
    parts = [(field, (name, content)) for field, name, content in files]
    return client.post(f"{sender.address}/proposal", data={**form(), **ticks}, files=parts)


def test_five_files_come_in_at_both_doors_each_under_its_name(client: TestClient, sender: Sender) -> None:
    by_api = _send(client, sender, KINDS)
    by_form = _page(client, sender, [("files", *each) for each in KINDS.items()])
    page = client.get(f"{sender.address}/receipt").text

    assert (by_api.status_code, by_form.status_code) == (201, 303)
    assert [file["name"] for file in by_api.json()["files"]] == sorted(KINDS)
    addresses = [address for address in values(page, "href") if address and "/files/" in address]
    assert [client.get(address).content for address in addresses] == [KINDS[name] for name in sorted(KINDS)]


def test_each_file_is_kept_or_dropped_by_its_own_box(client: TestClient, sender: Sender) -> None:
    first = {file["name"]: file["id"] for file in _send(client, sender, KINDS).json()["files"]}

    boxes = {
        f"keep-{first['En.pdf']}": "true",
        f"keep-{first['To.docx']}": "true",
        f"claimed-{first['To.docx']}": "true",
    }
    _page(client, sender, [("claimed_files", "Seks.odt", odt())], **boxes)
    second = _files(client, sender)
    dropped = client.get(f"{sender.address}/proposal/files/{first['Tre.xlsx']}")

    assert second == {"En.pdf": False, "Seks.odt": True, "To.docx": True}
    assert dropped.status_code == 404


def _files(client: TestClient, sender: Sender) -> dict[str, bool]:
    """The files of the last version by name, each with whether it is claimed."""
    whole = json.loads(client.get(f"{sender.address}/proposal/answers.json").content)
    return {file["name"]: file["claimed"] for file in whole["files"]}


def test_a_file_that_is_sent_once_more_takes_the_place_of_the_kept_one(client: TestClient, sender: Sender) -> None:
    (kept,) = _send(client, sender, {"Gammelt.pdf": PDF}).json()["files"]

    answer = _send(client, sender, {"Nytt.pdf": PDF}, keeps_files=[{"id": kept["id"]}])

    assert [file["name"] for file in answer.json()["files"]] == ["Nytt.pdf"]


def test_six_files_are_one_too_many_however_they_come(client: TestClient, sender: Sender) -> None:
    many = [("files", *each) for each in KINDS.items()]
    sixth = ("claimed_files", "Seks.odt", odt() + b"")

    new = _page(client, sender, [*many, ("files", "Seks.pdf", b"%PDF-2" + PDF)])
    kept = {f"keep-{file['id']}": "true" for file in _send(client, sender, KINDS).json()["files"]}
    mixed = _page(client, sender, [("files", "Seks.pdf", b"%PDF-2" + PDF)], **kept)

    assert sixth[2] == KINDS["Fire.odt"]
    for answer in (new, mixed):
        assert answer.status_code == 422
        assert answer.text.count("Det er for mange filer: høyst 5.") == 2


def test_the_files_are_bounded_together(client: TestClient, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    """L5: what is kept counts, too."""
    monkeypatch.setenv("DIALOGDAG_MAX_UPLOAD_BYTES", "1000000")
    settings.cache_clear()
    half = PDF[:-7] + bytes(500_000 - len(PDF)) + PDF[-7:]
    (kept,) = _send(client, sender, {"Halv.pdf": half}).json()["files"]
    keeps = {"keeps_files": [{"id": kept["id"]}]}

    exact = _send(client, sender, {"Like stor.pdf": half.replace(b"1.7", b"1.6")}, **keeps)
    both = {"keeps_files": [{"id": file["id"]} for file in exact.json()["files"]]}
    over = _send(client, sender, {"Liten.pdf": PDF}, **both)

    assert (len(half), exact.status_code, over.status_code) == (500_000, 201, 422)
    assert over.json()["detail"] == "The files are too large: together they can be at most 1 MB."


def test_faults_of_files_name_them_and_stand_at_their_own_field(client: TestClient, sender: Sender) -> None:
    """I22: the name is shown in visible characters."""
    answer = _page(
        client,
        sender,
        [("files", "a/\u202eexe.pdf", b"MZ"), ("claimed_files", "b.pdf", PDF), ("claimed_files", "c.pdf", PDF)],
    )

    assert answer.status_code == 422
    assert [address for address in values(answer.text, "href") if address in {"#files", "#claimed_files"}] == [
        "#files",
        "#claimed_files",
    ]
    assert answer.text.count("«exe.pdf» kan ikke tas imot.") == 2
    assert answer.text.count("«c.pdf» er med to ganger.") == 2
    assert "Hadde dere valgt filer, så velg dem en gang til." in answer.text


def test_only_files_of_ones_own_last_version_are_kept(client: TestClient, sender: Sender, rival: Sender) -> None:
    """Z2: the id of a rival's file is as unknown as any."""
    (theirs,) = _send(client, rival, {"Deres.pdf": PDF}).json()["files"]
    _send(client, sender, {"Vårt.odt": odt()})

    answers = [
        client.post("/api/v1/proposals", headers=sender.headers, json=proposal(keeps_files=[{"id": each}]))
        for each in (theirs["id"], str(UUID(int=7)))
    ]

    assert [(answer.status_code, answer.json()["detail"]) for answer in answers] == [
        (422, "A file that was to be kept is not in the version before.")
    ] * 2
