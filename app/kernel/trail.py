"""The trail: every change with who, when and what, in a chain of SHA-256 that shows any later edit.

An entry is written in the transaction that makes the change, as its very last act, so that the one lock the
chain needs is held for a moment only. What was said about people (`details`) stands beside the chain: the chain
holds only its salted hash, so that a person can be forgotten and the chain still holds.
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.kernel import clock
from app.kernel.db import Row, Table

START = "0" * 64
_PENDING = "trail entries still to be chained"


class TrailHead(Table):
    """The end of the chain: how many entries there are, and the hash of the last."""

    __tablename__ = "trail_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str] = mapped_column(sa.String(64))


class TrailEntry(Table):
    """One change: who did what to which thing, and when."""

    __tablename__ = "trail"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str]
    action: Mapped[str]
    kind: Mapped[str]
    about: Mapped[UUID]
    dialogue_id: Mapped[UUID | None] = mapped_column(index=True)
    details: Mapped[dict[str, Any] | None]
    salt: Mapped[str | None] = mapped_column(sa.String(32))
    details_hash: Mapped[str] = mapped_column(sa.String(64))
    previous_hash: Mapped[str] = mapped_column(sa.String(64))
    hash: Mapped[str] = mapped_column(sa.String(64))


@dataclass(frozen=True, slots=True)
class Flaw:
    """The first place where the chain does not hold."""

    number: int
    sentence: str


def record(db: Session, action: str, row: Row, *, dialogue_id: UUID | None = None, **details: object) -> None:
    """Note one change to `row`; the entry is chained when the transaction commits.

    `action` is a verb in the past (“registered”). `details` must be JSON; they can be erased later.
    """
    actor = db.info.get("actor", "system")
    db.info.setdefault(_PENDING, []).append((actor, action, row, dialogue_id, details))


def forget(db: Session, about: UUID, *actions: str) -> None:
    """Erase what was said of people in the entries of these `actions` about one row; the chain still holds."""
    those = sa.and_(TrailEntry.about == about, TrailEntry.action.in_(actions))
    db.execute(sa.update(TrailEntry).where(those).values(details=None, salt=None))


@sa.event.listens_for(Session, "before_commit")
def _chain_pending(db: Session) -> None:
    pending = db.info.pop(_PENDING, [])
    if not pending:
        return
    db.flush()
    head = _lock_head(db)
    for actor, action, row, dialogue_id, details in pending:
        entry = _entry(head, actor, action, row, dialogue_id, details)
        db.add(entry)
        head.number, head.hash = entry.number, entry.hash
    db.flush()


@sa.event.listens_for(Session, "after_rollback")
def _forget_pending(db: Session) -> None:
    db.info.pop(_PENDING, None)


def _lock_head(db: Session) -> TrailHead:
    return db.scalars(
        sa.select(TrailHead).where(TrailHead.id == 1).with_for_update().execution_options(populate_existing=True)
    ).one()


def _entry(
    head: TrailHead, actor: str, action: str, row: Row, dialogue_id: UUID | None, details: dict[str, object]
) -> TrailEntry:
    salt = secrets.token_hex(16)
    entry = TrailEntry(
        number=head.number + 1,
        at=clock.now(),
        actor=actor,
        action=action,
        kind=row.__tablename__,
        about=row.id,
        dialogue_id=dialogue_id,
        details=details,
        salt=salt,
        details_hash=_details_hash(salt, details),
        previous_hash=head.hash,
    )
    entry.hash = _hash(entry)
    return entry


def _canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _details_hash(salt: str, details: dict[str, object]) -> str:
    return hashlib.sha256(salt.encode() + _canonical(details)).hexdigest()


def _hash(entry: TrailEntry) -> str:
    return hashlib.sha256(
        _canonical(
            [
                entry.number,
                entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
                entry.actor,
                entry.action,
                entry.kind,
                str(entry.about),
                str(entry.dialogue_id) if entry.dialogue_id else None,
                entry.details_hash,
                entry.previous_hash,
            ]
        )
    ).hexdigest()


def head(db: Session) -> TrailHead:
    """The end of the chain; whoever keeps its hash elsewhere can show that nothing was rewritten or cut off."""
    return db.scalars(sa.select(TrailHead).where(TrailHead.id == 1)).one()


class Unreadable(Exception):
    """An entry whose stored values cannot even be read."""

    def __init__(self, number: int) -> None:
        super().__init__(f"entry {number} cannot be read")
        self.number = number


def entries(db: Session) -> Iterator[TrailEntry]:
    """All entries, oldest first, read a thousand at a time; raises Unreadable at the first that cannot be read."""
    after = 0
    while numbers := db.scalars(_next_page(after).with_only_columns(TrailEntry.number)).all():
        yield from _page(db, after, numbers)
        after = numbers[-1]


def _page(db: Session, after: int, numbers: Sequence[int]) -> Iterator[TrailEntry]:
    try:
        page: Iterable[TrailEntry] = db.scalars(_next_page(after)).all()
    except ValueError:
        page = (_single(db, number) for number in numbers)
    yield from page


def _single(db: Session, number: int) -> TrailEntry:
    try:
        return db.get_one(TrailEntry, number)
    except ValueError as broken:
        raise Unreadable(number) from broken


def _next_page(after: int) -> sa.Select[TrailEntry]:
    return sa.select(TrailEntry).where(TrailEntry.number > after).order_by(TrailEntry.number).limit(1000)


def first_flaw(db: Session) -> Flaw | None:
    """The first entry that has been changed, moved, put in or taken out; None when the chain holds to its end."""
    try:
        return _first_break(db)
    except Unreadable as broken:
        return Flaw(broken.number, str(broken))


def _first_break(db: Session) -> Flaw | None:
    number, last_hash = 0, START
    for entry in entries(db):
        number += 1
        if entry.number != number:
            return Flaw(number, f"entry {number} is missing")
        if entry.previous_hash != last_hash:
            return Flaw(number, f"entry {number} does not follow the one before it")
        if entry.hash != _hash(entry) or not _details_hold(entry):
            return Flaw(number, f"entry {number} has been changed")
        last_hash = entry.hash
    end = db.get(TrailHead, 1)
    if end is None:
        return Flaw(number + 1, "the head of the trail is missing")
    if (end.number, end.hash) != (number, last_hash):
        return Flaw(number + 1, f"the trail ends at entry {number}, but its head knows of {end.number}")
    return None


def _details_hold(entry: TrailEntry) -> bool:
    if entry.salt is None:
        return entry.details is None
    return entry.details is not None and entry.details_hash == _details_hash(entry.salt, entry.details)
