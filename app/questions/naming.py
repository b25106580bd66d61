"""Whether a text names a company or its people: what is told to all must not tell who asked."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_FORMS = re.compile(r"\s+(?:asa?|ans|da|enk|sa|ba|nuf|kf|hf|ab|aps|oy|oyj|gmbh|ltd|inc|bv|sarl|llc|plc)\.?$")
_JOINERS = re.compile("[\u200c\u200d]")
_LEAST_CHARACTERS = 3


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asked: a company, its people, and the addresses of their mail."""

    name: str
    organisation_number: str
    people: tuple[str, ...]
    addresses: tuple[str, ...]


def names_any(text: str, askers: Iterable[Asker]) -> bool:
    """Whether the text holds the name of a company or its people, where their mail goes, or an organisation number.

    Capitals, line breaks, the legal form (“AS”) and a genitive's s make no difference.
    """
    folded = _fold(text)
    return any(_names(folded, asker) for asker in askers)


def _names(folded: str, asker: Asker) -> bool:
    domains = {address.rpartition("@")[2] for address in asker.addresses}
    told = {asker.name, _FORMS.sub("", _fold(asker.name)), *asker.people, *domains}
    words = {_fold(one) for one in told if len(one.strip()) >= _LEAST_CHARACTERS}
    return any(_stands_in(folded, word) for word in words) or _holds_number(folded, asker.organisation_number)


def _stands_in(folded: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(word)}(?:['’]?s)?(?!\w)", folded) is not None


def _holds_number(folded: str, number: str) -> bool:
    digits = r"[\s.\-]*".join(map(re.escape, number))
    return bool(number) and re.search(rf"(?<!\d){digits}(?!\d)", folded) is not None


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", _JOINERS.sub("", text)).casefold()
    return " ".join(plain.split())
