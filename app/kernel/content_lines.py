"""Content lines (RFC 5545 3.1, 3.3.11): texts made visible, escaped and folded. Pure."""

import re
import unicodedata
from collections.abc import Iterable

_PART = 74  # octets: with the space that begins a continuation no line is longer than the 75 that are allowed
_SURELY = _PART // 4  # letters, of which none takes more than four octets
_CONTINUED = b"\r\n "
_INVISIBLE = {"Cc", "Cf", "Cs"}
_JOINERS = "\u200c\u200d"  # needed by some scripts, harmless elsewhere
_LINE_BREAK = re.compile("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")


def written(lines: Iterable[str]) -> bytes:
    """The lines as they go out: in UTF-8, folded, each ending with CRLF; raises ValueError for a break inside one."""
    whole = list(lines)
    if "\n" in (together := "".join(whole)) or "\r" in together:
        raise ValueError("a content line holds no line break")
    return "".join([f"{line if len(line) <= _SURELY else _folded(line)}\r\n" for line in whole]).encode()


def _folded(line: str) -> str:
    if len(line) <= _PART and line.isascii():
        return line
    octets, parts, start = line.encode(), [], 0
    while len(octets) - start > _PART:
        end = _end_of_part(octets, start)
        parts.append(octets[start:end])
        start = end
    return _CONTINUED.join([*parts, octets[start:]]).decode()


def _end_of_part(line: bytes, start: int) -> int:
    end = start + _PART
    while line[end] & 0xC0 == 0x80:  # in the middle of a letter
        end -= 1
    # A sign and what it escapes stay together: some programs unescape before they unfold.
    return end - 1 if line[end - 1] in b"\\^" and end - 1 > start else end


def escaped(text: str) -> str:
    """A TEXT value: its backslashes, semicolons, commas and line breaks escaped, once and for all."""
    once = text.replace("\\", "\\\\")
    return once.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def one_line(text: str) -> str:
    """The text on one line, of visible characters only."""
    return " ".join(prose(text).replace("\t", " ").split("\n")).strip()


def prose(text: str) -> str:
    """The text with plain line breaks, and otherwise of visible characters only."""
    if text.replace("\n", " ").isprintable():  # as nearly all texts are
        return text
    lines = _LINE_BREAK.sub("\n", text)
    return "".join(character for character in lines if character in "\n\t" + _JOINERS or not _is_invisible(character))


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE
