"""What counts as naming the one who asked."""

import pytest

from app.questions.naming import Asker, names_any

DOSEVAKT = Asker("Dosevakt AS", "313204863", ("Silje Arnesen",), ("silje.arnesen@dosevakt.example",))

NAMED = [
    "Dosevakt AS spør",
    "«Dosevakt»",
    "dosevakts skap",
    "Dosevakt’s skap",
    "DOSE\u200dVAKT",
    "D\uff4fsevakt",  # a wide o
    "Silje  Arnesen",
    "silje\narnesens",
    "skriv til post@dosevakt.example",
    "313204863",
    "313 204 863",
    "313.204.863",
    "313\u00a0204\u00a0863",
]
NOT_NAMED = ["Dosevakter", "dosevaktordning", "Silje", "1313204863", "313204864", "As", "Kan vi få svar?"]


@pytest.mark.parametrize("text", NAMED)
def test_a_text_that_names_the_asker_is_seen(text: str) -> None:
    assert names_any(text, [DOSEVAKT])


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_text_that_does_not_is_left_alone(text: str) -> None:
    assert not names_any(text, [DOSEVAKT])


def test_any_of_several_is_seen_and_none_of_none() -> None:
    other = Asker("C++ (Norge) A/S", "", (), ())

    assert names_any("Vi i C++ (Norge) A/S spør", [DOSEVAKT, other])
    assert not names_any("Vi i Dosevakt AS spør", [other])
    assert not names_any("Vi i Dosevakt AS spør", [])


def test_a_name_of_many_words_is_looked_for_in_no_time() -> None:
    """L8: a long text and a long name."""
    long = Asker("a " * 99 + "b", "9" * 9, ("a" * 200,), ("a@" + "a." * 60 + "no",))

    assert not names_any("a " * 4_000, [long])
