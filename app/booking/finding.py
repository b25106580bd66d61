"""Finding out whether a time can be given: under the dialogue's lock, on the timetable as it stands."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.booking import laying, translate
from app.booking.models import Desk, DeskState
from app.booking.queries import desk_of, is_good, promised, standing_at
from app.booking.schemas import Gone, NotYet, Opening
from app.booking.translate import Names, Placements
from app.dialogues.models import Dialogue
from app.kernel import clock
from app.meetings.models import MeetingRequest
from app.meetings.schemas import Place
from solver.exchange import Standing


@dataclass(frozen=True, slots=True)
class Found:
    """A time that can be had, and what changes in the timetable when it is given."""

    dialogue: Dialogue
    desk: Desk
    opening: Opening
    place: Place
    changed: Placements

    def keep(self, db: Session) -> None:
        """Write the changed timetable down; whatever the giving itself changed is part of it."""
        db.flush()
        self.desk.placements = {**self.desk.placements, **translate.kept_placements(self.changed)}
        self.desk.facts_version = self.dialogue.facts_version


def find(db: Session, dialogue: Dialogue, request: MeetingRequest, starts_at: datetime) -> Found | Gone | NotYet:
    """Whether the meeting can be had then; else what can be had, or that the desk is being laid.

    The dialogue is locked, and what is found holds until the commit.
    """
    desk = desk_of(db, dialogue.id)
    if desk is None or not is_good(desk, dialogue):
        # What cannot be laid stays so until a fact changes.
        if desk is None or desk.state is not DeskState.FAILED or desk.facts_version != dialogue.facts_version:
            laying.ask_for(db, dialogue)
        return NotYet()
    standing, names = standing_at(db, desk)
    start, kept = names.minutes(starts_at), kept_of(db, request, names)
    meeting = names.requests[request.id]
    opening = None if start is None else standing.opening(meeting, start, kept)
    changed = standing.change(meeting, opening.start, opening.room, kept) if opening else None
    if changed is None:
        return Gone(openings(request, standing, names, kept))
    standing.take(changed)
    given = changed.placements[meeting]
    had = opening_at(names, given.start, request.minutes)
    people = tuple(names.people[person] for person in given.people)
    place = Place(names.rooms[given.room], had.starts_at, people)
    return Found(dialogue, desk, had, place, changed.placements)


def kept_of(db: Session, request: MeetingRequest, names: Names) -> set[str]:
    """The meetings that must stay where they are while this one is looked for."""
    known = translate.known(names, promised(db, request.dialogue_id, clock.now(), but=request.supplier_id))
    return known - {names.requests[request.id]}


def openings(request: MeetingRequest, standing: Standing, names: Names, kept: set[str]) -> tuple[Opening, ...]:
    """The times that a meeting can have, in order."""
    found = standing.openings(names.requests[request.id], kept)
    return tuple(opening_at(names, each.start, request.minutes) for each in found)


def opening_at(names: Names, start: int, minutes: int) -> Opening:
    """A time by its start in minutes after midnight."""
    starts_at = names.moment(start)
    return Opening(starts_at, starts_at + timedelta(minutes=minutes))
