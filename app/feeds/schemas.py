"""What crosses the doors of feeds."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.feeds.models import FeedKind


class FeedIn(BaseModel):
    """Which feed somebody is to have the address of: whose it is, by id; the public one is the dialogue's."""

    model_config = ConfigDict(extra="forbid")

    kind: FeedKind
    about: UUID


class FeedLink(BaseModel):
    """The address of a feed; it is told once, and cannot be read again."""

    url: str
