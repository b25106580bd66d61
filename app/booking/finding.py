"""The desk as it stands in one transaction: what can be had, and what has been given out so far."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from app.booking.models import Desk
from app.booking.schemas import Opening
from app.booking.translate import Names, kept_placements, known
from app.meetings.models import MeetingRequest
from app.meetings.schemas import Place
from solver.exchange import Changed, Standing


class Counter:
    """Times are found and given here, one after another; nothing is written before `keep`.

    `booked` and `held` are whose places nobody may move: requests that have their time, and those held for a supplier.
    """

    def __init__(self, standing: Standing, names: Names, booked: Iterable[UUID], held: dict[UUID, UUID]) -> None:
        self.standing, self.names = standing, names
        self.booked, self.held = set(booked), dict(held)
        self.changed: dict[str, object] = {}

    def _kept(self, request: MeetingRequest) -> set[str]:
        held = (one for supplier, one in self.held.items() if supplier != request.supplier_id)
        return known(self.names, self.booked.union(held)) - {self.names.requests[request.id]}

    def openings(self, request: MeetingRequest) -> tuple[Opening, ...]:
        """The times that a meeting can have, in order; its own is among them."""
        found = self.standing.openings(self.names.requests[request.id], self._kept(request))
        return tuple(self._opening(each.start, request.minutes) for each in found)

    def find(self, request: MeetingRequest, starts_at: datetime) -> Changed | None:
        """How the meeting can be had at that time; None when it cannot."""
        meeting, start, kept = self.names.requests[request.id], self.names.minutes(starts_at), self._kept(request)
        found = None if start is None else self.standing.opening(meeting, start, kept)
        return self.standing.change(meeting, found.start, found.room, kept) if found else None

    def give(self, request: MeetingRequest, changed: Changed, *, held: bool) -> Place:
        """The place that the meeting has from now on, for good or held; others have made room."""
        self.standing.take(changed)
        self.changed.update(kept_placements(changed.placements))
        if held:
            self.held[request.supplier_id] = request.id
        else:
            self.held.pop(request.supplier_id, None)
            self.booked.add(request.id)
        at, names = changed.placements[self.names.requests[request.id]], self.names
        return Place(names.rooms[at.room], names.moment(at.start), tuple(names.people[who] for who in at.people))

    def keep(self, desk: Desk) -> None:
        """Write the changed timetable down."""
        if self.changed:
            desk.placements = {**desk.placements, **self.changed}

    def _opening(self, start: int, minutes: int) -> Opening:
        starts_at = self.names.moment(start)
        return Opening(starts_at, starts_at + timedelta(minutes=minutes))
