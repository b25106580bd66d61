"""What a supplier claims to be a trade secret: marked by it, left out of what can be shared, decided by others."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from app.dialogues.models import Dialogue
from app.proposals.claims import NESTED, UNCLOSED, UNOPENED, Part, fault_of, paragraphs, parts_of
from app.proposals.schemas import AnswerOut
from app.proposals.shareable import answers_of, parts
from tests.proposals.factories import PDF, Sender, form, odt, proposal

MARKER = "[claimed confidential by the supplier]"
BOKMAAL = "[leverandøren mener dette er en forretningshemmelighet]"

FAULTS = {
    "": None,
    "ingen merker, [en] parentes og liste[0]": None,
    "[[hele]]": None,
    "en [[del]] og [[en\ntil]]": None,
    "[[[tre]]]": None,
    "[[ikke slutt": UNCLOSED,
    "[[en]] og [[to": UNCLOSED,
    "ikke begynt]]": UNOPENED,
    "[[en]] to]]": UNOPENED,
    "[[ytre [[indre]] ytre]]": NESTED,
}


@pytest.mark.parametrize(("text", "fault"), FAULTS.items(), ids=range(len(FAULTS)))
def test_marks_stand_in_pairs_that_do_not_nest(text: str, fault: str | None) -> None:
    assert fault_of(text) == fault


def test_a_passage_is_what_stands_between_its_marks() -> None:
    assert parts_of("Pris: [[40 kr]], for [[alle\nkommuner]]") == [
        Part("Pris: ", claimed=False),
        Part("40 kr", claimed=True),
        Part(", for ", claimed=False),
        Part("alle\nkommuner", claimed=True),
    ]


def test_a_passage_that_spans_paragraphs_stands_in_each() -> None:
    assert paragraphs(parts_of("A [[b\n\nc]] d\n\n\n")) == [
        [Part("A ", claimed=False), Part("b", claimed=True)],
        [Part("c", claimed=True), Part(" d", claimed=False)],
    ]


WORDS = st.text(st.characters(exclude_characters="[]", exclude_categories=["Cs"]), max_size=30)
PARTS = st.lists(st.builds(Part, WORDS, st.booleans()), max_size=6)


def _answer(parts: list[Part], *, claimed: bool = False) -> AnswerOut:
    text = "".join(f"[[{part.text}]]" if part.claimed else part.text for part in parts)
    return AnswerOut(number=1, text=text, claimed=claimed)


@given(PARTS, WORDS)
def test_what_can_be_shared_is_the_same_whatever_the_claimed_passages_say(parts: list[Part], other: str) -> None:
    """Neither their words nor their length show; an empty pair of marks claims nothing."""
    changed = [Part(other or "x", claimed=True) if part.claimed and part.text else part for part in parts]

    assert answers_of([_answer(parts)], 2, "en") == answers_of([_answer(changed)], 2, "en")


@given(PARTS)
def test_nothing_but_the_claimed_is_left_out(parts: list[Part]) -> None:
    (shared,) = answers_of([_answer(parts)], 2, "nb")
    (whole,) = answers_of([_answer(parts, claimed=True)], 2, "nb")

    assert shared.text == "".join(BOKMAAL if part.claimed else part.text for part in parts if part.text)
    assert whole.text == BOKMAAL


def test_in_the_first_format_brackets_were_but_brackets() -> None:
    assert parts(AnswerOut(number=1, text="a [[b", claimed=False), 1) == [Part("a [[b", claimed=False)]


CLAIMED = {
    "answers": [
        {"number": 1, "text": "Hemmelig metode.", "claimed": True},
        {"number": 2, "text": "Seks uker. Prisen er [[40 kr]] per bruker."},
    ],
    "reason": "Konkurrenter kan regne seg fram til kostnadene våre.",
}


def _submit(client: TestClient, sender: Sender) -> Any:
    import json

    files = [("file", ("Åpent.pdf", PDF)), ("claimed_file", ("Hemmelig.odt", odt()))]
    return client.post(
        "/api/v1/proposals/with-file", headers=sender.headers, data={"proposal": json.dumps(CLAIMED)}, files=files
    )


def test_the_organiser_reads_the_whole_the_claims_and_what_can_be_shared(
    client: TestClient, dialogue: Dialogue, sender: Sender, organiser: dict[str, str]
) -> None:
    receipt = _submit(client, sender).json()
    address = f"/api/v1/dialogues/{dialogue.id}/suppliers/{sender.supplier.id}/proposal"

    whole = client.get(address, headers=organiser).json()
    shared = client.get(f"{address}/shareable", headers=organiser).json()
    norwegian = client.get(f"{address}/shareable", headers={**organiser, "Accept-Language": "nb"}).json()

    hidden, open_file = receipt["files"]
    assert (hidden["name"], hidden["claimed"], open_file["claimed"]) == ("Hemmelig.odt", True, False)
    assert [answer["text"] for answer in whole["answers"]] == [answer["text"] for answer in CLAIMED["answers"]]  # type: ignore[index]
    assert whole["claims"] == {
        "answers": [1],
        "passages": [{"number": 2, "text": "40 kr"}],
        "files": [hidden["id"]],
        "reason": CLAIMED["reason"],
    }
    assert shared == {
        "version": 1,
        "submitted_at": receipt["submitted_at"],
        "late": False,
        "answers": [
            {"number": 1, "text": MARKER},
            {"number": 2, "text": f"Seks uker. Prisen er {MARKER} per bruker."},
        ],
        "files": [open_file],
    }
    assert norwegian["answers"][0]["text"] == BOKMAAL


def test_the_supplier_sees_its_claims_and_what_can_be_shared(client: TestClient, sender: Sender) -> None:
    _submit(client, sender)

    receipt = client.get(f"{sender.address}/receipt").text
    shared = client.get(f"{sender.address}/proposal/shareable").text

    assert '<mark><span class="ds-sr-only">Merket: </span>40 kr</mark>' in receipt
    assert "Hele svaret på spørsmål 1" in receipt
    assert "I svaret på spørsmål 2: «40 kr»" in receipt
    assert "Vikstrand kommune avgjør hva som må deles." in receipt
    assert f'href="{sender.address}/proposal/shareable"' in receipt
    assert f"<p>Seks uker. Prisen er {BOKMAAL} per bruker.</p>" in shared
    assert ("Åpent.pdf" in shared, "Hemmelig" in shared, "40 kr" in shared) == (True, False, False)
    assert "Vikstrand kommune avgjør, og kan komme til at mer må deles." in shared


def test_what_can_be_shared_is_shown_before_anything_is_sent(client: TestClient, sender: Sender) -> None:
    address = f"{sender.address}/proposal/draft/shareable"

    posted = client.post(address, data=form({1: "Pris: [[40 kr]]", 2: ""}, **{"claim-2": "true"}))
    page = client.get(posted.headers["location"]).text

    assert (posted.status_code, posted.headers["location"]) == (303, address)
    assert f"<p>Pris: {BOKMAAL}</p>" in page
    assert "Det er ikke sendt." in page
    assert client.get(f"{sender.address}/receipt").status_code == 404
    assert "Pris: [[40 kr]]</textarea>" in client.get(sender.address).text


def test_marks_that_do_not_match_are_a_fault_of_their_field(client: TestClient, sender: Sender) -> None:
    texts = form({1: "Pris: [[40 kr", 2: "a ]] b"})

    answers = [client.post(f"{sender.address}/proposal{path}", data=texts) for path in ("", "/draft/shareable")]

    for answer in answers:
        assert answer.status_code == 422
        assert answer.text.count("I svaret på spørsmål 1 må en del som begynner med [[, slutte med ]].") == 2
        assert answer.text.count("I svaret på spørsmål 2 står det ]] der ikke noen del har begynt med [[.") == 2
        assert "Pris: [[40 kr</textarea>" in answer.text
    assert client.post(f"{sender.address}/proposal/draft", data=texts).status_code == 303


def test_marks_count_as_no_words_and_are_no_answer(client: TestClient, sender: Sender) -> None:
    ten = "en to tre [[fire fem]] seks [[ sju ]] åtte ni ti"

    taken = client.post("/api/v1/proposals", json=proposal({1: ten, 2: "Svar."}), headers=sender.headers)
    over = client.post("/api/v1/proposals", json=proposal({1: f"{ten} elleve", 2: "Svar."}), headers=sender.headers)
    empty = client.post("/api/v1/proposals", json=proposal({1: "[[ ]]", 2: "Svar."}), headers=sender.headers)

    assert (taken.status_code, over.status_code, empty.status_code) == (201, 422, 422)
    assert over.json()["detail"] == "The answer to question 1 has 1 words too many: the most is 10."
    assert empty.json()["detail"] == "Question 1 has not been answered."


def test_no_page_promises_secrecy(client: TestClient, sender: Sender) -> None:
    _submit(client, sender)

    pages = [client.get(f"{sender.address}{path}").text for path in ("", "/receipt", "/proposal/shareable")]

    assert "ikke noe løfte om hemmelighold: Vikstrand kommune avgjør" in pages[0]
    assert all("Vikstrand kommune avgjør" in page for page in pages)
