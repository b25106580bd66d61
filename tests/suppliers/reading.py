"""Reading pages and letters as a browser does: which tags and attributes there are, and what they point at."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class _Reader(HTMLParser):
    """Collects every tag with its attributes."""

    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """Every tag of a page with its attributes, in order."""
    reader = _Reader()
    reader.feed(page)
    return reader.tags


def structure(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """The tags of a page with the names of their attributes: what nothing that was typed may change."""
    return [(tag, tuple(sorted(attributes))) for tag, attributes in tags(page)]


def values(page: str, attribute: str, among: Iterable[str] = ()) -> list[str]:
    """What an attribute says wherever it stands, in all tags or `among` some."""
    wanted = set(among)
    found = [attributes.get(attribute) for tag, attributes in tags(page) if not wanted or tag in wanted]
    return [value for value in found if value is not None]
