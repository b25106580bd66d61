"""Plain text in several paragraphs and lists, as people write it, in parts that pages and documents can set."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

_MARKS = re.compile(r"(?P<bullet>[-*•])\s+|(?P<number>\d{1,3})[.)]\s+")


class Shape(StrEnum):
    """How a part of a text is set."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    NUMBERS = "numbers"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with its lines, or a list with its items; a list of numbers begins with `first`."""

    shape: Shape
    lines: tuple[str, ...]
    first: int = 1


def blocks(text: str) -> list[Block]:
    """The text in blocks: empty lines part paragraphs, and lines that begin with “- ” or “1. ” are items of lists."""
    paragraphs = re.split(r"\n[ \t]*\n", text.strip())
    return [block for paragraph in paragraphs for block in _blocks_of(paragraph)]


def _blocks_of(paragraph: str) -> Iterator[Block]:
    lines = [line.strip() for line in paragraph.split("\n") if line.strip()]
    for shape, alike in groupby(lines, key=_shape_of):
        group = list(alike)
        if shape is Shape.PARAGRAPH:
            yield Block(shape, tuple(group))
        else:
            yield Block(shape, tuple(_MARKS.sub("", item, count=1) for item in group), _number_of(group[0]))


def _shape_of(line: str) -> Shape:
    mark = _MARKS.match(line)
    if mark is None:
        return Shape.PARAGRAPH
    return Shape.BULLETS if mark["bullet"] else Shape.NUMBERS


def _number_of(item: str) -> int:
    mark = _MARKS.match(item)
    return int(mark["number"]) if mark and mark["number"] else 1
