"""The search among published dialogues: by all words, whatever their capitals, and alike on every database."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues import service
from app.dialogues.models import Dialogue
from app.dialogues.schemas import BuyerIn
from tests.dialogues.factories import ELVEMO, VIKSTRAND, draft, published

SQL = [
    "'",
    "''; DROP TABLE dialogues; --",
    '" OR 1=1 --',
    "1; SELECT pg_sleep(9)",
    "\\",
    "%' ESCAPE '",
    "$1",
    ":folded",
]
"""I16: what means something to a database."""


def _found(db: Session, asked: str) -> list[str]:
    return [dialogue.title for dialogue in service.published(db, asked=asked)]


ALL_TOLD = [
    "Ærlige ØRER på Åsen",
    "ærlige ører",
    "ÅSEN ÆRLIGE",
    "  åsen\t ører ",
    "kjøpe lytte",  # the summary
    "ØRSTA",  # the place
    "æøå kommune",  # the organiser
    "FRÆNA",  # a buyer
    "A\u030asen",  # å in two parts
]


def test_a_dialogue_is_found_by_all_that_is_told_of_it(db: Session) -> None:
    published(db, title="Noe helt annet", buyers=[VIKSTRAND, ELVEMO])
    published(
        db,
        title="Ærlige ører på Åsen",
        summary="Vi vil lytte før vi skal kjøpe.",
        place="Ørsta",
        organiser_name="ÆØÅ kommune",
        buyers=[VIKSTRAND, {**ELVEMO, "name": "Fræna"}],
    )

    assert {asked: _found(db, asked) for asked in ALL_TOLD} == {asked: ["Ærlige ører på Åsen"] for asked in ALL_TOLD}


def test_every_word_must_be_there(db: Session) -> None:
    published(db, title="Trygg hjemme")
    published(db, title="Trygg på jobb")

    assert sorted(_found(db, "trygg")) == ["Trygg hjemme", "Trygg på jobb"]
    assert _found(db, "trygg jobb") == ["Trygg på jobb"]
    assert _found(db, "trygg ferie") == []


def test_what_stands_for_any_letter_in_sql_stands_for_itself(db: Session) -> None:
    """I16: only the dialogue that holds the very characters."""
    signs = ["5%", "a_b", "c/d", "/%e", "f\\g"]
    published(db, title="Ingen tegn: 5 aab cad /e fg", summary="Ord")
    for sign in signs:
        published(db, title=f"Tegn {sign} her")

    assert {sign: _found(db, sign) for sign in signs} == {sign: [f"Tegn {sign} her"] for sign in signs}


def test_what_means_something_to_a_database_is_only_looked_for(db: Session) -> None:
    """I16: no error, no change."""
    published(db, summary="Ord")
    asked = [*SQL, "\ufffdx", "a" * 100_000, "%" * 500, "x " * 5_000]
    unseen = ["\x00", "\ud800", "\ufffe", "\u202e"]  # what nobody can read is as if it were not there

    assert {one: _found(db, one) for one in asked} == {one: [] for one in asked}
    assert {one: len(_found(db, one)) for one in unseen} == dict.fromkeys(unseen, 1)
    assert db.scalar(sa.select(sa.func.count()).select_from(Dialogue)) == 1


def test_a_draft_is_not_found(db: Session) -> None:
    draft(db)

    assert _found(db, "medisin") == []


def test_a_municipality_that_joins_or_changes_its_name_is_found_by_it(db: Session) -> None:
    dialogue = published(db)
    before = dialogue.changed_at

    service.add_buyer(db, dialogue, BuyerIn.model_validate({**ELVEMO, "name": "Åfjord"}))
    joined = _found(db, "åfjord")
    service.change_buyer(db, dialogue, "afjord", BuyerIn.model_validate({**ELVEMO, "name": "Ørland"}))

    assert joined == ["Riktig medisin til riktig tid"]
    assert (_found(db, "åfjord"), _found(db, "ørland")) == ([], ["Riktig medisin til riktig tid"])
    assert before is not None
    assert dialogue.changed_at is not None
    assert dialogue.changed_at > before
