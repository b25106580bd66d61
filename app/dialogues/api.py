"""Dialogues for systems: the operator opens them, their organisers publish them, anybody reads them."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter

from app.dialogues import service
from app.dialogues.models import Buyer, Dialogue
from app.dialogues.schemas import BuyerIn, BuyerOut, DialogueIn, DialogueOut, DialogueWithBuyers, Opened
from app.kernel.access import Token, TokenIfAny, check_operator, check_organiser
from app.kernel.db import Db

router = APIRouter(prefix="/api/v1/dialogues", tags=["dialogues"])


@router.post("", status_code=HTTPStatus.CREATED)
def open_dialogue(asked: DialogueIn, token: Token, db: Db) -> Opened:
    """Open a dialogue as a draft, with the operator's token; the answer holds the organiser's link, this once."""
    check_operator(token)
    db.info["actor"] = "operator"
    dialogue = service.open_dialogue(db, asked)
    return Opened(dialogue=_told(db, dialogue), organiser_link=service.organiser_link(db, dialogue))


@router.get("", response_model=list[DialogueOut])
def published(db: Db) -> list[Dialogue]:
    """List the published dialogues, the latest day first."""
    return service.published(db)


@router.get("/{dialogue_id}")
def read(dialogue_id: UUID, token: TokenIfAny, db: Db) -> DialogueWithBuyers:
    """Read a published dialogue, or with the organiser's token a draft."""
    return _told(db, service.readable(db, dialogue_id, token))


@router.post("/{dialogue_id}/publish")
def publish(dialogue_id: UUID, token: Token, db: Db) -> DialogueWithBuyers:
    """Let everybody see the dialogue and register for it."""
    dialogue = _of_organiser(db, token, dialogue_id)
    service.publish(db, dialogue)
    return _told(db, dialogue)


@router.post("/{dialogue_id}/buyers", status_code=HTTPStatus.CREATED, response_model=BuyerOut)
def add_buyer(dialogue_id: UUID, buyer: BuyerIn, token: Token, db: Db) -> Buyer:
    """Let one more municipality join, at any time."""
    return service.add_buyer(db, _of_organiser(db, token, dialogue_id), buyer)


@router.put("/{dialogue_id}/buyers/{handle}", response_model=BuyerOut)
def change_buyer(dialogue_id: UUID, handle: str, buyer: BuyerIn, token: Token, db: Db) -> Buyer:
    """Change what is said of a municipality: its role, its decision, its name."""
    return service.change_buyer(db, _of_organiser(db, token, dialogue_id), handle, buyer)


def _of_organiser(db: Db, token: str, dialogue_id: UUID) -> Dialogue:
    check_organiser(db, token, dialogue_id)
    return service.get(db, dialogue_id)


def _told(db: Db, dialogue: Dialogue) -> DialogueWithBuyers:
    return DialogueWithBuyers.of(dialogue, service.buyers_of(db, dialogue.id))
