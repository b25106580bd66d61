"""The hash in a receipt can be computed by anybody who has the answers."""

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from app.proposals.canonical import canonical, sha256_of


def test_the_canonical_form_is_written_as_the_module_says() -> None:
    assert canonical({2: 'To "ord"\n', 1: "Én"}, None) == (
        '{"answers":[{"number":1,"text":"Én"},{"number":2,"text":"To \\"ord\\"\\n"}],"file_sha256":null}'.encode()
    )
    assert canonical({}, "ab" * 32) == b'{"answers":[],"file_sha256":"' + b"ab" * 32 + b'"}'


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
PROPOSALS = st.dictionaries(st.integers(1, 99), TEXTS), st.none() | st.just("ab" * 32)


@given(*PROPOSALS)
def test_the_canonical_form_says_all_that_was_sent_and_its_hash_is_the_receipts(
    answers: dict[int, str], file_sha256: str | None
) -> None:
    whole = canonical(answers, file_sha256)

    read = json.loads(whole)
    assert {answer["number"]: answer["text"] for answer in read["answers"]} == answers
    assert [answer["number"] for answer in read["answers"]] == sorted(answers)
    assert read["file_sha256"] == file_sha256
    assert sha256_of(answers, file_sha256) == hashlib.sha256(whole).hexdigest()
