"""The hash in a receipt can be computed by anybody who has the answers."""

import hashlib
import json

from hypothesis import given
from hypothesis import strategies as st

from app.proposals.canonical import FIRST_FORMAT, Given, GivenAnswer, GivenFile, canonical, sha256_of

ANSWERS = [GivenAnswer(2, 'To "ord"\n', claimed=True), GivenAnswer(1, "Én [[del]]")]
FILES = [GivenFile("cd" * 32, "b.pdf"), GivenFile("ab" * 32, "a.pdf", claimed=True)]


def test_the_canonical_form_is_written_as_the_module_says() -> None:
    assert (
        canonical(Given(ANSWERS, FILES, "Pris"))
        == (
            '{"answers":[{"claimed":false,"number":1,"text":"Én [[del]]"},'
            '{"claimed":true,"number":2,"text":"To \\"ord\\"\\n"}],'
            f'"files":[{{"claimed":true,"name":"a.pdf","sha256":"{"ab" * 32}"}},'
            f'{{"claimed":false,"name":"b.pdf","sha256":"{"cd" * 32}"}}],'
            '"format":2,"reason":"Pris"}'
        ).encode()
    )


def test_what_came_in_in_the_first_format_keeps_its_form() -> None:
    """Receipts that suppliers hold stay true."""
    assert (
        canonical(Given(ANSWERS, [], None, FIRST_FORMAT))
        == (
            '{"answers":[{"number":1,"text":"Én [[del]]"},{"number":2,"text":"To \\"ord\\"\\n"}],"file_sha256":null}'
        ).encode()
    )
    assert canonical(Given([], FILES[1:], None, FIRST_FORMAT)) == (
        b'{"answers":[],"file_sha256":"' + b"ab" * 32 + b'"}'
    )


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
GIVEN_ANSWERS = st.lists(
    st.builds(GivenAnswer, st.integers(1, 99), TEXTS, st.booleans()), unique_by=lambda answer: answer.number
)
HASHES = st.sampled_from(["ab" * 32, "cd" * 32, "ef" * 32])
GIVEN_FILES = st.lists(st.builds(GivenFile, HASHES, TEXTS, st.booleans()), unique_by=lambda file: file.sha256)


@given(GIVEN_ANSWERS, GIVEN_FILES, st.none() | TEXTS)
def test_the_canonical_form_says_all_that_was_sent_and_its_hash_is_the_receipts(
    answers: list[GivenAnswer], files: list[GivenFile], reason: str | None
) -> None:
    sent = Given(answers, files, reason)
    whole = canonical(sent)

    read = json.loads(whole)
    assert [GivenAnswer(**answer) for answer in read["answers"]] == sorted(answers, key=lambda answer: answer.number)
    assert [GivenFile(**file) for file in read["files"]] == sorted(files, key=lambda file: file.sha256)
    assert (read["reason"], read["format"]) == (reason, 2)
    assert sha256_of(sent) == hashlib.sha256(whole).hexdigest()
    assert canonical(Given(answers[::-1], files[::-1], reason)) == whole
