"""The plain meeting problem of the literature: meetings of two to be spread over slots, with few and even breaks.

A day is plain when all its parties are suppliers, every meeting lasts one step and is required, and rooms are alike.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from solver.problem import Aim, Meeting, Problem


@dataclass(frozen=True, slots=True)
class Textbook:
    """Participants, meetings and slots by number; `after` holds pairs of a later meeting and an earlier one.

    Nobody has two meetings in a slot, no slot has more meetings than tables, and the breaks of any two participants
    differ by at most `differ_by`. A break is a run of slots without a meeting between two meetings of a participant.
    """

    participants: int
    slots: int
    tables: int
    meetings: tuple[tuple[int, int], ...]
    allowed: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, int], ...]
    differ_by: int | None

    def meetings_of(self, participant: int) -> tuple[int, ...]:
        """The meetings of a participant, by number."""
        return tuple(number for number, pair in enumerate(self.meetings) if participant in pair)

    def breaks_of(self, participant: int, chosen: Sequence[int]) -> int:
        """The breaks of a participant when each meeting has the slot chosen for it."""
        slots = sorted(chosen[meeting] for meeting in self.meetings_of(participant))
        return sum(later > earlier + 1 for earlier, later in pairwise(slots))

    def breaks(self, chosen: Sequence[int]) -> int:
        """All breaks together."""
        return sum(self.breaks_of(each, chosen) for each in range(self.participants))

    def is_lawful(self, chosen: Sequence[int]) -> bool:
        """Whether the slots chosen keep every rule."""
        taken = [(participant, slot) for pair, slot in zip(self.meetings, chosen, strict=True) for participant in pair]
        breaks = [self.breaks_of(each, chosen) for each in range(self.participants)]
        return (
            all(slot in allowed for slot, allowed in zip(chosen, self.allowed, strict=True))
            and len(set(taken)) == len(taken)
            and all(chosen.count(slot) <= self.tables for slot in range(self.slots))
            and all(chosen[later] > chosen[earlier] for later, earlier in self.after)
            and (self.differ_by is None or max(breaks) - min(breaks) <= self.differ_by)
        )


class NotPlain(Exception):
    """The day holds more than the plain meeting problem can say."""


def textbook_of(day: Problem) -> Textbook:
    """The plain meeting problem that a day holds.

    Raises NotPlain when the day is no plain case.
    """
    _refuse_what_is_not_plain(day)
    number = {supplier.id: each for each, supplier in enumerate(day.suppliers)}
    place = {meeting.id: each for each, meeting in enumerate(day.meetings)}
    return Textbook(
        participants=len(day.suppliers),
        slots=day.day.whole.minutes // day.day.step,
        tables=len(day.rooms),
        meetings=tuple((number[meeting.parties[0]], number[meeting.parties[1]]) for meeting in day.meetings),
        allowed=tuple(_allowed(day, meeting) for meeting in day.meetings),
        after=tuple((place[meeting.id], place[earlier]) for meeting in day.meetings for earlier in meeting.after),
        differ_by=day.breaks_differ_by,
    )


def _refuse_what_is_not_plain(day: Problem) -> None:
    is_plain = (
        not (day.people or day.panels or day.sessions or day.rests or day.apart or day.announced)
        and day.aims == (Aim.BREAKS,)
        and all(_is_plain(meeting, day) for meeting in day.meetings)
        and len({(room.features, room.free) for room in day.rooms}) == 1
    )
    if not is_plain:
        raise NotPlain("The day is no plain case of suppliers meeting suppliers.")


def _is_plain(meeting: Meeting, day: Problem) -> bool:
    is_of_two = len(meeting.parties) == 2 and len(meeting.rooms) == len(day.rooms) and meeting.room is None
    return is_of_two and meeting.required and meeting.minutes == day.day.step


def _allowed(day: Problem, meeting: Meeting) -> tuple[int, ...]:
    step, opens = day.day.step, day.day.opens
    free = [meeting.windows, *(supplier.free for supplier in day.suppliers_of(meeting))]
    starts = range(opens, day.day.closes, step) if meeting.start is None else (meeting.start,)
    return tuple(
        (start - opens) // step
        for start in starts
        if all(any(span.holds(start, start + step) for span in windows) for windows in free)
    )
