"""Tables of feeds: what was last served, so that nothing is rendered twice and nothing changes without cause."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.access import Right
from app.kernel.db import EnumText, Row


class FeedKind(StrEnum):
    """Whose appointments a feed holds."""

    PUBLIC = "public"
    SUPPLIER = "supplier"
    PANEL = "panel"
    PERSON = "person"
    ROOM = "room"
    ORGANISER = "organiser"


# What a token must be for, to open a feed of each kind; the public one needs none.
RIGHTS = {
    FeedKind.SUPPLIER: Right.SUPPLIER_FEED,
    FeedKind.PANEL: Right.PANEL_FEED,
    FeedKind.PERSON: Right.PERSON_FEED,
    FeedKind.ROOM: Right.ROOM_FEED,
    FeedKind.ORGANISER: Right.ORGANISER_FEED,
}


class FeedEvent(Row):
    """One appointment as a feed last showed it; kept when it is cancelled, so that subscribers see that it is."""

    __tablename__ = "feed_events"
    __table_args__ = (UniqueConstraint("kind", "about", "uid"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    kind: Mapped[FeedKind] = mapped_column(EnumText(FeedKind))
    about: Mapped[UUID] = mapped_column(index=True)
    uid: Mapped[UUID]
    sequence: Mapped[int] = mapped_column(default=0)
    said: Mapped[dict[str, Any]]
    revised_at: Mapped[datetime] = mapped_column(default=clock.now)
    cancelled_at: Mapped[datetime | None]


class Feed(Row):
    """The bytes of one calendar as they are served, with their strong ETag."""

    __tablename__ = "feeds"
    __table_args__ = (UniqueConstraint("kind", "about"),)

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    kind: Mapped[FeedKind] = mapped_column(EnumText(FeedKind))
    about: Mapped[UUID] = mapped_column(index=True)
    name: Mapped[str]
    body: Mapped[bytes]
    etag: Mapped[str] = mapped_column(String(64))
    rendered_at: Mapped[datetime] = mapped_column(default=clock.now)
