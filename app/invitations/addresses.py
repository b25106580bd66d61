"""The addresses that answers come to: one for each recipient of each appointment, and the same for its whole life.

An organiser that changed between two letters would be another event to many programs. The token in the address is 128
bits of the installation's key, kept nowhere; only its SHA-256 is, to know it by when it comes back.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from uuid import UUID

from app.kernel.secret import sealed
from app.kernel.settings import settings

_OCTETS = 16
_LETTERS = 26  # that they make


def reply_address(uid: UUID, recipient: str) -> str | None:
    """Where one recipient answers about one appointment; None where no mailbox is read."""
    mailbox = settings().replies
    if not mailbox:
        return None
    local, _, domain = mailbox.rpartition("@")
    return f"{local}+{_token(uid, recipient)}@{domain}"


def fingerprint(uid: UUID, recipient: str) -> str | None:
    """What is kept of the token in `reply_address`: its SHA-256; None where no mailbox is read."""
    return _digest(_token(uid, recipient)) if settings().replies else None


def fingerprints(addresses: Iterable[str]) -> list[str]:
    """The SHA-256 of every token in these addresses; those of other mailboxes are left out."""
    return [_digest(token) for token in dict.fromkeys(_tokens(addresses))]


def _tokens(addresses: Iterable[str]) -> Iterator[str]:
    known_local, _, known_domain = (settings().replies or "@").casefold().rpartition("@")
    for address in addresses:
        local, _, domain = address.casefold().rpartition("@")
        name, _, token = local.rpartition("+")
        if domain and (name, domain, len(token)) == (known_local, known_domain, _LETTERS):
            yield token


def _token(uid: UUID, recipient: str) -> str:
    bits = sealed("the address of an answer", str(uid), recipient)[:_OCTETS]
    return base64.b32encode(bits).decode().rstrip("=").lower()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
