"""The proposal as a form: a text field for each question, and a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from starlette.datastructures import UploadFile

from app.kernel.forms import Typed, sentence_of
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.proposals import words
from app.proposals.attachments import Upload
from app.proposals.checking import Unacceptable, field_of
from app.proposals.models import ProposalQuestion
from app.proposals.schemas import ProposalIn


@dataclass(frozen=True, slots=True)
class Posted:
    """A posted form: its texts, and the file when one was chosen."""

    texts: dict[str, str]
    upload: Upload | None


@dataclass(frozen=True, slots=True)
class Field:
    """The field for the answer to one question, with the words that are in it."""

    name: str
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
    """What was posted; at most 200 texts and one file, whose bytes are read here."""
    async with request.form(max_files=1, max_fields=200, max_part_size=200_000) as form:
        texts = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        file = form.get("file")
        upload = Upload(file.filename or "", await file.read()) if isinstance(file, UploadFile) else None
    return Posted(texts, upload if upload and (upload.name or upload.content) else None)


def typed_proposal(
    texts: Mapping[str, str], questions: Sequence[ProposalQuestion], language: Language
) -> Typed[ProposalIn]:
    """What was typed, as a proposal when all texts can be read, else with a sentence for each field that cannot."""
    given = [{"number": question.number, "text": texts.get(field_of(question.number), "")} for question in questions]
    try:
        return Typed(texts, ProposalIn.model_validate({"answers": given, "keeps_file": "keeps_file" in texts}))
    except ValidationError as faults:
        errors = {_place(fault, questions): sentence_of(fault, language) for fault in reversed(faults.errors())}
        return Typed(texts, None, errors)


def _place(fault: ErrorDetails, questions: Sequence[ProposalQuestion]) -> str:
    return field_of(questions[int(fault["loc"][1])].number)


def refused(texts: Mapping[str, str], refusal: Unacceptable, language: Language) -> Typed[ProposalIn]:
    """What was typed, beside what the service would not take."""
    backwards = reversed(list(refusal.faults.items()))
    sentences = {name: translate(language, fault.sentence, **fault.values) for name, fault in backwards}
    return Typed(texts, None, sentences)


def fields(questions: Sequence[ProposalQuestion], texts: Mapping[str, str]) -> list[Field]:
    """A field for each question, with its words counted."""
    names = [field_of(question.number) for question in questions]
    return [
        Field(name, question, words.count(texts.get(name, ""))) for name, question in zip(names, questions, strict=True)
    ]
