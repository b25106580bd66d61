"""Bokmål, nynorsk and English: sentences are written in English in the code, and translated by catalogue.

A room has its own catalogue, `app/locales/<language>/<room>.po`; they are read as they stand, without a compile
step. Every language must have every sentence: a test sees to it.
"""

import io
from functools import cache
from pathlib import Path
from typing import get_args

from babel.messages.pofile import read_po
from starlette.requests import Request

from app.kernel.settings import Language, settings

LANGUAGES: tuple[Language, ...] = get_args(Language)
FOLDER = Path(__file__).parent.parent / "locales"
COOKIE = "language"


@cache
def catalogue(language: Language) -> dict[str, str]:
    """All translated sentences of one language, by the English sentence; empty for English itself."""
    sentences: dict[str, str] = {}
    for path in sorted((FOLDER / language).glob("*.po")):
        for message in read_po(io.BytesIO(path.read_bytes())):
            if message.id and message.string:
                sentences[str(message.id)] = str(message.string)
    return sentences


def translate(language: Language, sentence: str, /, **values: object) -> str:
    """The sentence in `language`, with its `{places}` filled; in English when the catalogue lacks it."""
    words = catalogue(language).get(sentence, sentence)
    return words.format(**values) if values else words


def language_of(request: Request) -> Language:
    """The language a person has chosen, by link, by cookie or in the browser; else that of the installation."""
    for asked in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if asked in LANGUAGES:
            return asked
    return _accepted(request) or settings().language


def language_of_system(request: Request) -> Language:
    """The language a system asks for by Accept-Language; else English."""
    return _accepted(request) or "en"


def _accepted(request: Request) -> Language | None:
    weighed = []
    for place, part in enumerate(request.headers.get("accept-language", "")[:500].split(",")):
        tag, _, weight = part.strip().partition(";q=")
        weighed.append((-_weight(weight), place, tag.split("-")[0].lower()))
    known: dict[str, Language] = {"nb": "nb", "no": "nb", "nn": "nn", "en": "en"}
    return next((known[tag] for weight, _, tag in sorted(weighed) if tag in known and weight < 0), None)


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0
