"""Small readers that each turn one JSON value into one thing, and refuse everything else with its place."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import TypeVar

from solver.format.characters import is_seen, refuse_turning
from solver.format.json_text import FileFault, RepeatedKey, place_of, refuse, shown

T = TypeVar("T")
D = TypeVar("D")
Text = TypeVar("Text", bound=str)
Named = TypeVar("Named", bound=StrEnum)
Reader = Callable[[object], T]

MOST_TEXT = 1_000
_NOT_ONE_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]")


class Fields:
    """One JSON object, read key by key; what nobody has asked for is refused in the end."""

    __slots__ = ("_asked", "_values")

    def __init__(self, values: dict[str, object]) -> None:
        self._values = values
        self._asked: list[str] = []

    def need(self, key: str, read: Reader[T]) -> T:
        """What `read` makes of a key that must be there."""
        if key not in self._values:
            raise FileFault(key, "is missing")
        return self._read(key, read)

    def get(self, key: str, read: Reader[T], default: D) -> T | D:
        """What `read` makes of a key, or the default when the key is left out."""
        return self._read(key, read) if key in self._values else default

    def refuse_others(self) -> None:
        """Refuse the first key that has not been asked for."""
        if len(self._asked) < len(self._values):
            key = next(key for key in self._values if key not in self._asked)
            raise FileFault(place_of(key), "unknown key")

    def _read(self, key: str, read: Reader[T]) -> T:
        self._asked.append(key)
        try:
            return read(self._values[key])
        except FileFault as fault:
            raise fault.under(key) from None


def values_of(value: object) -> dict[str, object]:
    """The keys and values of a JSON object, in which no key is repeated."""
    if not isinstance(value, dict):
        refuse(f"expected an object, found {shown(value)}")
    if isinstance(value, RepeatedKey):
        raise FileFault(place_of(value.key), "key given more than once")
    return value


def record(build: Callable[[Fields], T]) -> Reader[T]:
    """A reader of objects that have the keys `build` asks for, and no others."""

    def read(value: object) -> T:
        fields = Fields(values_of(value))
        built = build(fields)
        fields.refuse_others()
        return built

    return read


def item(values: list[object], place: int, read: Reader[T]) -> T:
    """What `read` makes of one item of a list."""
    try:
        return read(values[place])
    except FileFault as fault:
        raise fault.under(f"[{place}]") from None


def items_of(value: object) -> list[object]:
    """The items of a JSON list."""
    if not isinstance(value, list):
        refuse(f"expected a list, found {shown(value)}")
    return value


def each(read: Reader[T]) -> Reader[tuple[T, ...]]:
    """A reader of lists in which `read` reads every item."""

    def read_list(value: object) -> tuple[T, ...]:
        values = items_of(value)
        return tuple(item(values, place, read) for place in range(len(values)))

    return read_list


def once(read: Reader[Text]) -> Reader[Text]:
    """A reader that takes each id one time only."""
    taken: set[str] = set()

    def read_new(value: object) -> Text:
        found = read(value)
        if found in taken:
            refuse(f"{shown(found)} is named more than once")
        taken.add(found)
        return found

    return read_new


def each_once(read: Reader[Text]) -> Reader[tuple[Text, ...]]:
    """A reader of lists in which nothing stands twice."""

    def read_list(value: object) -> tuple[Text, ...]:
        return each(once(read))(value)

    return read_list


def at_least(fewest: int, read: Reader[tuple[T, ...]]) -> Reader[tuple[T, ...]]:
    """A reader of lists of at least so many items."""

    def read_list(value: object) -> tuple[T, ...]:
        items = read(value)
        if len(items) < fewest:
            refuse(f"expected at least {fewest}, found {len(items)}")
        return items

    return read_list


def at_most(most: int, things: str, read: Reader[T]) -> Reader[T]:
    """A reader that refuses a list or an object of more things than so many, before it reads any of them."""

    def read_few(value: object) -> T:
        if isinstance(value, list | dict) and len(value) > most:
            refuse(f"{len(value):,} {things}, at most {most:,}")
        return read(value)

    return read_few


def mapping(read_key: Reader[str], read: Reader[T]) -> Reader[dict[str, T]]:
    """A reader of objects whose keys are free."""

    def read_mapping(value: object) -> dict[str, T]:
        found: dict[str, T] = {}
        for key, entry in values_of(value).items():
            try:
                found[read_key(key)] = read(entry)
            except FileFault as fault:
                raise fault.under(place_of(key)) from None
        return found

    return read_mapping


def or_null(read: Reader[T]) -> Reader[T | None]:
    """A reader that takes null as well."""
    return lambda value: None if value is None else read(value)


def flag(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        refuse(f"expected true or false, found {shown(value)}")
    return value


def whole(least: int, most: int) -> Reader[int]:
    """A reader of whole numbers from `least` to `most`, written without a decimal point."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            refuse(f"expected a whole number, found {shown(value)}")
        if not least <= value <= most:
            refuse(f"expected a whole number from {least} to {most}, found {value}")
        return value

    return read


def text(value: object) -> str:
    """One line of text, which may be empty."""
    if not isinstance(value, str):
        refuse(f"expected text, found {shown(value)}")
    if len(value) > MOST_TEXT:
        refuse(f"expected at most {MOST_TEXT} characters, found {len(value)}")
    if _NOT_ONE_LINE.search(value):
        refuse(f"{shown(value)} holds characters that do not belong in a line of text")
    refuse_turning(value)
    return value


def word(value: object) -> str:
    """One line of text that says something."""
    found = text(value)
    if not is_seen(found):
        refuse(f"expected text, found {shown(found)}")
    return found


def words(value: object) -> frozenset[str]:
    """A set of words, given as a list; a word said twice counts once."""
    return frozenset(each(word)(value))


def exactly(expected: str) -> Reader[str]:
    """A reader of one given text."""

    def read(value: object) -> str:
        if value != expected:
            refuse(f"expected {shown(expected)}, found {shown(value)}")
        return expected

    return read


def one_of(names: type[Named]) -> Reader[Named]:
    """A reader of the values of an enum."""
    by_value = {name.value: name for name in names}

    def read(value: object) -> Named:
        if not isinstance(value, str) or value not in by_value:
            refuse(f"expected one of {', '.join(by_value)}, found {shown(value)}")
        return by_value[value]

    return read
