"""Answers over the API: what people have answered, and the word that a time stays."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter

from app.dialogues.service import get
from app.invitations import answered, answering, service
from app.invitations.schemas import AnswerOut, ProposedOut, UnprovedOut
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}/letters/answers", tags=["letters"])


@router.get("")
def answers(dialogue_id: UUID, token: Token, db: Db) -> list[AnswerOut]:
    """What everybody has answered who is invited as things stand."""
    check_organiser(db, token, dialogue_id)
    return [_out(one) for one in answered.of_dialogue(db, get(db, dialogue_id).id)]


def _out(one: answered.Answered) -> AnswerOut:
    return AnswerOut(
        id=one.told_id,
        appointment=one.appointment,
        name=one.name,
        address=one.address,
        starts_at=one.said.starts_at,
        answer=one.answer,
        how=one.how,
        answered_at=one.answered_at,
        comment=one.comment,
        delegated_to=one.delegated_to,
        proposed=ProposedOut(starts_at=one.proposed[0], ends_at=one.proposed[1]) if one.proposed else None,
        unproved=[UnprovedOut.model_validate(mail) for mail in one.unproved],
    )


@router.post("/{told_id}/keep-time", status_code=HTTPStatus.ACCEPTED)
def keep_time(dialogue_id: UUID, told_id: UUID, token: Token, db: Db) -> None:
    """Tell somebody who has proposed another time that the time stays."""
    check_organiser(db, token, dialogue_id)
    answering.decline_counter(db, service.told_in(db, dialogue_id, told_id))
