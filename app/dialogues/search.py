"""What the search for dialogues compares: texts without capitals, folded here, since databases differ in it.

SQLite's lower() knows nothing beyond ASCII, and PostgreSQL's depends on how the server was set up.
"""

import unicodedata

from app.dialogues.models import Buyer, Dialogue

_MOST_CHARACTERS = 200


def words_of(asked: str) -> list[str]:
    """The words that somebody looks for, folded; of what is longer than any title, the beginning."""
    return _fold(asked[:_MOST_CHARACTERS]).split()


def folded(dialogue: Dialogue, buyers: list[Buyer]) -> str:
    """All that a dialogue is found by: title, summary, place, and the names of organiser and buyers."""
    shown = [dialogue.title, dialogue.summary, dialogue.place, dialogue.organiser_name]
    return _fold("\n".join([*shown, *(buyer.name for buyer in buyers)]))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    # PostgreSQL takes no NUL in a text, and neither database a lone surrogate.
    return "".join(character if character.isprintable() else " " for character in plain)
