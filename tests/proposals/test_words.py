"""What counts as a word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.proposals.words import count

CASES = {
    "": 0,
    "   \n\t ": 0,
    "ett": 1,
    "en-til-en-møte": 1,
    "24/7, året rundt": 3,
    "– ikke strekpunkt •": 2,
    "to\u00a0ord": 2,
    "ord " * 500: 500,
    "e-post: kari@vikstrand.example": 2,
    "100 %": 1,
    "漢字 ord": 2,
}


@pytest.mark.parametrize(("text", "words"), CASES.items())
def test_a_word_is_a_run_between_white_space_that_holds_a_letter_or_a_digit(text: str, words: int) -> None:
    assert count(text) == words


@given(st.text(), st.text())
def test_texts_set_apart_have_the_words_of_both(one: str, other: str) -> None:
    assert count(f"{one} {other}") == count(one) + count(other)
