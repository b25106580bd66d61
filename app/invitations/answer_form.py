"""What the page of an answer asks for."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from app.invitations.answering import Given
from app.invitations.answers import How
from app.invitations.replies import MOST_COMMENT
from app.kernel import clock
from app.kernel.forms import Typed, check
from app.kernel.ical import PartStat
from app.kernel.languages import translate
from app.kernel.settings import Language
from app.kernel.texts import Prose


class Choice(StrEnum):
    """What one may answer on a page."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


_ANSWERS = {
    Choice.ACCEPTED: PartStat.ACCEPTED,
    Choice.DECLINED: PartStat.DECLINED,
    Choice.TENTATIVE: PartStat.TENTATIVE,
}
CHOSEN = {answer: choice for choice, answer in _ANSWERS.items()}


class AnswerTyped(BaseModel):
    """One of three answers, with a few words if one likes; `sequence` says which letter's facts the page showed."""

    answer: Choice
    comment: Annotated[Prose, Field(max_length=MOST_COMMENT)] = ""
    sequence: int = Field(ge=0, lt=2**31)

    def given(self, how: How) -> Given:
        """The answer as it is kept."""
        return Given(how, _ANSWERS[self.answer], self.sequence, clock.now(), self.comment)


def typed_answer(texts: dict[str, str], language: Language) -> Typed[AnswerTyped]:
    """What was typed, checked."""
    typed = check(AnswerTyped, texts, language)
    if "answer" not in typed.errors:
        return typed
    return Typed(texts, None, {**typed.errors, "answer": translate(language, "Choose one of the three.")})
