"""The day: its frame, rooms, people, panels and programme; every change counts as new facts for the plan."""

from collections import Counter
from collections.abc import Container, Sequence
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Day, Panel, PanelMember, Person, Room
from app.days.models import Session as DaySession
from app.days.queries import find_day, members_of, panels_of, people_of, rooms_of, sessions_of
from app.days.schemas import DayIn, NeedsIn, PanelIn, PersonIn, RoomIn, SessionIn
from app.dialogues.models import Dialogue
from app.dialogues.service import buyers_of, facts_changed
from app.kernel import trail
from app.kernel.refusals import Conflict, Invalid, NotFound
from app.kernel.texts import first_free, slug_of

__all__ = [
    "add_panel",
    "add_person",
    "add_room",
    "add_session",
    "day_of",
    "members_of",
    "panels_of",
    "people_of",
    "rooms_of",
    "sessions_of",
    "set_day",
]

MOST = 200  # of each kind in one day: far above any real day, and still a day that can be planned
Added = TypeVar("Added", Room, Person, Panel, DaySession)


def set_day(db: Session, dialogue: Dialogue, frame: DayIn) -> Day:
    """The frame of the dialogue's day, set for the first time or anew; its date is the dialogue's.

    Raises Conflict when the grid would change under what already stands on it.
    """
    facts_changed(db, dialogue.id)
    day = find_day(db, dialogue.id)
    if day is None:
        day = Day(dialogue_id=dialogue.id, date=dialogue.held_on, **frame.model_dump())
        db.add(day)
    else:
        _refuse_another_grid(db, day, frame)
        for name, value in (*frame.model_dump().items(), ("date", dialogue.held_on)):
            setattr(day, name, value)
    db.flush()
    trail.record(db, "set", day, dialogue_id=dialogue.id, **frame.model_dump(mode="json"))
    return day


def day_of(db: Session, dialogue_id: UUID) -> Day:
    """The frame of the dialogue's day; raises NotFound until it has been set."""
    day = find_day(db, dialogue_id)
    if day is None:
        raise NotFound("The hours of the day have not been set.")
    return day


def add_room(db: Session, dialogue: Dialogue, room: RoomIn) -> Room:
    """A new room at the place of the day; raises Invalid when a time is off its grid."""
    day = _day_for_more(db, dialogue, Room)
    _refuse_off_grid(day, "free", room.free)
    return _add(db, Room(dialogue_id=dialogue.id, handle=_handle(db, Room, dialogue, room.name), **room.model_dump()))


def add_person(db: Session, dialogue: Dialogue, person: PersonIn) -> Person:
    """Somebody new who may sit in panels; raises Invalid when the buyer is not in the dialogue."""
    day = _day_for_more(db, dialogue, Person)
    _refuse_off_grid(day, "free", person.free)
    buyers = {buyer.handle: buyer.id for buyer in buyers_of(db, dialogue.id)}
    if person.buyer not in buyers:
        raise Invalid("buyer: there is no municipality “{handle}” in this dialogue.", handle=person.buyer)
    handle = _handle(db, Person, dialogue, person.name)
    values = person.model_dump(exclude={"buyer"})
    return _add(db, Person(dialogue_id=dialogue.id, handle=handle, buyer_id=buyers[person.buyer], **values))


def add_panel(db: Session, dialogue: Dialogue, panel: PanelIn) -> Panel:
    """A new panel with its members; raises Invalid when somebody is unknown, or the needs cannot be met by them."""
    _day_for_more(db, dialogue, Panel)
    people = {person.handle: person for person in people_of(db, dialogue.id)}
    _refuse_unknown("members[{place}]: there is no person “{handle}”.", panel.members, people)
    _refuse_unknown_rooms(db, dialogue, panel.rooms)
    members = [people[handle] for handle in panel.members]
    _refuse_unmet(panel.needs, members)
    handle = _handle(db, Panel, dialogue, panel.name)
    added = _add(db, Panel(dialogue_id=dialogue.id, handle=handle, **panel.model_dump(exclude={"members"})))
    db.add_all(PanelMember(panel_id=added.id, person_id=person.id) for person in members)
    db.flush()
    db.refresh(added, ["members"])
    return added


def add_session(db: Session, dialogue: Dialogue, session: SessionIn) -> DaySession:
    """A new part of the programme; raises Invalid when it names what is unknown, or is off the grid."""
    day = _day_for_more(db, dialogue, DaySession)
    _refuse_off_grid(day, "windows", session.windows)
    if session.minutes % day.step_minutes:
        raise Invalid("minutes: the grid of the day has steps of {step} minutes.", step=day.step_minutes)
    _refuse_unknown_rooms(db, dialogue, session.rooms)
    earlier = {other.handle for other in sessions_of(db, dialogue.id)}
    _refuse_unknown("after[{place}]: there is no session “{handle}”.", session.after, earlier)
    handle = _handle(db, DaySession, dialogue, session.title)
    return _add(db, DaySession(dialogue_id=dialogue.id, handle=handle, **session.model_dump()))


def _day_for_more(db: Session, dialogue: Dialogue, kind: type[Added]) -> Day:
    # First of all, since this locks the dialogue: two that come at once get different handles.
    facts_changed(db, dialogue.id)
    day = find_day(db, dialogue.id)
    if day is None:
        raise Conflict("Set the hours of the day first.")
    count = sa.select(sa.func.count()).select_from(kind).where(kind.dialogue_id == dialogue.id)
    if db.scalars(count).one() >= MOST:
        raise Conflict("There are {most} already, and no more are taken.", most=MOST)
    return day


def _handle(db: Session, kind: type[Added], dialogue: Dialogue, name: str) -> str:
    taken = set(db.scalars(sa.select(kind.handle).where(kind.dialogue_id == dialogue.id)))
    return first_free(slug_of(name), taken)


def _add(db: Session, added: Added) -> Added:
    db.add(added)
    db.flush()
    trail.record(db, "added", added, dialogue_id=added.dialogue_id, handle=added.handle)
    return added


def _refuse_another_grid(db: Session, day: Day, frame: DayIn) -> None:
    stands = any(read(db, day.dialogue_id) for read in (rooms_of, people_of, sessions_of))
    if stands and frame.step_minutes != day.step_minutes:
        raise Conflict("The steps of the grid stay as they are once rooms, people or sessions stand on it.")


def _refuse_off_grid(day: Day, place: str, windows: Sequence[tuple[int, int]]) -> None:
    for number, window in enumerate(windows):
        if any(minutes % day.step_minutes for minutes in window):
            raise Invalid(
                "{place}: the grid of the day has steps of {step} minutes.",
                place=f"{place}[{number}]",
                step=day.step_minutes,
            )


def _refuse_unknown_rooms(db: Session, dialogue: Dialogue, handles: Sequence[str]) -> None:
    known = {room.handle for room in rooms_of(db, dialogue.id)}
    _refuse_unknown("rooms[{place}]: there is no room “{handle}”.", handles, known)


def _refuse_unknown(sentence: str, handles: Sequence[str], known: Container[str]) -> None:
    for place, handle in enumerate(handles):
        if handle not in known:
            raise Invalid(sentence, place=place, handle=handle)


def _refuse_unmet(needs: NeedsIn, members: Sequence[Person]) -> None:
    held = Counter(skill for person in members for skill in person.skills)
    if needs.people > len(members):
        raise Invalid("needs.people: the panel has {count} members.", count=len(members))
    if needs.buyers > (count := len({person.buyer_id for person in members})):
        raise Invalid("needs.buyers: the members come from {count} municipalities.", count=count)
    for skill, wanted in sorted(needs.skills.items()):
        if held[skill] < wanted:
            raise Invalid(
                "needs.skills.{skill}: {count} of the members have that skill.", skill=skill, count=held[skill]
            )
