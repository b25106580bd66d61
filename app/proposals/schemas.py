"""What crosses the doors of solution proposals."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.kernel.texts import Line, LongLine, Prose
from app.proposals.attachments import MOST_FILES

Number = Annotated[int, Field(ge=1, le=99)]


class QuestionIn(BaseModel):
    """A question that every supplier is to answer, and how many words an answer may have."""

    model_config = ConfigDict(strict=True, extra="forbid")

    number: Number
    text: LongLine
    word_limit: int = Field(default=500, ge=1, le=2000)


class QuestionOut(BaseModel):
    """A question, as it is kept."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    number: int
    text: str
    word_limit: int


class AnswerIn(BaseModel):
    """An answer, by the number of its question.

    `claimed` says that the supplier claims the whole answer to be a trade secret. A passage is claimed by writing it
    between [[ and ]]. These are claims: the municipality decides.
    """

    model_config = ConfigDict(strict=True, extra="forbid")

    number: Number
    text: Prose
    claimed: bool = False


class KeptFile(BaseModel):
    """A file of the version before that is taken along, and whether it is claimed to be a trade secret."""

    model_config = ConfigDict(strict=True, extra="forbid")

    id: UUID = Field(strict=False)  # JSON has no ids but as text
    claimed: bool = False


def _each_question_once(answers: list[AnswerIn]) -> list[AnswerIn]:
    if len({answer.number for answer in answers}) < len(answers):
        raise PydanticCustomError("answered_twice", "The same question is answered twice.")
    return answers


def _each_file_once(kept: list[KeptFile]) -> list[KeptFile]:
    if len({file.id for file in kept}) < len(kept):
        raise PydanticCustomError("kept_twice", "The same file is kept twice.")
    return kept


def _none_if_blank(reason: object) -> object:
    return None if isinstance(reason, str) and not reason.strip() else reason


class ProposalIn(BaseModel):
    """A whole solution proposal; `reason` is why the supplier claims parts of it to be trade secrets."""

    model_config = ConfigDict(strict=True, extra="forbid")

    answers: Annotated[list[AnswerIn], Field(max_length=99), AfterValidator(_each_question_once)]
    keeps_files: Annotated[list[KeptFile], Field(max_length=MOST_FILES), AfterValidator(_each_file_once)] = []
    reason: Annotated[Prose | None, Field(max_length=2_000), BeforeValidator(_none_if_blank)] = None

    def by_number(self) -> dict[int, str]:
        """The answers by the number of their question."""
        return {answer.number: answer.text for answer in self.answers}


class AnswerOut(BaseModel):
    """An answer as it is kept, marks of claimed passages included."""

    number: int
    text: str
    claimed: bool


class FileOut(BaseModel):
    """What is known of an attached file; its bytes are fetched by themselves."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    name: str
    media_type: str
    size: int
    sha256: str
    claimed: bool


class Receipt(BaseModel):
    """What a supplier gets for a proposal; how `sha256` is computed stands in `app/proposals/canonical.py`."""

    version: int
    submitted_at: datetime
    late: bool
    sha256: str
    files: list[FileOut]


class PassageOut(BaseModel):
    """A passage that the supplier claims to be a trade secret, in the answer to this question."""

    number: int
    text: str


class ClaimsOut(BaseModel):
    """What a supplier claims to be trade secrets, and why; the municipality decides what is.

    `answers` are the numbers of whole answers, `files` the ids of whole files.
    """

    answers: list[int]
    passages: list[PassageOut]
    files: list[UUID]
    reason: str | None


class ProposalOut(Receipt):
    """The last version of a supplier's proposal, as its organiser reads it."""

    format: int
    answers: list[AnswerOut]
    claims: ClaimsOut


class ShareableAnswer(BaseModel):
    """An answer, with a marker in place of what is claimed."""

    number: int
    text: str


class ShareableOut(BaseModel):
    """A proposal without what its supplier claims to be trade secrets.

    Neither the length of what is left out nor any hash of it is told.
    """

    version: int
    submitted_at: datetime
    late: bool
    answers: list[ShareableAnswer]
    files: list[FileOut]


class ArrivalOut(BaseModel):
    """That a supplier's proposal is in: when its last version came, and its hash, but nothing that it says."""

    supplier_id: UUID
    supplier: str
    version: int
    submitted_at: datetime
    late: bool
    sha256: str


class UnsealingIn(BaseModel):
    """The two persons who break the seal together: by their handles where the dialogue has people, else by name."""

    model_config = ConfigDict(strict=True, extra="forbid")

    persons: Annotated[list[Line], Field(min_length=2, max_length=2)]


class UnsealingOut(BaseModel):
    """When the seal was broken, and by whom."""

    opened_at: datetime
    persons: list[str]
