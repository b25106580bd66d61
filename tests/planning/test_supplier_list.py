"""The suppliers as a spreadsheet: what the organiser's page says of them, and nothing in it is ever run."""

import csv
from io import StringIO

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import organiser_link
from app.kernel.sheets import csv_of
from app.meetings import service as meetings
from app.proposals import service as proposals
from app.proposals.schemas import AnswerIn, ProposalIn
from tests.days.factories import api, organiser
from tests.hostile import HOSTILE
from tests.meetings.factories import a_planned_dialogue, a_supplier, organisation_number, panel, place

HEADINGS = (
    "Leverandør;Organisasjonsnummer;I Enhetsregisteret;Kontaktperson;E-post;Telefon;Personer;Deltar;Kommer;Går;"
    "Løsningsforslag;Møte"
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    return a_planned_dialogue(db)


def _file(client: TestClient, db: Session, dialogue: Dialogue) -> str:
    link = organiser_link(db, dialogue).removeprefix("http://testserver")
    db.commit()
    answer = client.get(f"{link}/suppliers.csv")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.headers["cache-control"] == "private, no-store"
    assert answer.headers["content-disposition"].startswith('attachment; filename="suppliers.csv"')
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return answer.content.decode("utf-8-sig")


def _rows(text: str, separator: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), delimiter=separator))


def test_the_file_says_what_the_page_says(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    first, second = a_supplier(db, dialogue, 0), a_supplier(db, dialogue, 1, online=True)
    first.contact_phone = "+4722334455"
    first.arrives, first.leaves = 9 * 60, 15 * 60 + 30
    proposals.ask(db, dialogue, 1, "Hva koster det?", 100)
    proposals.submit(db, second, ProposalIn(answers=[AnswerIn(number=1, text="ni kroner")]))
    sent = proposals.latest(db, second.id)
    assert sent is not None
    sent.submitted_at = place(db, dialogue, "10:00").starts_at
    meetings.book(db, meetings.request(db, first, panel(db, dialogue)), place(db, dialogue, "14:00"))

    heading, *rows = _rows(_file(client, db, dialogue), ";")

    numbers = [f"{number[:3]} {number[3:6]} {number[6:]}" for number in map(organisation_number, (0, 1))]
    first_cells, second_cells = (
        [f"Firma {number} AS", numbers[number], "Ikke kontrollert", "Kari Nordmann"] for number in (0, 1)
    )
    assert heading == HEADINGS.split(";")
    assert rows == [
        [
            *first_cells,
            "post@firma0.example",
            "004722334455",
            "2",
            "På stedet",
            "09:00",
            "15:30",
            "Ikke inne",
            "2099-04-08 14:00",
        ],
        [*second_cells, "post@firma1.example", "", "2", "På video", "", "", "2099-04-08 10:00", ""],
    ]


def test_the_page_leads_to_the_file_and_systems_get_the_same(
    client: TestClient, db: Session, dialogue: Dialogue
) -> None:
    a_supplier(db, dialogue, 0)
    text = _file(client, db, dialogue)
    link = organiser_link(db, dialogue).removeprefix("http://testserver")
    headers = {**organiser(db, dialogue), "Accept-Language": "nb"}
    db.commit()

    assert f'href="{link}/suppliers.csv"' in client.get(link).text
    assert client.get(f"{api(dialogue.id)}/suppliers.csv", headers=headers).content.decode("utf-8-sig") == text


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_what_suppliers_write_is_text_wherever_the_program_splits(
    client: TestClient, db: Session, dialogue: Dialogue, separator: str
) -> None:
    """I15: names, contacts and addresses, as Norwegian and English spreadsheets read them."""
    for number, text in enumerate(HOSTILE["I15"]):
        supplier = a_supplier(db, dialogue, number)
        supplier.name, supplier.contact_name, supplier.contact_email = text, text, text

    file = _file(client, db, dialogue)
    rows = _rows(file, separator)

    assert len(rows) == 1 + len(HOSTILE["I15"])
    assert [cell for row in rows for cell in row if cell.startswith(FORMULA)] == []
    if separator == ";":
        assert {len(row) for row in rows} == {12}
        expected = ["'" + text.strip() for text in [*HOSTILE["I15"][:8], HOSTILE["I15"][12]]]
        expected += ["A;'=1+1", "A,'=1+1", "A\",'=1+1", 'A";"\'=1+1']
        assert sorted(row[0] for row in rows[1:]) == sorted(expected)


def test_without_the_apostrophe_the_check_would_find_formulas() -> None:
    """I15: the control."""
    plain = "".join(f'"{text}";"{text}"\n'.replace('""', '"') for text in HOSTILE["I15"])

    assert len([cell for row in _rows(plain, ";") for cell in row if cell.startswith(FORMULA)]) > len(HOSTILE["I15"])


def test_a_cell_is_one_line_and_a_number_is_a_number() -> None:
    """I1, I15: line breaks of any kind, what nobody sees, and figures below zero that are ours."""
    assert csv_of([["A\r\nB\u2028C\x00D\x85E", -3, "æ\ud800"]]) == b'\xef\xbb\xbf"A B C D E";"-3";"\xc3\xa6?"\r\n'
