"""The supplier's own page: the road, what is registered, the form and its receipt, all without a script."""

import hashlib
from datetime import timedelta

from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock
from tests.dialogues.factories import published
from tests.proposals.factories import PDF, Sender, form
from tests.suppliers.factories import organisation_number, registered, signed_in
from tests.suppliers.reading import structure, tags, values


def _states(page: str) -> list[str | None]:
    return [
        attributes.get("data-state") for tag, attributes in tags(page) if tag == "li" and "data-state" in attributes
    ]


def test_the_page_shows_how_far_the_supplier_has_come(client: TestClient, dialogue: Dialogue, sender: Sender) -> None:
    before = client.get(sender.address).text
    client.post(f"{sender.address}/proposal", data=form())
    after = client.get(sender.address).text

    assert _states(before) == ["done", "now", "next", "next"]
    assert _states(after) == ["done", "done", "now", "next"]
    for page in (before, after):
        assert f'href="{sender.address}/meeting"' in page
        assert "lørdag 8. april 2090" in page


def test_the_page_shows_what_was_registered(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    wishes = [{"from": "12:00", "to": "13:00"}, {"from": "13:00", "to": "14:30"}]
    supplier = registered(db, dialogue, arrives="08:15", leaves="15:00", wishes=wishes, online=True, seats=3)

    page = client.get(signed_in(client, db, supplier)).text

    shown = ["313 204 863", "Silje Arnesen", "3 personer, på video", "kl. 08.15–15.00", "kl. 12.00–13.00"]
    assert [words for words in shown if words not in page] == []


def test_a_proposal_leads_to_its_receipt(client: TestClient, sender: Sender) -> None:
    posted = client.post(
        f"{sender.address}/proposal", data=form(), files={"files": ("Forslag.pdf", PDF, "application/pdf")}
    )

    assert (posted.status_code, posted.headers["location"]) == (303, f"{sender.address}/receipt")
    receipt = client.get(posted.headers["location"]).text
    answers = client.get(f"{sender.address}/proposal/answers.json")
    assert hashlib.sha256(answers.content).hexdigest() in receipt
    assert hashlib.sha256(PDF).hexdigest() in receipt
    assert "<p>Seks uker.</p><p>Og to superbrukere.</p>" in receipt
    assert answers.headers["content-disposition"].startswith("attachment; ")


def test_the_form_holds_what_was_sent_last(client: TestClient, sender: Sender) -> None:
    client.post(f"{sender.address}/proposal", data=form(), files={"files": ("Forslag.pdf", PDF)})

    page = client.get(sender.address).text
    (keep,) = [name for name in values(page, "name") if name.startswith("keep-")]
    client.post(f"{sender.address}/proposal", data={**form(), keep: "true"})
    kept = client.get(f"{sender.address}/proposal/files/{keep.removeprefix('keep-')}")
    client.post(f"{sender.address}/proposal", data=form())

    assert "Seks uker.\n\nOg to superbrukere.</textarea>" in page
    assert "3 av høyst 10 ord." in page
    assert "Filer i versjon 1" in page
    assert "Behold «Forslag.pdf»" in page
    assert kept.content == PDF
    assert client.get(f"{sender.address}/proposal/files/{keep.removeprefix('keep-')}").status_code == 404


def test_faults_stand_beside_their_fields_with_the_words_counted(client: TestClient, sender: Sender) -> None:
    long = "Ett to tre fire fem seks sju åtte ni ti elleve tolv <b>"

    answer = client.post(
        f"{sender.address}/proposal", data=form({1: long, 2: ""}), files={"files": ("x.pdf", b"<html>")}
    )

    page, ids = answer.text, values(answer.text, "id")
    assert answer.status_code == 422
    assert "<title>Feil: Dosevakt AS" in page
    assert [address for address in values(page, "href") if address in {"#answer-1", "#answer-2", "#files"}] == [
        "#answer-1",
        "#answer-2",
        "#files",
    ]
    assert page.count("Svaret på spørsmål 1 er 3 ord for langt: høyst 10 ord.") == 2
    assert "13 av høyst 10 ord. Kort ned med 3 ord." in page
    assert "elleve tolv &lt;b&gt;</textarea>" in page
    assert {part for described in values(page, "aria-describedby") for part in described.split()} <= set(ids)
    assert len(ids) == len(set(ids))
    assert client.get(f"{sender.address}/receipt").status_code == 404


def test_a_text_that_cannot_be_taken_is_a_fault_of_its_field(client: TestClient, sender: Sender) -> None:
    """I23, I24."""
    answer = client.post(f"{sender.address}/proposal", data=form({1: "a\u202eb", 2: "x" * 20_001}))

    assert answer.status_code == 422
    assert answer.text.count("Bruk bare synlige tegn.") == 2
    assert [address for address in values(answer.text, "href") if address.startswith("#answer")] == [
        "#answer-1",
        "#answer-2",
    ]


def test_after_the_deadline_there_is_a_receipt_but_no_form(
    client: TestClient, dialogue: Dialogue, sender: Sender
) -> None:
    client.post(f"{sender.address}/proposal", data=form())

    with clock.as_if(dialogue.proposals_due_at + timedelta(seconds=1)):
        page = client.get(sender.address).text

    assert "<form" not in page.partition("<main")[2]
    assert f'href="{sender.address}/receipt"' in page
    assert "Det tas ikke lenger imot løsningsforslag." in page


def test_a_dialogue_without_questions_takes_a_file_alone(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    supplier = registered(db, published(db), organisation_number=organisation_number(2))
    address = signed_in(client, db, supplier)

    empty = client.post(f"{address}/proposal", data={})
    alone = client.post(f"{address}/proposal", data={}, files={"files": ("Forslag.pdf", PDF)})

    assert (empty.status_code, alone.status_code) == (422, 303)
    assert empty.text.count("Det er ingenting i forslaget.") == 2


def test_hostile_answers_change_nothing_but_the_words(client: TestClient, sender: Sender, rival: Sender) -> None:
    """I10, I11, I16: on the form, on the receipt and beside a fault."""
    hostile = "</textarea><script>alert(1)</script>{{7*7}} {0.__class__} %s '; DROP TABLE answers;--"
    pages: dict[str, list[str]] = {}
    for each, words in ((sender, hostile), (rival, "Helt vanlige ord.")):
        client.post(f"{each.address}/proposal", data=form({1: words, 2: words}))
        kept = [client.get(f"{each.address}{path}").text for path in ("", "/receipt")]
        pages[each.address] = [*kept, client.post(f"{each.address}/proposal", data=form({1: words, 2: ""})).text]

    for mine, harmless in zip(pages[sender.address], pages[rival.address], strict=True):
        assert structure(mine) == structure(harmless)
        assert "alert(1)&lt;/script&gt;{{7*7}} {0.__class__} %s" in mine
