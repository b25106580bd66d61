"""A key of this installation, and what follows from it: the same for the same words, and guessed by nobody else.

The key lies in a file beside the stored files, which every process of an installation sees. It is made at first use,
once, and read by its owner alone.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from app.kernel.settings import settings

_NAME = "installation.key"
_OCTETS = 32


def sealed(purpose: str, *words: str) -> bytes:
    """The 256 bits that the key makes of some words for one purpose (HMAC-SHA256); other words make others."""
    # Each with its length before it: “ab”, “c” is not “a”, “bc”.
    framed = b"".join(len(word.encode()).to_bytes(4, "big") + word.encode() for word in (purpose, *words))
    return hmac.digest(_key(settings().files / _NAME), framed, hashlib.sha256)


@cache
def _key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make(path)
    key = path.read_bytes()
    if len(key) != _OCTETS:
        raise ValueError(f"{path} holds no key of {_OCTETS} octets")
    return key


def _make(path: Path) -> None:
    # Written under a name of its own, and then named: whoever else makes one at once sees all of the first, or nothing.
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.draft")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(secrets.token_bytes(_OCTETS))
        file.flush()
        os.fsync(file.fileno())
    try:
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
