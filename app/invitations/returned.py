"""What a mail server says became of a letter of ours (RFC 3464), and which letter that was. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_string
from email.message import Message

from app.invitations.messages import Opened, header, is_report, text_of

_MOST_RECIPIENTS = 20


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter that did not arrive: its Message-ID where that is told, to whom it went, and the server's words."""

    message_id: str
    recipient: str
    words: str


def returned_in(opened: Opened) -> list[Returned] | None:
    """The letters that have failed for good; an empty list where one is only late, None where this is no report."""
    if not is_report(opened.message):
        return None
    message_id = next(_message_ids(opened), "")
    blocks = [block for part in opened.parts for block in _blocks(part)][:_MOST_RECIPIENTS]
    return [_returned(block, message_id) for block in blocks if header(block, "Action").casefold() == "failed"]


def _blocks(part: "Message[str, str]") -> "list[Message[str, str]]":
    found = part.get_payload() if part.get_content_type() == "message/delivery-status" else []
    return [block for block in found if isinstance(block, Message)] if isinstance(found, list) else []


def _returned(block: "Message[str, str]", message_id: str) -> Returned:
    recipient = header(block, "Original-Recipient") or header(block, "Final-Recipient")
    words = header(block, "Diagnostic-Code") or header(block, "Status")
    return Returned(message_id, recipient.rpartition(";")[2].strip().casefold(), words[:300])


def _message_ids(opened: Opened) -> Iterator[str]:
    for part in opened.parts:
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list):
            yield from (header(inner, "Message-ID") for inner in part.get_payload() if isinstance(inner, Message))
        elif part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers", "message/global-headers"):
            yield header(message_from_string(text_of(part)), "Message-ID")
