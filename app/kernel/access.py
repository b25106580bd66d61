"""Who may do what. A token is shown once, kept only as its SHA-256, and ends: withdrawn, used up, or by itself."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa
from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel import clock
from app.kernel.db import EnumText, Row
from app.kernel.refusals import NotFound, Unauthorized, UnknownToken
from app.kernel.settings import settings


class Right(StrEnum):
    """What a token opens: one thing of one kind, and nothing else."""

    ORGANISER = "organiser"
    SIGN_IN = "sign_in"  # once, into a session as a supplier
    SUPPLIER = "supplier"  # a session as a supplier
    PERSON = "person"
    SUPPLIER_FEED = "supplier_feed"
    PANEL_FEED = "panel_feed"
    PERSON_FEED = "person_feed"
    ROOM_FEED = "room_feed"
    ORGANISER_FEED = "organiser_feed"
    CONFIRM = "confirm"  # a registration, once
    NEW_ADDRESS = "new_address"  # a supplier's, once
    ANSWER = "answer"  # one recipient's, to one invitation


LASTS = {Right.SIGN_IN: timedelta(minutes=10), Right.SUPPLIER: timedelta(days=7)}  # the others, until they are revoked


class Capability(Row):
    """One token's right to one thing, until it is revoked, used up or over."""

    __tablename__ = "capabilities"

    right: Mapped[Right] = mapped_column(EnumText(Right))
    about: Mapped[UUID] = mapped_column(index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


def grant(db: Session, right: Right, about: UUID, lasts: timedelta | None = None) -> str:
    """A new token (256 random bits, URL-safe) for one right to one thing; it cannot be read again later.

    It opens for as long as it `lasts`, else as long as LASTS says of its right.
    """
    token, now = secrets.token_urlsafe(32), clock.now()
    span = lasts or LASTS.get(right)
    expires_at = now + span if span else None
    db.add(Capability(right=right, about=about, token_hash=hash_of(token), created_at=now, expires_at=expires_at))
    return token


def revoke(db: Session, right: Right, about: UUID) -> None:
    """Withdraw every token of this right to this thing, at once."""
    standing = sa.and_(Capability.right == right, Capability.about == about, Capability.revoked_at.is_(None))
    db.execute(sa.update(Capability).where(standing).values(revoked_at=clock.now()))


def opens_something(db: Session, right: Right, about: UUID) -> bool:
    """Whether there is a token of this right to this thing that has not ended."""
    same = sa.and_(Capability.right == right, Capability.about == about, _stands())
    return db.scalar(sa.select(Capability.id).where(same).limit(1)) is not None


def rotate(db: Session, right: Right, about: UUID) -> str:
    """A new token in place of all earlier ones."""
    revoke(db, right, about)
    return grant(db, right, about)


def opened_by(db: Session, token: str, *rights: Right) -> Capability:
    """What the token opens now, when it is one of `rights`; raises UnknownToken, a NotFound, for every other alike."""
    standing = sa.and_(Capability.token_hash == hash_of(token), Capability.right.in_(rights), _stands())
    found = db.scalars(sa.select(Capability).where(standing)).one_or_none()
    if found is None:
        raise UnknownToken
    return found


def opened_by_each(db: Session, tokens: Iterable[str], right: Right) -> dict[str, UUID]:
    """What each of these tokens opens now, when it is this right; those that open nothing are left out."""
    hashes = {hash_of(token): token for token in tokens}
    standing = sa.and_(Capability.token_hash.in_(hashes), Capability.right == right, _stands())
    found = db.execute(sa.select(Capability.token_hash, Capability.about).where(standing))
    return {hashes[token_hash]: about for token_hash, about in found}


def use_up(db: Session, token: str, right: Right) -> UUID:
    """What the token has opened for the last time: of two that use it at once, one gets here.

    Raises UnknownToken, a NotFound, for every other token alike.
    """
    standing = sa.and_(Capability.token_hash == hash_of(token), Capability.right == right, _stands())
    used = sa.update(Capability).where(standing).values(revoked_at=clock.now()).returning(Capability.about)
    about = db.execute(used, execution_options={"synchronize_session": False}).scalar_one_or_none()
    if about is None:
        raise UnknownToken
    return about


def close(db: Session, token: str, right: Right) -> None:
    """Withdraw this one token of this right; does nothing where there is none."""
    same = sa.and_(Capability.token_hash == hash_of(token), Capability.right == right, Capability.revoked_at.is_(None))
    db.execute(sa.update(Capability).where(same).values(revoked_at=clock.now()))


def _stands() -> sa.ColumnElement[bool]:
    lasts_still = sa.or_(Capability.expires_at.is_(None), Capability.expires_at > clock.now())
    return sa.and_(Capability.revoked_at.is_(None), lasts_still)


def hash_of(token: str) -> str:
    """What is kept of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


_bearer = HTTPBearer(auto_error=False, description="The token at the end of the organiser's link")


async def _bearer_token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> str:
    if credentials is None:
        raise Unauthorized("Send the token as “Authorization: Bearer …”.")
    return credentials.credentials


async def _bearer_token_if_any(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> str | None:
    return credentials.credentials if credentials else None


Token = Annotated[str, Depends(_bearer_token)]
TokenIfAny = Annotated[str | None, Depends(_bearer_token_if_any)]


def check_organiser(db: Session, token: str, dialogue_id: UUID) -> None:
    """Let the organiser of this dialogue pass; to others it is as if the dialogue were not there."""
    try:
        capability = opened_by(db, token, Right.ORGANISER)
    except UnknownToken as unknown:
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
        raise Unauthorized("That token may not open dialogues.") from UnknownToken()
