"""The canonical form of a proposal, and its hash: anybody who has the answers can compute the receipt again.

The canonical form is JSON in UTF-8 with keys in alphabetical order, no white space between tokens, and nothing but
what JSON demands written as an escape. The answers stand by question number, with their text as it was stored, marks
of claimed passages included; the files stand by their hash, which is their SHA-256 in lower-case hexadecimals.
`claimed` says whether the supplier claims that the whole of it is a trade secret, `reason` why it claims what it does:

    {"answers":[{"claimed":false,"number":1,"text":"…"}],"files":[{"claimed":true,"name":"…","sha256":"…"}],
     "format":2,"reason":null}

(in one line). Proposals that came in before there were claims, and at most one file, have the first format:

    {"answers":[{"number":1,"text":"…"},{"number":2,"text":"…"}],"file_sha256":null}

where `file_sha256` is null when there is no file. Each proposal remembers its format, so that old receipts hold. The
hash in the receipt is the SHA-256 of these bytes. Suppliers can fetch the very bytes, so that `sha256sum answers.json`
is all it takes.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

FIRST_FORMAT, FORMAT = 1, 2


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """An answer as it was stored."""

    number: int
    text: str
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class GivenFile:
    """A file by its hash and the name it was given when it came in."""

    sha256: str
    name: str
    claimed: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """All that a supplier has sent in, in one version of its proposal."""

    answers: Sequence[GivenAnswer]
    files: Sequence[GivenFile]
    reason: str | None
    format: int = FORMAT


def canonical(given: Given) -> bytes:
    """The proposal in the canonical form of its format."""
    whole = _first(given) if given.format == FIRST_FORMAT else _second(given)
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(given: Given) -> str:
    """The hash that stands in the receipt, in lower-case hexadecimals."""
    return hashlib.sha256(canonical(given)).hexdigest()


def _first(given: Given) -> dict[str, object]:
    return {
        "answers": [{"number": answer.number, "text": answer.text} for answer in _in_order(given)],
        "file_sha256": given.files[0].sha256 if given.files else None,
    }


def _second(given: Given) -> dict[str, object]:
    return {
        "format": FORMAT,
        "answers": [
            {"number": answer.number, "text": answer.text, "claimed": answer.claimed} for answer in _in_order(given)
        ],
        "files": [
            {"name": file.name, "sha256": file.sha256, "claimed": file.claimed}
            for file in sorted(given.files, key=lambda file: file.sha256)
        ],
        "reason": given.reason,
    }


def _in_order(given: Given) -> list[GivenAnswer]:
    return sorted(given.answers, key=lambda answer: answer.number)
