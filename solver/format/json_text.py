"""From the bytes of a file to its JSON values, and the one way to say what is wrong with a file."""

import json
from decimal import Decimal
from typing import Never

MOST_BYTES = 8_000_000
_MOST_DIGITS = 18
_MOST_SHOWN = 60


class FileFault(ValueError):
    """What is wrong with a file, and where: `meetings[3].parties[0]`, or "" for the file as a whole."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path = path
        self.message = message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def under(self, place: str) -> "FileFault":
        """The same fault, seen from one step further out."""
        joint = "" if not self.path or self.path.startswith("[") else "."
        return FileFault(f"{place}{joint}{self.path}", self.message)


def refuse(message: str) -> Never:
    """Raise a fault at the value now read; those who lead the way there add its path."""
    raise FileFault("", message)


class RepeatedKey(dict[str, object]):
    """An object in which the file gives `key` more than once."""

    def __init__(self, pairs: list[tuple[str, object]], key: str) -> None:
        super().__init__(pairs)
        self.key = key


def json_values(content: bytes) -> object:
    """The JSON values of a file.

    Objects are dicts (`RepeatedKey` where a key comes twice), and numbers of absurd length are decimals, so
    that the reader can refuse both with their place. Raises FileFault when the file as a whole is no JSON.
    """
    if len(content) > MOST_BYTES:
        refuse(f"the file is larger than {MOST_BYTES // 1_000_000} MB")
    try:
        return json.loads(_text(content), object_pairs_hook=_object, parse_int=_whole_number)
    except RecursionError:
        refuse("the file is nested too deeply")
    except json.JSONDecodeError as error:
        refuse(f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}")


def shown(value: object) -> str:
    """How a value from a file is shown in a sentence: escaped, on one line, and never long."""
    if isinstance(value, str):
        cut = value[:_MOST_SHOWN]
        quoted = json.dumps(cut, ensure_ascii=not cut.isprintable())
        return quoted if cut == value else f'{quoted[:-1]}…"'
    if isinstance(value, Decimal):
        return f"a number of {len(value.as_tuple().digits)} digits"
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    return json.dumps(value)


def place_of(key: str) -> str:
    """How a key is written in a path; keys that are not plain words stand quoted in brackets."""
    return key if key.isascii() and key.isidentifier() and len(key) <= _MOST_SHOWN else f"[{shown(key)}]"


def _text(content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        refuse("the file begins with a byte order mark; save it as UTF-8 without one")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        refuse(f"the text is not UTF-8 (byte {error.start + 1})")


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            break
        seen.add(key)
    return RepeatedKey(pairs, key)


def _whole_number(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _MOST_DIGITS else Decimal(digits)
