"""What somebody was told of an appointment, held against what is so: which letter is due, if any. Pure."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.kernel.ical import Mailbox, Method
from app.kernel.settings import Language


class Audience(StrEnum):
    """Who is written to: a supplier's contact, somebody who sits in panels, or the mailbox of a room."""

    SUPPLIER = "supplier"
    PERSON = "person"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Said:
    """All that one recipient is told of one appointment, so that a later letter can be held against it.

    `title` is a session's, and empty for a meeting. `supplier` is who the recipient is of, or meets; `supplier_id`
    is empty for others. `people` are whom a supplier meets. `room_address` is the mailbox of the room, or empty.
    Moments are in UTC. A field that is added later needs a default: what was said before lacks it.
    """

    audience: Audience
    name: str
    address: str
    language: Language
    title: str
    supplier: str
    supplier_id: str
    panel: str
    people: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    room: str
    place: str
    room_address: str = ""

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Said":
        """What was said, from the way it is kept in a table."""
        moments = {name: datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at")}
        return cls(**{**kept, **moments, "audience": Audience(kept["audience"]), "people": tuple(kept["people"])})

    def to_json(self) -> dict[str, Any]:
        """What is said, in the way it is kept in a table."""
        moments = {"starts_at": self.starts_at.isoformat(), "ends_at": self.ends_at.isoformat()}
        return {**asdict(self), **moments, "people": list(self.people)}

    @property
    def mailbox(self) -> Mailbox:
        """Whom it is said to."""
        return Mailbox(self.name, self.address)

    @property
    def is_meeting(self) -> bool:
        """Whether it is a one-to-one meeting, and not a part of the programme."""
        return not self.title

    @property
    def when_and_where(self) -> tuple[datetime, datetime, str, str]:
        """What a new answer is asked for when it changes."""
        return self.starts_at, self.ends_at, self.room, self.place

    @property
    def facts(self) -> tuple[object, ...]:
        """All that is worth a letter when it changes; how the recipient is addressed is not."""
        return *self.when_and_where, self.title, self.supplier, self.panel, self.people

    @property
    def hash(self) -> str:
        """The SHA-256 of all that is said, in canonical form."""
        canonical = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Last:
    """The last letter about an appointment: what it said, with which sequence, and whether it took it back."""

    said: Said
    sequence: int
    is_cancelled: bool


class Kind(StrEnum):
    """What a letter brings."""

    INVITED = "invited"
    MOVED = "moved"
    CORRECTED = "corrected"
    CANCELLED = "cancelled"
    REPEATED = "repeated"  # as it is known, to whoever asks for it once more
    KEPT = "kept"  # as it is known, to whoever has proposed another time


_METHODS = {Kind.CANCELLED: Method.CANCEL, Kind.KEPT: Method.DECLINECOUNTER}


@dataclass(frozen=True, slots=True)
class Change:
    """A letter that is due: what it says now, what was said before it, and its sequence (RFC 5546 2.1.4)."""

    kind: Kind
    said: Said
    before: Said | None
    sequence: int

    @property
    def method(self) -> Method:
        """What the letter asks of the recipient's calendar."""
        return _METHODS.get(self.kind, Method.REQUEST)


def change_between(last: Last | None, said: Said | None) -> Change | None:
    """The letter that brings its recipient from `last` to what is so; None when there is nothing to tell.

    `said` is None when the appointment is not, or not for the recipient. The sequence grows with every time, place
    and cancellation, and stays where only words have changed.
    """
    if last is None:
        return Change(Kind.INVITED, said, None, 0) if said else None
    if said is None:
        return None if last.is_cancelled else Change(Kind.CANCELLED, last.said, last.said, last.sequence + 1)
    if last.is_cancelled:
        return Change(Kind.INVITED, said, None, last.sequence + 1)
    if said.when_and_where != last.said.when_and_where:
        return Change(Kind.MOVED, said, last.said, last.sequence + 1)
    if said.facts != last.said.facts:
        return Change(Kind.CORRECTED, said, last.said, last.sequence)
    return None
