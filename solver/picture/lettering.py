"""Text that fits: harmless characters, an estimate of its width, and lines cut to the room there is."""

import unicodedata
from collections.abc import Sequence
from functools import cache

ELLIPSIS = "…"
# Two marks on a letter serve every living script; more only climb out of the line.
_MARKS = 2
# The widest of Inter, Arial and DejaVu Sans Condensed, semi-bold or bold, in shares of the font size.
_WIDTHS = {
    0.3: "ijl ",
    0.35: "',.:;I|·’",
    0.4: "/\\f",
    0.45: "!()[]`rt°",
    0.5: "-",
    0.55: '"*_s–',
    0.6: "Jackvxyz“”§",
    0.65: "012356789$?FLZbdeghnopqu{}ø«»ßðþ",
    0.7: "4EPST€",
    0.75: "#+<=>ABCDHKNRUVXY^~",
    0.8: "&GOQØ",
    0.85: "w",
    0.95: "Mmæ½",
    1.0: "%@…—",
    1.05: "WÆ",
}
_EM = {char: share for share, chars in _WIDTHS.items() for char in chars}
_WIDE, _UNKNOWN, _REGULAR = 1.3, 0.85, 0.94
# A broken word leaves at least so many letters on either side.
_FEWEST = 3


def legible(text: str) -> str:
    """The text on one line, composed, without anything that steers, hides or breaks: it may stand in any XML."""
    seen = (char for char in text if char.isspace() or not unicodedata.category(char).startswith("C"))
    composed = unicodedata.normalize("NFC", "".join(seen))
    return " ".join(_few_marks(composed).split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide the text is; rather too much than too little."""
    return sum(map(_em, text)) * size * (1 if bold else _REGULAR)


def cut(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text if it fits in the room, else its beginning and an ellipsis; empty when not even that fits."""
    if width(text, size, bold=bold) <= room:
        return text
    kept = _beginning(text, room - width(ELLIPSIS, size, bold=bold), size, bold=bold).rstrip()
    return kept + ELLIPSIS if kept else ""


def cut_first(texts: Sequence[str], room: float, size: float, *, bold: bool = False) -> str:
    """The first of the texts that fits in the room whole; when none does, the last of them cut."""
    fitting = (text for text in texts[:-1] if width(text, size, bold=bold) <= room)
    return next(fitting, "") or cut(texts[-1], room, size, bold=bold)


def wrap_first(texts: Sequence[str], room: float, size: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of the first of the texts that loses no letter on so many; when each does, those of the last."""
    wrapped = [wrap(text, room, size, lines, bold=bold) for text in texts]
    whole = (found for found in wrapped if found and not found[-1].endswith(ELLIPSIS))
    return next(whole, wrapped[-1])


def wrap(text: str, room: float, size: float, lines: int, *, bold: bool = False) -> tuple[str, ...]:
    """The text on at most so many lines that fit in the room; long words are broken, the last line is cut."""
    if lines <= 1 or width(text, size, bold=bold) <= room:
        last = cut(text, room, size, bold=bold) if lines > 0 else ""
        return (last,) if last else ()
    first, rest = _first_line(text, room, size, bold=bold)
    if not first:
        return wrap(text, room, size, 1, bold=bold)
    return (first, *wrap(rest, room, size, lines - 1, bold=bold))


def _first_line(text: str, room: float, size: float, *, bold: bool) -> tuple[str, str]:
    words = text.split(" ")
    fitting = 0
    while fitting < len(words) and width(" ".join(words[: fitting + 1]), size, bold=bold) <= room:
        fitting += 1
    if fitting:
        return " ".join(words[:fitting]), " ".join(words[fitting:])
    head, tail = _broken(words[0], room, size, bold=bold)
    return head, " ".join((tail, *words[1:]))


def _broken(word: str, room: float, size: float, *, bold: bool) -> tuple[str, str]:
    longest = len(_beginning(word, room - width("-", size, bold=bold), size, bold=bold))
    places = range(min(longest, len(word) - _FEWEST), _FEWEST - 1, -1)
    # A joint takes its own hyphen along, and may leave less behind: `Pilleklokken-` and `AS`.
    joint = next((at for at in range(min(longest + 1, len(word) - 1), _FEWEST - 1, -1) if word[at - 1] == "-"), 0)
    if joint:
        return word[:joint], word[joint:]
    place = next((at for at in places if _opens_a_syllable(word, at)), max(places, default=0))
    return (word[:place] + "-", word[place:]) if place else ("", word)


def _opens_a_syllable(word: str, at: int) -> bool:
    return not _is_vowel(word[at]) and _is_vowel(word[at + 1])


def _is_vowel(char: str) -> bool:
    return unicodedata.normalize("NFD", char.lower())[0] in "aeiouyæø"


def _beginning(text: str, room: float, size: float, *, bold: bool) -> str:
    used = 0.0
    for place, char in enumerate(text):
        used += width(char, size, bold=bold)
        if used > room:
            return text[:place]
    return text


def _few_marks(text: str) -> str:
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char).startswith("M") else 0
        if marks <= _MARKS:
            kept.append(char)
    return "".join(kept)


@cache
def _em(char: str) -> float:
    if char in _EM:
        return _EM[char]
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return _WIDE
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0.0
    pieces = unicodedata.normalize("NFKD", char)
    return _UNKNOWN if pieces == char else sum(map(_em, pieces))
