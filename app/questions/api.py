"""Questions and answers for systems: the organiser answers, whoever may see the dialogue reads what all were told."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from app.dialogues.models import Dialogue
from app.dialogues.service import get as get_dialogue
from app.dialogues.service import readable
from app.kernel.access import Token, TokenIfAny, check_organiser
from app.kernel.db import Db
from app.questions import queries, service
from app.questions.models import Question, SharedAnswer
from app.questions.schemas import AnswerIn, AnswerOut, DeclineIn, DraftIn, DraftOut, PublishIn, QuestionOut

Number = Annotated[int, Path(ge=1, le=1_000_000)]

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}", tags=["questions"])


@router.get("/answers", response_model=list[AnswerOut])
def answers(dialogue_id: UUID, token: TokenIfAny, db: Db) -> list[SharedAnswer]:
    """List what all have been told, in the order of publication."""
    return queries.answers(db, readable(db, dialogue_id, token).id)


@router.get("/questions", response_model=list[QuestionOut])
def questions(dialogue_id: UUID, token: Token, db: Db) -> list[Question]:
    """List what the suppliers have asked, the oldest first; for the organiser."""
    return queries.of_dialogue(db, _of_organiser(db, token, dialogue_id).id)


@router.post("/questions/{question_id}/decline", response_model=QuestionOut)
def decline(dialogue_id: UUID, question_id: UUID, why: DeclineIn, token: Token, db: Db) -> Question:
    """Give a question no answer; the one who asked reads why. For the organiser."""
    return service.decline(db, _of_organiser(db, token, dialogue_id), question_id, why.reason)


@router.get("/answer-drafts", response_model=list[DraftOut])
def drafts(dialogue_id: UUID, token: Token, db: Db) -> list[SharedAnswer]:
    """List the answers that are not published, the oldest first; for the organiser."""
    return queries.drafts(db, _of_organiser(db, token, dialogue_id).id)


@router.post("/answer-drafts", status_code=HTTPStatus.CREATED, response_model=DraftOut)
def write(dialogue_id: UUID, draft: DraftIn, token: Token, db: Db) -> SharedAnswer:
    """Write one answer to some questions together; nobody else sees it before it is published. For the organiser."""
    return service.write(db, _of_organiser(db, token, dialogue_id), draft)


@router.put("/answer-drafts/{answer_id}", response_model=DraftOut)
def rewrite(dialogue_id: UUID, answer_id: UUID, written: AnswerIn, token: Token, db: Db) -> SharedAnswer:
    """Change the words of a draft; for the organiser."""
    return service.rewrite(db, _of_organiser(db, token, dialogue_id), answer_id, written)


@router.delete("/answer-drafts/{answer_id}", status_code=HTTPStatus.NO_CONTENT)
def discard(dialogue_id: UUID, answer_id: UUID, token: Token, db: Db) -> None:
    """Throw a draft away: its questions wait again. For the organiser."""
    service.discard(db, _of_organiser(db, token, dialogue_id), answer_id)


@router.post("/answers", status_code=HTTPStatus.CREATED, response_model=list[AnswerOut])
def publish(dialogue_id: UUID, chosen: PublishIn, token: Token, db: Db) -> list[SharedAnswer]:
    """Publish drafts together: everybody sees them at once, and each supplier gets one letter. For the organiser."""
    return service.publish(db, _of_organiser(db, token, dialogue_id), chosen.drafts)


@router.put("/answers/{number}", response_model=AnswerOut)
def correct(dialogue_id: UUID, number: Number, written: AnswerIn, token: Token, db: Db) -> SharedAnswer:
    """Correct what all have been told, and tell each supplier by letter; for the organiser."""
    return service.correct(db, _of_organiser(db, token, dialogue_id), number, written)


def _of_organiser(db: Db, token: str, dialogue_id: UUID) -> Dialogue:
    check_organiser(db, token, dialogue_id)
    return get_dialogue(db, dialogue_id)
