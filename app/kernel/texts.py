"""Text as it may come in at the doors: clean once, here, so that nothing later needs to distrust it.

Names end up in mail headers, calendars, pages and files. So: NFC, no control characters or line breaks, no
invisible or direction-turning characters, and no encoded words (RFC 2047), which some mail libraries decode
into header lines of their own (CPython gh-121650).
"""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError
from stdnum.no import orgnr

_BANNED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_ENCODED_WORD = re.compile(r"=\?[^?\s]*\?[bBqQ]\?")
_JOINERS = "\u200c\u200d"  # needed by some scripts, harmless elsewhere
_ADDRESS = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=^_`{|}~-]{1,64}@([A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_PHONE = re.compile(r"\+[1-9][0-9]{6,14}")  # E.164
_NORWEGIAN_PHONE = re.compile(r"[2-9][0-9]{7}")


def _is_banned(character: str) -> bool:
    return unicodedata.category(character) in _BANNED and character not in _JOINERS


def _clean_line(text: str) -> str:
    line = unicodedata.normalize("NFC", text).strip()
    if any(_is_banned(character) for character in line):
        raise PydanticCustomError("unclean_text", "Use one line of visible characters only.")
    if _ENCODED_WORD.search(line):
        raise PydanticCustomError("encoded_word", "Write the text as it is, not as an encoded word.")
    if not line:
        raise PydanticCustomError("empty_text", "This must be filled in.")
    return line


def _clean_prose(text: str) -> str:
    prose = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()
    if any(_is_banned(character) for character in prose if character not in "\n\t"):
        raise PydanticCustomError("unclean_prose", "Use visible characters only.")
    return prose


def _check_address(text: str) -> str:
    has_stray_dot = text.startswith(".") or ".." in text or ".@" in text
    if not _ADDRESS.fullmatch(text) or has_stray_dot or len(text) > 254:
        raise PydanticCustomError("email_address", "Write an e-mail address such as name@example.no.")
    return text


def _phone(text: str) -> str:
    plain = re.sub(r"[\s().-]", "", text)
    international = re.sub("^00", "+", plain)
    if _NORWEGIAN_PHONE.fullmatch(plain):
        international = f"+47{plain}"
    if not _PHONE.fullmatch(international):
        raise PydanticCustomError("phone", "Write a telephone number: eight digits, or + and the country's code first.")
    return international


def norwegian_number(text: str) -> str:
    """The nine digits of a Norwegian organisation number; raises PydanticCustomError when it is none."""
    number = re.sub(r"[\s.]", "", text)
    # The check digits alone would let 000000000 pass; Norwegian numbers begin with 8 or 9, test numbers with 2 or 3.
    if not orgnr.is_valid(number) or number[0] not in "2389":
        raise PydanticCustomError(
            "organisation_number",
            "That is not a Norwegian organisation number: nine digits, of which the last is a check digit.",
        )
    return number


Line = Annotated[str, Field(max_length=200), AfterValidator(_clean_line)]
LongLine = Annotated[str, Field(max_length=500), AfterValidator(_clean_line)]
Prose = Annotated[str, Field(max_length=20_000), AfterValidator(_clean_prose)]
EmailAddress = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_check_address)]
Phone = Annotated[str, Field(max_length=40), AfterValidator(_phone)]
OrganisationNumber = Annotated[str, Field(max_length=20), AfterValidator(norwegian_number)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?$")]

_LETTERS = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ð": "d", "þ": "th", "ß": "ss", "đ": "d", "ŋ": "n", "ŧ": "t", "ł": "l"}
)


def slug_of(name: str) -> str:
    """A short name for addresses and files, of a–z, 0–9 and single hyphens; “x” when nothing of `name` is left."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    words = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())
    return words.strip("-")[:60].strip("-") or "x"


def first_free(wanted: str, taken: set[str]) -> str:
    """`wanted` itself, or with the lowest number from 2 that makes it differ from all `taken`."""
    candidates = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)
