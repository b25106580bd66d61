"""The canonical form of a proposal, and its hash: anybody who has the answers can compute the receipt again.

The canonical form is JSON in UTF-8 with keys in alphabetical order, no white space between tokens, and nothing but
what JSON demands written as an escape; the answers stand by question number, with their text as it was stored:

    {"answers":[{"number":1,"text":"…"},{"number":2,"text":"…"}],"file_sha256":null}

`file_sha256` is the SHA-256 of the attached file in lower-case hexadecimals, or null when there is none. The hash in
the receipt is the SHA-256 of these bytes. Suppliers can fetch the very bytes, so that `sha256sum answers.json` is
all it takes.
"""

import hashlib
import json
from collections.abc import Mapping


def canonical(answers: Mapping[int, str], file_sha256: str | None) -> bytes:
    """The proposal in canonical form; `answers` are by question number."""
    listed = [{"number": number, "text": answers[number]} for number in sorted(answers)]
    whole = {"answers": listed, "file_sha256": file_sha256}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sha256_of(answers: Mapping[int, str], file_sha256: str | None) -> str:
    """The hash that stands in the receipt, in lower-case hexadecimals."""
    return hashlib.sha256(canonical(answers, file_sha256)).hexdigest()
