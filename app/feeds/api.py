"""Feeds over the API: the organiser's systems give and withdraw their addresses."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter

from app.dialogues.service import get
from app.feeds import service
from app.feeds.models import FeedKind
from app.feeds.schemas import FeedIn, FeedLink
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}/feeds", tags=["feeds"])


@router.post("", status_code=HTTPStatus.CREATED)
def give_link(dialogue_id: UUID, feed: FeedIn, token: Token, db: Db) -> FeedLink:
    """Make a new address of a feed, and close those that were given before."""
    check_organiser(db, token, dialogue_id)
    return FeedLink(url=service.new_link(db, feed.kind, feed.about, get(db, dialogue_id)))


@router.delete("/{kind}/{about}", status_code=HTTPStatus.NO_CONTENT)
def withdraw_links(dialogue_id: UUID, kind: FeedKind, about: UUID, token: Token, db: Db) -> None:
    """Close every address of a feed at once."""
    check_organiser(db, token, dialogue_id)
    service.withdraw_links(db, kind, about, get(db, dialogue_id))
