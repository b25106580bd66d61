"""What crosses the doors of questions and answers: a question, an answer to all, and who may read what of them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from app.kernel.texts import Prose

MOST_QUESTIONS = 500


class QuestionState(StrEnum):
    """How far a question has come, as the one who asked sees it."""

    WAITING = "waiting"
    ANSWERED = "answered"
    ANSWERED_TOGETHER = "answered_together"
    DECLINED = "declined"


def _written(text: str) -> str:
    if not text:
        raise PydanticCustomError("empty_text", "This must be filled in.")
    return text


Text = Annotated[Prose, AfterValidator(_written)]
ShortText = Annotated[Text, Field(max_length=2_000)]
Id = Annotated[UUID, Field(strict=False)]
LongText = Annotated[Text, Field(max_length=8_000)]


class QuestionIn(BaseModel):
    """A question from a supplier."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: ShortText


class DeclineIn(BaseModel):
    """Why a question gets no answer; the one who asked reads it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    reason: ShortText


class AnswerIn(BaseModel):
    """A question in words that tell nothing of who asked, and its answer."""

    model_config = ConfigDict(extra="forbid", strict=True)

    wording: ShortText
    text: LongText


class DraftIn(AnswerIn):
    """An answer to all, and the questions it answers: none when it was asked outside the service."""

    questions: Annotated[list[Id], Field(max_length=MOST_QUESTIONS)] = []


class PublishIn(BaseModel):
    """The drafts that are published together, in the order in which they are numbered."""

    model_config = ConfigDict(extra="forbid", strict=True)

    drafts: Annotated[list[Id], Field(min_length=1, max_length=MOST_QUESTIONS)]


class QuestionOut(BaseModel):
    """A question as the organiser sees it; `answer_id` is the answer, draft or published, that it is in."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    supplier_id: UUID
    text: str
    asked_at: datetime
    answer_id: UUID | None
    declined_because: str | None
    declined_at: datetime | None


class DraftOut(BaseModel):
    """An answer that is not published, as the organiser sees it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    wording: str
    text: str
    written_at: datetime


class AnswerOut(BaseModel):
    """An answer as everybody sees it; `version` is more than 1 when it has been corrected."""

    model_config = ConfigDict(from_attributes=True)

    number: int
    version: int
    wording: str
    text: str
    published_at: datetime
    corrected_at: datetime | None
