"""What crosses the doors of solution proposals."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.kernel.texts import LongLine, Prose

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
    """An answer, by the number of its question."""

    model_config = ConfigDict(strict=True, extra="forbid")

    number: Number
    text: Prose


def _each_question_once(answers: list[AnswerIn]) -> list[AnswerIn]:
    if len({answer.number for answer in answers}) < len(answers):
        raise PydanticCustomError("answered_twice", "The same question is answered twice.")
    return answers


class ProposalIn(BaseModel):
    """A whole solution proposal; `keeps_file` takes along the file of the version before."""

    model_config = ConfigDict(strict=True, extra="forbid")

    answers: Annotated[list[AnswerIn], Field(max_length=99), AfterValidator(_each_question_once)]
    keeps_file: bool = False

    def by_number(self) -> dict[int, str]:
        """The answers by the number of their question."""
        return {answer.number: answer.text for answer in self.answers}


class AnswerOut(BaseModel):
    """An answer, as it is kept."""

    number: int
    text: str


class FileOut(BaseModel):
    """What is known of the attached file; its bytes are fetched by themselves."""

    model_config = ConfigDict(from_attributes=True)

    name: str
    media_type: str
    size: int
    sha256: str


class Receipt(BaseModel):
    """What a supplier gets for a proposal; how `sha256` is computed stands in `app/proposals/canonical.py`."""

    version: int
    submitted_at: datetime
    sha256: str
    file: FileOut | None


class ProposalOut(Receipt):
    """The last version of a supplier's proposal, as its organiser reads it."""

    answers: list[AnswerOut]
