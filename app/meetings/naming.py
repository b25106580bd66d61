"""Between what systems write and what we keep: suppliers, panels, rooms and people by handle or id, and back again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from app.days.models import Panel, Person, Room
from app.kernel.refusals import Invalid
from app.meetings.models import Barred, Booking, MeetingRequest
from app.meetings.queries import Those
from app.meetings.schemas import BarredOut, BookingIn, BookingOut, MeetingRequestOut, MoveIn, Place
from app.suppliers.models import Supplier

Thing = TypeVar("Thing", Room, Supplier, Panel, Person)


@dataclass(frozen=True, slots=True)
class Naming:
    """The names of one dialogue."""

    those: Those

    def supplier(self, name: str) -> Supplier:
        """The supplier with this handle or id; raises Invalid when there is none, or it has withdrawn."""
        return _named("supplier: there is no supplier “{name}”.", name, self.those.suppliers.values())

    def panel(self, name: str) -> Panel:
        """The panel with this handle or id; raises Invalid when there is none."""
        return _named("panel: there is no panel “{name}”.", name, self.those.panels.values())

    def person(self, name: str) -> Person:
        """The person with this handle or id; raises Invalid when there is none."""
        return _named("person: there is no person “{name}”.", name, self.those.people.values())

    def place(self, wanted: BookingIn | MoveIn) -> Place:
        """The place that is asked for; raises Invalid when its room or somebody is not known."""
        room = _named("room: there is no room “{name}”.", wanted.room, self.those.rooms.values())
        people = None if wanted.people is None else tuple(self.person(name).id for name in wanted.people)
        return Place(room.id, wanted.starts_at, people)

    def told_request(self, asked: MeetingRequest) -> MeetingRequestOut:
        """A wished meeting as systems see it."""
        supplier, panel = self.those.suppliers[asked.supplier_id], self.those.panels[asked.panel_id]
        return MeetingRequestOut(id=asked.id, supplier=supplier.handle, panel=panel.handle, minutes=asked.minutes)

    def told_requests(self, asked: Iterable[MeetingRequest]) -> list[MeetingRequestOut]:
        """The wished meetings of those who have not withdrawn, by supplier and panel."""
        told = [self.told_request(one) for one in asked if one.supplier_id in self.those.suppliers]
        return sorted(told, key=lambda one: (one.supplier, one.panel))

    def told_barred(self, barred: Iterable[Barred]) -> list[BarredOut]:
        """Who must not meet whom, by person and supplier."""
        people, suppliers = self.those.people, self.those.suppliers
        told = [(people[one.person_id], suppliers[one.supplier_id]) for one in barred if one.supplier_id in suppliers]
        pairs = sorted((person.handle, supplier.handle) for person, supplier in told)
        return [BarredOut(person=person, supplier=supplier) for person, supplier in pairs]

    def told_booking(self, booking: Booking, asked: MeetingRequest) -> BookingOut:
        """A booked meeting as systems see it."""
        wish = self.told_request(asked)
        return BookingOut(
            id=booking.id,
            request=asked.id,
            supplier=wish.supplier,
            panel=wish.panel,
            room=self.those.rooms[booking.room_id].handle,
            starts_at=booking.starts_at,
            ends_at=booking.ends_at,
            people=[person.handle for person in self.those.named(booking.people)],
        )

    def told_bookings(self, booked: Mapping[UUID, Booking], asked: Mapping[UUID, MeetingRequest]) -> list[BookingOut]:
        """The booked meetings of those who have not withdrawn, by their start, by the ids of their requests."""
        standing = {one for one in booked if asked[one].supplier_id in self.those.suppliers}
        told = [self.told_booking(booked[one], asked[one]) for one in standing]
        return sorted(told, key=lambda one: (one.starts_at, one.room))


def _named(sentence: str, name: str, things: Iterable[Thing]) -> Thing:
    for thing in things:
        if name in (thing.handle, str(thing.id)):
            return thing
    raise Invalid(sentence, name=name)
