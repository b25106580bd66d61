"""Plain text becomes paragraphs and lists, and nothing of it is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.prose import Block, Shape, blocks

PARAGRAPH, BULLETS, NUMBERS = Shape.PARAGRAPH, Shape.BULLETS, Shape.NUMBERS


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("One.", [Block(PARAGRAPH, ("One.",))]),
        ("One.\nStill one.", [Block(PARAGRAPH, ("One.", "Still one."))]),
        ("One.\n\n \nTwo.", [Block(PARAGRAPH, ("One.",)), Block(PARAGRAPH, ("Two.",))]),
        (
            "We need:\n- a\n- b\nSo.",
            [Block(PARAGRAPH, ("We need:",)), Block(BULLETS, ("a", "b")), Block(PARAGRAPH, ("So.",))],
        ),
        ("* a\n• b", [Block(BULLETS, ("a", "b"))]),
        ("3. c\n4) d", [Block(NUMBERS, ("c", "d"), first=3)]),
        ("- a\n1. b", [Block(BULLETS, ("a",)), Block(NUMBERS, ("b",), first=1)]),
        ("-5 degrees", [Block(PARAGRAPH, ("-5 degrees",))]),
        ("2027. was late", [Block(PARAGRAPH, ("2027. was late",))]),
        ("- - a", [Block(BULLETS, ("- a",))]),
    ],
)
def test_a_text_has_these_blocks(text: str, expected: list[Block]) -> None:
    assert blocks(text) == expected


@given(st.text(alphabet="ab-*•1. \n\t<"))
def test_no_word_is_lost_and_none_changes_place(text: str) -> None:
    without_marks = re.sub(r"(?m)^[ \t]*(?:[-*•]|\d{1,3}[.)])[ \t]+(?=\S)", "", text.strip())

    told = " ".join(line for block in blocks(text) for line in block.lines)

    assert told.split() == without_marks.split()
