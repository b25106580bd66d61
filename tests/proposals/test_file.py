"""The attached file: what is taken, who gets it back, and how."""

import json
import re
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel.settings import settings
from tests.dialogues.factories import as_organiser, published
from tests.proposals.factories import PDF, Sender, form, odt, ooxml, proposal
from tests.suppliers.reading import values


def _only_file(client: TestClient, sender: Sender) -> str:
    """The address of the file on the receipt."""
    (address,) = [each for each in values(client.get(f"{sender.address}/receipt").text, "href") if "/files/" in each]
    return address


def _send(client: TestClient, sender: Sender, content: bytes, name: str = "Vårt «forslag».pdf") -> Any:
    parts: dict[str, Any] = {"data": {"proposal": json.dumps(proposal())}, "files": {"file": (name, content)}}
    return client.post("/api/v1/proposals/with-file", headers=sender.headers, **parts)


def test_a_file_comes_back_as_an_attachment_that_runs_nowhere(
    client: TestClient, dialogue: Dialogue, sender: Sender, organiser: dict[str, str]
) -> None:
    """I19, I22: to the supplier and to the organiser, the same bytes under the same name."""
    file_id = _send(client, sender, PDF).json()["files"][0]["id"]

    organisers = f"/api/v1/dialogues/{dialogue.id}/suppliers/{sender.supplier.id}/proposal/files/{file_id}"
    answers = [
        client.get(f"{sender.address}/proposal/files/{file_id}"),
        client.get(organisers, headers=organiser),
    ]

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


RANGES: list[dict[str, str]] = [{}, {"Range": "bytes=0-3"}, {"Range": "bytes=0-3,9-12"}, {"Range": "bytes=99999-"}]


def _told(answer: Any) -> tuple[object, ...]:
    return answer.status_code, answer.content, sorted(answer.headers.items())


def test_a_rivals_file_is_as_absent_as_one_that_is_not_there(
    client: TestClient, dialogue: Dialogue, sender: Sender, rival: Sender
) -> None:
    """Z2, Z12: signed in as a rival, by any id, range and method; the answer is that of an id that nobody has."""
    file = _send(client, sender, PDF).json()["files"][0]
    _send(client, rival, PDF, "Vårt eget.pdf")
    absent = f"{rival.address}/proposal/files/{UUID(int=7)}"
    wanted = [f"{rival.address}/proposal/files/{file[key]}" for key in ("id", "sha256", "name")]

    for method in ("GET", "HEAD", "POST", "DELETE"):
        for headers in RANGES:
            missing = _told(client.request(method, absent, headers=headers))
            assert [_told(client.request(method, address, headers=headers)) for address in wanted] == [missing] * 3
            assert missing[0] == (404 if method == "GET" else 405)
    own = client.get(f"{sender.address}/proposal/files/{file['id']}", headers=RANGES[1])
    assert (own.status_code, own.content) == (206, PDF[:4])  # the control: for its owner, ranges are served


def test_a_rivals_pages_are_as_closed_as_those_of_nobody(client: TestClient, sender: Sender, rival: Sender) -> None:
    """Z1, Z2: to somebody who is signed in as another supplier."""
    file = _send(client, sender, PDF).json()["files"][0]
    session = client.cookies.get("session", path=rival.address)
    paths = ("/receipt", "/proposal/shareable", "/proposal/draft/shareable", "/proposal/answers.json")
    client.cookies.clear()

    for path in (*paths, f"/proposal/files/{file['id']}"):
        closed = [
            client.get(f"/s/{each}{path}", headers={"Cookie": f"session={session}"})
            for each in (sender.supplier.id, UUID(int=7))
        ]
        assert [answer.status_code for answer in closed] == [closed[0].status_code] * 2
        assert closed[0].status_code in {303, 401, 403, 404}
        assert not any(PDF[:4] in answer.content or "dispenser" in answer.text for answer in closed)


def test_another_organiser_or_a_supplier_gets_nothing_at_the_door_for_systems(
    client: TestClient, dialogue: Dialogue, sender: Sender, rival: Sender, organiser: dict[str, str], db: Session
) -> None:
    """Z1, Z2: not by the id of the file of another, either."""
    file_id = _send(client, sender, PDF).json()["files"][0]["id"]
    _send(client, rival, ooxml("docx"))
    stranger = as_organiser(db, published(db))
    db.commit()
    doors = f"/api/v1/dialogues/{dialogue.id}/suppliers"
    heads: list[dict[str, str]] = [{}, rival.headers, sender.headers, stranger]

    refused = [
        client.get(f"{doors}/{sender.supplier.id}/proposal{path}", headers={**headers, "Range": "bytes=0-3"})
        for path in ("", "/shareable", f"/files/{file_id}")
        for headers in heads
    ]
    crossed = [
        client.get(f"{doors}/{supplier}/proposal/files/{file_id}", headers=organiser)
        for supplier in (rival.supplier.id, dialogue.id)
    ]

    assert [answer.status_code for answer in refused] == [401, 401, 401, 404] * 3
    assert [answer.status_code for answer in crossed] == [404] * 2
    assert not any(PDF[:4] in answer.content for answer in (*refused, *crossed))


def test_the_kinds_we_take_are_known_by_content(client: TestClient, sender: Sender) -> None:
    contents = (PDF, ooxml("docx"), ooxml("xlsx"), odt())

    answers = [_send(client, sender, content, "Forslag.exe") for content in contents]

    names = [answer.json()["files"][0]["name"] for answer in answers]
    assert names == ["Forslag.pdf", "Forslag.docx", "Forslag.xlsx", "Forslag.odt"]


def test_files_of_other_kinds_are_refused_and_nothing_is_kept(client: TestClient, sender: Sender) -> None:
    """I19, I21: by content, whatever they are called; zip bombs before anything is unpacked."""
    bomb = ooxml("docx", **{"word/media/zeros": bytes(30_000_000)})
    many = ooxml("docx", **{f"part{number}": b"" for number in range(5000)})

    answers = [_send(client, sender, content) for content in (b"", b"<script>alert(1)</script>", bomb, many)]

    sentence = (
        "“Vårt «forslag».pdf” cannot be taken. "
        "Send a PDF, Word (docx), OpenDocument (odt) or Excel (xlsx) file, without macros or a lock."
    )
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
    assert over.json()["detail"] == "The files are too large: together they can be at most 1 MB."


def test_hostile_names_change_no_header_and_reach_no_path(client: TestClient, sender: Sender) -> None:
    """I22: the file lies under an id of our own."""
    names = ["../../etc/passwd", "a\r\nSet-Cookie: x", "CON", "x" * 300, "\u202efdp.exe", "a\"b';c"]
    for name in names:
        posted = client.post(f"{sender.address}/proposal", data=form(), files={"files": (name, PDF)})
        answer = client.get(_only_file(client, sender))

        assert posted.status_code == 303
        assert (answer.content, "set-cookie" in answer.headers) == (PDF, False)
        assert answer.headers["content-disposition"].count("filename") == 2

    stored = [path.relative_to(settings().files) for path in settings().files.rglob("*") if path.is_file()]
    assert len(stored) == len(names)
    assert all(re.fullmatch(r"([0-9a-f]{2})/\1[0-9a-f]{30}", str(path)) for path in stored)
