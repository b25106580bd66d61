"""Who may do what: capability links. A token is shown once, kept only as its SHA-256, and can be withdrawn."""

import hashlib
import hmac
import secrets
from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel import clock
from app.kernel.db import EnumText, Row
from app.kernel.refusals import NotFound, Unauthorized
from app.kernel.settings import settings


class Right(StrEnum):
    """What a token opens: one thing of one kind, and nothing else."""

    ORGANISER = "organiser"
    SUPPLIER = "supplier"
    PERSON = "person"
    SUPPLIER_FEED = "supplier_feed"
    PANEL_FEED = "panel_feed"
    PERSON_FEED = "person_feed"
    ROOM_FEED = "room_feed"


class Capability(Row):
    """One token's right to one thing."""

    __tablename__ = "capabilities"

    right: Mapped[Right] = mapped_column(EnumText(Right))
    about: Mapped[UUID] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    revoked_at: Mapped[datetime | None]


def grant(db: Session, right: Right, about: UUID) -> str:
    """A new token (256 random bits, URL-safe) for one right to one thing; it cannot be read again later."""
    token = secrets.token_urlsafe(32)
    db.add(Capability(right=right, about=about, token_hash=_hash(token)))
    db.flush()
    return token


def revoke(db: Session, right: Right, about: UUID) -> None:
    """Withdraw every token of this right to this thing, at once."""
    standing = sa.and_(Capability.right == right, Capability.about == about, Capability.revoked_at.is_(None))
    db.execute(sa.update(Capability).where(standing).values(revoked_at=clock.now()))


def rotate(db: Session, right: Right, about: UUID) -> str:
    """A new token in place of all earlier ones."""
    revoke(db, right, about)
    return grant(db, right, about)


def opened_by(db: Session, token: str, *rights: Right) -> Capability:
    """What the token opens, when it is one of `rights`; raises NotFound for every other token alike."""
    found = db.scalars(sa.select(Capability).where(Capability.token_hash == _hash(token))).one_or_none()
    if found is None or found.revoked_at is not None or found.right not in rights:
        raise NotFound("There is nothing here. The link may have been withdrawn, or cut off on its way.")
    return found


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


_bearer = HTTPBearer(auto_error=False, description="The token at the end of the organiser's link")


def _bearer_token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if credentials is None:
        raise Unauthorized("Send the token as “Authorization: Bearer …”.")
    return credentials.credentials


def _bearer_token_if_any(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str | None:
    return credentials.credentials if credentials else None


Token = Annotated[str, Depends(_bearer_token)]
TokenIfAny = Annotated[str | None, Depends(_bearer_token_if_any)]


def check_organiser(db: Session, token: str, dialogue_id: UUID) -> None:
    """Let the organiser of this dialogue pass; to others it is as if the dialogue were not there."""
    try:
        capability = opened_by(db, token, Right.ORGANISER)
    except NotFound as unknown:
        raise Unauthorized("That token opens nothing.") from unknown
    if capability.about != dialogue_id:
        raise NotFound("There is no such dialogue.")
    db.info["actor"] = "organiser"


def check_operator(token: str) -> None:
    """Let the operator of this installation pass, who alone may open new dialogues over the API."""
    known = settings().operator_token
    if known is None or not hmac.compare_digest(
        known.get_secret_value().encode(), token.encode("utf-8", "surrogatepass")
    ):
        raise Unauthorized("That token may not open dialogues.")
