"""A page of the day read back: its elements, its tables, and what a reader is told."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Attributes = dict[str, str | None]
_VOID = {"meta"}


@dataclass
class Node:
    """An element with its attributes, its text, and the elements in it."""

    tag: str
    attributes: Attributes = field(default_factory=dict)
    inner: list["Node | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.inner)

    def all(self, tag: str) -> list["Node"]:
        """Every element of that name within, in order."""
        nodes = [each for each in self.inner if isinstance(each, Node)]
        return [found for node in nodes for found in ([node] if node.tag == tag else []) + node.all(tag)]

    def every(self) -> list["Node"]:
        nodes = [each for each in self.inner if isinstance(each, Node)]
        return [found for node in nodes for found in (node, *node.every())]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("document")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs))
        self._open[-1].inner.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self._open[-1].inner.append(data)


def read(html: str) -> Node:
    """The elements of a page, in which every element is closed where it should be."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


def table(root: Node, caption: str) -> list[list[str]]:
    """The rows of the table with that caption, its heads first."""
    found = [each for each in root.all("table") if each.all("caption")[0].text == caption]
    return [[cell.text for cell in row.inner if isinstance(cell, Node)] for each in found for row in each.all("tr")]
