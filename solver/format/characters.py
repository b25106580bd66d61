"""Characters that nobody sees, or that turn the text around: where they are refused, and how they are named."""

import re
import unicodedata
from collections.abc import Callable

from solver.format.json_text import refuse

_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# Letters and marks by their category, and yet nothing is seen of them.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def refuse_turning(text: str) -> None:
    """Refuse a text with a mark that changes the direction of what stands around it."""
    _refuse_first(text, lambda char: _TURNING.match(char) is not None, "turns the direction of the text")


def refuse_unseen(text: str) -> None:
    """Refuse a text in which some character, other than a plain space, cannot be seen."""
    _refuse_first(text, lambda char: char != " " and _is_unseen(char), "cannot be seen in an id")


def is_seen(text: str) -> bool:
    """Whether anything of the text can be seen."""
    return not all(_is_unseen(char) for char in text)


def _refuse_first(text: str, is_refused: Callable[[str], bool], why: str) -> None:
    # Nearly every text is of plain letters, and told so at once.
    if text.isascii():
        return
    found = next(filter(is_refused, text), None)
    if found is not None:
        refuse(f"holds U+{ord(found):04X}, which {why}")


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char)[0] in "CZ" or _BLANK.match(char) is not None
