"""The attached file: what is taken, who gets it back, and how."""

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel.settings import settings
from tests.dialogues.factories import as_organiser, published
from tests.proposals.factories import PDF, Sender, form, odt, ooxml, proposal


def _send(client: TestClient, sender: Sender, content: bytes, name: str = "Vårt «forslag».pdf") -> Any:
    parts: dict[str, Any] = {"data": {"proposal": json.dumps(proposal())}, "files": {"file": (name, content)}}
    return client.post("/api/v1/proposals/with-file", headers=sender.headers, **parts)


def test_a_file_comes_back_as_an_attachment_that_runs_nowhere(
    client: TestClient, dialogue: Dialogue, sender: Sender, organiser: dict[str, str]
) -> None:
    """I19, I22: to the supplier and to the organiser, the same bytes under the same name."""
    _send(client, sender, PDF)

    organisers = f"/api/v1/dialogues/{dialogue.id}/suppliers/{sender.supplier.id}/proposal/file"
    answers = [client.get(f"{sender.address}/proposal/file"), client.get(organisers, headers=organiser)]

    for answer in answers:
        assert (answer.status_code, answer.content) == (200, PDF)
        told = {name: answer.headers[name] for name in HEADERS}
        assert told == HEADERS


HEADERS = {
    "content-type": "application/pdf",
    "content-disposition": (
        "attachment; filename=\"vart-forslag.pdf\"; filename*=UTF-8''V%C3%A5rt%20%C2%ABforslag%C2%BB.pdf"
    ),
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, no-store",
}


def test_nobody_else_gets_the_file(
    client: TestClient, dialogue: Dialogue, sender: Sender, rival: Sender, organiser: dict[str, str], db: Session
) -> None:
    """Z1, Z2: not by id, by token, by range, or by another dialogue's organiser; each is as absent as can be."""
    file_id = _send(client, sender, PDF).json()["file"]["sha256"]
    stranger = as_organiser(db, published(db))
    db.commit()
    doors = f"/api/v1/dialogues/{dialogue.id}/suppliers"

    refused = [
        client.get(f"{doors}/{sender.supplier.id}/proposal{path}", headers={**headers, "Range": "bytes=0-3"})
        for path in ("", "/file")
        for headers in ({}, rival.headers, sender.headers, stranger)
    ]
    absent = [client.get(f"{rival.address}/proposal{path}") for path in ("/file", "/answers.json", f"/file/{file_id}")]
    mine = [client.get(f"{doors}/{each}/proposal/file", headers=organiser) for each in (rival.supplier.id, dialogue.id)]

    assert [answer.status_code for answer in refused] == [401, 401, 401, 404] * 2
    assert [answer.status_code for answer in (*absent, *mine)] == [404] * 5
    assert not any(PDF[:4] in answer.content for answer in (*refused, *absent, *mine))


def test_the_kinds_we_take_are_known_by_content(client: TestClient, sender: Sender) -> None:
    contents = (PDF, ooxml("docx"), ooxml("xlsx"), odt())

    answers = [_send(client, sender, content, "Forslag.exe") for content in contents]

    names = [answer.json()["file"]["name"] for answer in answers]
    assert names == ["Forslag.pdf", "Forslag.docx", "Forslag.xlsx", "Forslag.odt"]


def test_files_of_other_kinds_are_refused_and_nothing_is_kept(client: TestClient, sender: Sender) -> None:
    """I19, I21: by content, whatever they are called; zip bombs before anything is unpacked."""
    bomb = ooxml("docx", **{"word/media/zeros": bytes(30_000_000)})
    many = ooxml("docx", **{f"part{number}": b"" for number in range(5000)})

    answers = [_send(client, sender, content) for content in (b"", b"<script>alert(1)</script>", bomb, many)]

    sentence = "Send a PDF, Word (docx), OpenDocument (odt) or Excel (xlsx) file, without macros or a lock."
    assert [(answer.status_code, answer.json()["detail"]) for answer in answers] == [(422, sentence)] * 4
    assert client.get(f"{sender.address}/receipt").status_code == 404
    assert not settings().files.exists()


def test_a_file_over_the_limit_is_refused(client: TestClient, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
    """L5: a little over by its size, far over before it is read to its end."""
    monkeypatch.setenv("DIALOGDAG_MAX_UPLOAD_BYTES", "1000000")
    settings.cache_clear()

    at_limit = _send(client, sender, PDF[:-7] + bytes(1_000_000 - len(PDF)) + PDF[-7:])
    over = _send(client, sender, PDF[:-7] + bytes(1_000_001 - len(PDF)) + PDF[-7:])
    far_over = _send(client, sender, PDF + bytes(2_500_000))

    assert [answer.status_code for answer in (at_limit, over, far_over)] == [201, 422, 413]
    assert over.json()["detail"] == "The file is too large: the most is 1 MB."


def test_hostile_names_change_no_header_and_reach_no_path(client: TestClient, sender: Sender) -> None:
    """I22: the file lies under an id of our own."""
    names = ["../../etc/passwd", "a\r\nSet-Cookie: x", "CON", "x" * 300, "\u202efdp.exe", "a\"b';c"]
    for name in names:
        posted = client.post(f"{sender.address}/proposal", data=form(), files={"file": (name, PDF)})
        answer = client.get(f"{sender.address}/proposal/file")

        assert posted.status_code == 303
        assert (answer.content, "set-cookie" in answer.headers) == (PDF, False)
        assert answer.headers["content-disposition"].count("filename") == 2

    stored = [path.relative_to(settings().files) for path in settings().files.rglob("*") if path.is_file()]
    assert len(stored) == len(names)
    assert all(re.fullmatch(r"([0-9a-f]{2})/\1[0-9a-f]{30}", str(path)) for path in stored)
