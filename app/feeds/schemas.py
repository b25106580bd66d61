"""What crosses the doors of feeds."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.feeds.models import FeedKind


class FeedIn(BaseModel):
    """Which feed is asked for, and the id of whose it is; of everybody's and the organiser's, that of the dialogue."""

    model_config = ConfigDict(extra="forbid")

    kind: FeedKind
    about: UUID


class FeedLink(BaseModel):
    """The address of a feed; it is told once, and cannot be read again."""

    url: str
