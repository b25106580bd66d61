"""The proposal as a form: for each question a text and a claim, files that are kept and files that are new."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import UploadFile

from app.kernel.forms import Typed, sentence_of
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.proposals import words
from app.proposals.attachments import Upload
from app.proposals.checking import Fault, field_of, file_field
from app.proposals.models import ProposalQuestion
from app.proposals.schemas import ProposalIn

_KEEP = re.compile(r"keep-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted form: its texts, and the files that were chosen."""

    texts: dict[str, str]
    uploads: Sequence[Upload]


@dataclass(frozen=True, slots=True)
class Field:
    """The fields for the answer to one question, with the words that are in it."""

    name: str
    claim: str
    question: ProposalQuestion
    words: int

    @property
    def over(self) -> int:
        """How many words there are too many; 0 or less when there are none."""
        return self.words - self.question.word_limit

    @property
    def percent(self) -> int:
        """How much of the limit is used, at most 100."""
        return min(100, self.words * 100 // self.question.word_limit)


async def posted(request: Request) -> Posted:
    """What was posted; at most 300 texts and 20 files, whose bytes are read here."""
    async with request.form(max_files=20, max_fields=300, max_part_size=200_000) as form:
        texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        uploads = [
            Upload(file.filename or "", await file.read(), claimed)
            for claimed in (False, True)
            for file in form.getlist(file_field(claimed=claimed))
            if isinstance(file, UploadFile)
        ]
    # A browser sends a field for files that was left empty as one file without a name.
    return Posted(texts, [upload for upload in uploads if upload.name or upload.content])


def typed_proposal(
    texts: Mapping[str, str], questions: Sequence[ProposalQuestion], language: Language
) -> Typed[ProposalIn]:
    """What was typed, as a proposal when all texts can be read, else with a sentence for each field that cannot."""
    numbers = [question.number for question in questions]
    given = {
        "answers": [
            {"number": number, "text": texts.get(field_of(number), ""), "claimed": claim_of(number) in texts}
            for number in numbers
        ],
        "keeps_files": [
            {"id": UUID(kept[1]), "claimed": f"claimed-{kept[1]}" in texts}
            for kept in map(_KEEP.fullmatch, texts)
            if kept
        ],
        "reason": texts.get("reason"),
    }
    try:
        return Typed(texts, ProposalIn.model_validate(given))
    except ValidationError as faults:
        errors = {_place(fault, numbers): sentence_of(fault, language) for fault in reversed(faults.errors())}
        return Typed(texts, None, errors)


def claim_of(number: int) -> str:
    """The name of the box that claims the whole answer to this question."""
    return f"claim-{number}"


def _place(fault: ErrorDetails, numbers: Sequence[int]) -> str:
    if fault["loc"][0] == "answers" and len(fault["loc"]) > 1:
        return field_of(numbers[int(fault["loc"][1])])
    return "reason" if fault["loc"][0] == "reason" else "files"


def texts_of(proposal: ProposalIn | None) -> dict[str, str]:
    """The form as it is filled in for this proposal; ticks are names that are there."""
    if proposal is None:
        return {}
    ticks = [
        *(claim_of(answer.number) for answer in proposal.answers if answer.claimed),
        *(f"keep-{file.id}" for file in proposal.keeps_files),
        *(f"claimed-{file.id}" for file in proposal.keeps_files if file.claimed),
    ]
    answers = {field_of(answer.number): answer.text for answer in proposal.answers}
    return {**answers, **dict.fromkeys(ticks, "true"), "reason": proposal.reason or ""}


def refused(texts: Mapping[str, str], faults: Mapping[str, Fault], language: Language) -> Typed[ProposalIn]:
    """What was typed, beside what the service would not take."""
    backwards = reversed(list(faults.items()))
    sentences = {name: translate(language, fault.sentence, **fault.values) for name, fault in backwards}
    return Typed(texts, None, sentences)


def fields(questions: Sequence[ProposalQuestion], texts: Mapping[str, str]) -> list[Field]:
    """The fields for each question, with its words counted."""
    return [
        Field(name, claim_of(question.number), question, words.count(texts.get(name, "")))
        for question in questions
        for name in [field_of(question.number)]
    ]


def unanswered(proposal: ProposalIn, questions: Sequence[ProposalQuestion]) -> list[int]:
    """The numbers of the questions that have no answer yet."""
    answered = {answer.number for answer in proposal.answers if answer.text.strip()}
    return [question.number for question in questions if question.number not in answered]
