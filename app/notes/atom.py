"""The published dialogues as an Atom feed (RFC 4287): pure, the same bytes for the same dialogues."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from app.dialogues.models import Dialogue
from app.kernel.languages import translate
from app.kernel.settings import Language

MEDIA_TYPE = "application/atom+xml"
MOST_ENTRIES = 100
_NAMESPACE = "http://www.w3.org/2005/Atom"
_BEFORE_ALL = datetime(2026, 1, 1, tzinfo=UTC)


def changed_at(dialogues: Sequence[Dialogue]) -> datetime:
    """When what is told of any of these dialogues last changed."""
    return max((_changed_at(dialogue) for dialogue in dialogues), default=_BEFORE_ALL)


def feed(dialogues: Sequence[Dialogue], base_url: str, language: Language) -> bytes:
    """The hundred dialogues that changed last, the latest first; `base_url` is where the service is found."""
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": language})
    _add(root, "id", f"tag:{urlsplit(base_url).hostname},2026:dialogues")
    _add(root, "title", translate(language, "Market dialogues"))
    _add(root, "updated", _moment(changed_at(dialogues)))
    _link(root, "self", f"{base_url}/dialogues.atom", MEDIA_TYPE)
    _link(root, "alternate", f"{base_url}/", "text/html")
    latest = sorted(dialogues, key=lambda dialogue: (_changed_at(dialogue), dialogue.slug), reverse=True)
    for dialogue in latest[:MOST_ENTRIES]:
        _entry(root, dialogue, base_url)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _entry(root: ElementTree.Element, dialogue: Dialogue, base_url: str) -> None:
    entry = ElementTree.SubElement(root, "entry")
    published_at = dialogue.published_at or dialogue.created_at
    # RFC 4151: whoever had the name on that day gave it out; neither a new title nor a new address changes it.
    _add(entry, "id", f"tag:{urlsplit(base_url).hostname},{published_at:%Y-%m-%d}:dialogue/{dialogue.id}")
    _add(entry, "title", dialogue.title)
    _add(entry, "published", _moment(published_at))
    _add(entry, "updated", _moment(_changed_at(dialogue)))
    _add(ElementTree.SubElement(entry, "author"), "name", dialogue.organiser_name)
    _link(entry, "alternate", f"{base_url}/d/{dialogue.slug}", "text/html")
    _add(entry, "summary", dialogue.summary)


def _changed_at(dialogue: Dialogue) -> datetime:
    return dialogue.changed_at or dialogue.created_at


def _add(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = text


def _link(parent: ElementTree.Element, relation: str, address: str, media_type: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "href": address, "type": media_type})


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
