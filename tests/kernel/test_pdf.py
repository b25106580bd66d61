"""Documents: tagged, the same for the same facts, and deaf to what people write."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.kernel import pdf
from app.kernel.html import TEMPLATES
from app.kernel.settings import settings
from tests.hostile import HOSTILE

NOTE = (TEMPLATES / "notes/note.typ").read_bytes()
MARCH = datetime(2027, 3, 15, 8, 30, 0, 123456, UTC)
TYPST = [
    "#panic()",
    '#import "x.typ"',
    "*a* _b_ `c`",
    "$x$ \\ ] ) } {",
    "= Heading",
    "- item",
    "https://y.invalid",
    "@a <b>",
]


def _facts(words: str = "Ord") -> dict[str, object]:
    paragraph = {"shape": "paragraph", "lines": [words, words], "first": 1}
    numbers = {"shape": "numbers", "lines": [words], "first": 3}
    return {
        "language": "nb",
        "title": words,
        "organiser": words,
        "summary": words,
        "about": words,
        "dates_heading": "Datoene",
        "dates": [[words, words]],
        "parts": [
            {"number": 1, "heading": "Bakgrunn", "blocks": [paragraph, {**numbers, "shape": "bullets"}, numbers]}
        ],
        "buyers_heading": "Hvem som spør",
        "buyers": [words],
        "contact": words,
    }


def _set(words: str) -> bytes:
    return pdf.set_in_type(NOTE, json.dumps(_facts(words)), MARCH)


def _headings(made: bytes) -> int:
    return made.count(b"/S/H1/")


def test_a_document_is_tagged_and_says_its_title_and_language() -> None:
    made = _set("Riktig medisin")

    assert made.startswith(b"%PDF-1.7")
    assert all(
        mark in made
        for mark in (
            b"/StructTreeRoot",
            b"<pdfuaid:part>1<",
            b"/Lang(nb-NO)",
            b"/Title(Riktig medisin)",
            b"(1. Bakgrunn)",
        )
    )


def test_the_same_facts_give_the_same_bytes_and_others_do_not() -> None:
    assert _set("Ord") == _set("Ord")
    assert _set("Ord") != _set("Andre ord")


def test_what_people_write_is_never_read_as_markup() -> None:
    words = [*TYPST, *(text for case in ("I3", "I8", "I10", "I11") for text in HOSTILE[case])]

    made = {text: _set(text) for text in words}

    assert {text: _headings(document) for text, document in made.items()} == dict.fromkeys(words, 3)
    assert [text for text, document in made.items() if b"<pdfuaid:part>1<" not in document] == []
    assert [text for text, document in made.items() if b"/URI" in document] == []


@pytest.mark.parametrize("words", ["🚌" * 60, "中文", "\U0001f468\u200d\U0001f469"])
def test_a_character_that_no_font_has_does_not_keep_the_document_back(words: str) -> None:
    made = _set(words)

    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made


def test_a_document_is_set_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOGDAG_FILES", str(tmp_path))
    settings.cache_clear()
    try:
        made = pdf.document("notes/note.typ", _facts(), made_at=MARCH)
        (kept,) = (tmp_path / "documents").iterdir()
        kept.write_bytes(b"as it was kept")
        again, other = (pdf.document("notes/note.typ", _facts(words), made_at=MARCH) for words in ("Ord", "Andre ord"))
    finally:
        settings.cache_clear()

    assert made == _set("Ord")
    assert (again, other) == (b"as it was kept", _set("Andre ord"))
