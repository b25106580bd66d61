"""What a supplier claims to be a trade secret: whole answers, files, and passages that it has marked.

A passage is marked by writing it between [[ and ]]. It is a claim and no decision: the municipality decides.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MARK = re.compile(r"\[\[|\]\]")
NESTED = "In the answer to question {number}, a passage that begins with [[ must end with ]] before the next begins."
UNOPENED = "In the answer to question {number} there is a ]] where no passage has begun with [[."
UNCLOSED = "In the answer to question {number}, a passage that begins with [[ must end with ]]."


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an answer, without its marks, and whether it is claimed."""

    text: str
    claimed: bool


def fault_of(text: str) -> str | None:
    """What is wrong with the marks in an answer, as a sentence with a `{number}` to fill; None when they are sound."""
    is_inside = False
    for mark in _MARK.findall(text):
        if is_inside == (mark == "[["):
            return NESTED if is_inside else UNOPENED
        is_inside = not is_inside
    return UNCLOSED if is_inside else None


def parts_of(text: str) -> list[Part]:
    """The answer in its order, claimed passages apart; `text` has sound marks."""
    pieces = [Part(piece, place % 2 == 1) for place, piece in enumerate(_MARK.split(text))]
    return [part for part in pieces if part.text]


def paragraphs(parts: Sequence[Part]) -> list[list[Part]]:
    """The same parts by paragraph, for pages; a passage that spans several stands in each of them."""
    made: list[list[Part]] = [[]]
    for part in parts:
        first, *others = part.text.split("\n")
        made[-1].append(Part(first, part.claimed))
        made.extend([Part(line, part.claimed)] for line in others)
    whole = [[part for part in paragraph if part.text] for paragraph in made]
    return [paragraph for paragraph in whole if any(part.text.strip() for part in paragraph)]
