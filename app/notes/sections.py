"""What rooms above put on the public page of a dialogue: each gives its section, and the page need not know whose."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel.settings import Language

Words = Callable[[Session, Dialogue, Language], str]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page under a heading of its own, in the reader's language; `html` is what a template made."""

    id: str
    heading: str
    html: Markup


_shown: dict[str, tuple[int, str, Words]] = {}


def show(section_id: str, heading: str, words: Words, *, place: int) -> None:
    """Let the public page of every dialogue have this section from here on; `words` makes its HTML.

    Sections stand in the order of their `place`, which no two share.
    """
    _shown[section_id] = (place, heading, words)


def sections_of(db: Session, dialogue: Dialogue, language: Language) -> list[Section]:
    """The sections that rooms have given, in order."""
    return [
        Section(section_id, heading, Markup(words(db, dialogue, language)))  # noqa: S704 a template made it, and escaped what people typed
        for section_id, (_, heading, words) in sorted(_shown.items(), key=lambda shown: shown[1][0])
    ]
