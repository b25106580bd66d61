"""Documents beside the note: published and withdrawn by the organiser, read by everybody, run by nobody."""

import io
import json
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import trail
from app.kernel.settings import settings
from tests.dialogues.factories import as_organiser, draft, published
from tests.suppliers.reading import tags, values

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def _docx(*more: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            archive.writestr(name, "<x/>")
    return made.getvalue()


def _publish(client: TestClient, dialogue: Dialogue, headers: dict[str, str], **changes: Any) -> Any:
    asked: dict[str, Any] = {"title": "Lysark fra konferansen", "name": "lysark.pdf", "content": PDF, **changes}
    return client.post(
        f"/api/v1/dialogues/{dialogue.id}/documents",
        data={"document": json.dumps({"title": asked["title"]})},
        files={"file": (asked["name"], asked["content"])},
        headers=headers,
    )


def test_a_document_is_published_listed_read_and_withdrawn(
    client: TestClient, db: Session, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    made = _publish(client, dialogue, organiser)
    page = f"/d/{dialogue.slug}"
    address = f"{page}/documents/{made.json()['id']}"

    shown, got = client.get(page), client.get(address)

    assert (made.status_code, made.json()["name"], made.json()["size"]) == (201, "lysark.pdf", len(PDF))
    assert (address in values(shown.text, "href"), "Lysark fra konferansen" in shown.text) == (True, True)
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, PDF, "application/pdf")
    assert got.headers["content-disposition"] == "attachment; filename=\"lysark.pdf\"; filename*=UTF-8''lysark.pdf"
    assert (got.headers["x-content-type-options"], got.headers["content-security-policy"]) == (
        "nosniff",
        "sandbox; default-src 'none'",
    )
    listed = f"/api/v1/dialogues/{dialogue.id}/documents"
    assert client.get(listed).json() == [made.json()]
    gone = [client.delete(f"{listed}/{made.json()['id']}", headers=organiser) for _ in range(2)]
    assert [answer.status_code for answer in gone] == [204, 404]
    assert (client.get(address).status_code, address in client.get(page).text, client.get(listed).json()) == (
        404,
        False,
        [],
    )
    acts = [entry.action for entry in trail.entries(db) if entry.kind == "documents"]
    assert (acts, trail.first_flaw(db)) == (["published", "withdrew"], None)


def test_a_file_is_known_by_its_content_and_not_by_its_name(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """I19, I22: what is none of the kinds is refused, and a name is only ever shown."""
    refused = [b"", b"<html>", b"MZ", PDF[:-7], _docx("word/vbaProject.bin"), _docx("../x"), _docx()[:-3]]

    answers = [_publish(client, dialogue, organiser, content=content) for content in refused]
    named = [
        _publish(client, dialogue, organiser, name=name, content=content).json()["name"]
        for name, content in (("../../etc/passwd", PDF), ("a<b>.pdf", PDF), ("lysark.pdf", _docx()))
    ]

    assert [answer.status_code for answer in answers] == [422] * len(refused)
    assert named == ["passwd.pdf", "a-b-.pdf", "lysark.docx"]


def test_a_file_that_is_too_large_is_refused(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOGDAG_MAX_UPLOAD_BYTES", str(len(PDF)))
    settings.cache_clear()

    just, over = (_publish(client, dialogue, organiser, content=content) for content in (PDF, b"%PDF-" + PDF))

    assert (just.status_code, over.status_code) == (201, 413)


def test_only_the_organiser_publishes_and_other_dialogues_do_not_show_it(
    client: TestClient, db: Session, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """Z5, Z8: the token of another dialogue publishes and withdraws nothing; its page does not give the file out."""
    other, hidden = published(db), draft(db)
    stranger, author = as_organiser(db, other), as_organiser(db, hidden)
    db.commit()
    made = _publish(client, dialogue, organiser).json()
    of_draft = _publish(client, hidden, author).json()
    mine = f"/api/v1/dialogues/{dialogue.id}/documents"

    answers = [
        _publish(client, dialogue, {}),
        _publish(client, dialogue, stranger),
        client.delete(f"{mine}/{made['id']}", headers=stranger),
        client.delete(f"/api/v1/dialogues/{other.id}/documents/{made['id']}", headers=stranger),
        client.get(f"/d/{other.slug}/documents/{made['id']}"),
        client.get(f"/d/{hidden.slug}/documents/{of_draft['id']}"),
        client.get(f"/d/{dialogue.slug}/documents/{uuid4()}"),
        client.get(f"/d/{dialogue.slug}/documents/x"),
        client.get(f"/api/v1/dialogues/{hidden.id}/documents"),
    ]

    assert [answer.status_code for answer in answers] == [401, *[404] * 8]
    assert client.get(mine).json() == [made]


def test_nothing_but_the_title_is_taken_from_the_body(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """I20: what a body may not set is refused."""
    for more in ({"id": str(uuid4())}, {"file_id": str(uuid4())}, {"withdrawn_at": None}, {"dialogue_id": "x"}):
        answer = client.post(
            f"/api/v1/dialogues/{dialogue.id}/documents",
            data={"document": json.dumps({"title": "Lysark", **more})},
            files={"file": ("x.pdf", PDF)},
            headers=organiser,
        )
        assert answer.status_code == 422


def test_the_organisers_page_publishes_and_withdraws_without_scripts(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    page = f"/o/{organiser['Authorization'].removeprefix('Bearer ')}/documents"

    done = client.post(page, data={"title": "Lysark"}, files={"file": ("lysark.pdf", PDF)})
    wrong = client.post(page, data={"title": "Lysark"}, files={"file": ("lysark.pdf", b"MZ")})
    empty = client.post(page, data={"title": " "})
    shown = client.get(page).text
    [action] = [value for value in values(shown, "action", {"form"}) if value.endswith("/withdraw")]
    withdrawn = client.post(action)

    assert [answer.status_code for answer in (done, wrong, empty, withdrawn)] == [303, 422, 422, 303]
    faulty = [
        [attributes["name"] for _, attributes in tags(answer.text) if attributes.get("aria-invalid")]
        for answer in (wrong, empty)
    ]
    assert faulty == [["file"], ["title", "file"]]
    assert client.get(f"/api/v1/dialogues/{dialogue.id}/documents").json() == []
    assert client.get("/o/wrong/documents").status_code == 404
