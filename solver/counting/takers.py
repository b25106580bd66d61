"""Who takes meetings one at a time: a panel, a supplier, a person, a room; and which meetings need some of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from solver.activities import Activity
from solver.counting.packing import Kind, Spacing, most, spacing_of
from solver.counting.thinkable import Starts, Thinkable, at_least, within
from solver.problem import Panel, Rest
from solver.rules import Rule


@dataclass(frozen=True, slots=True)
class Taker:
    """One of whom a meeting takes the whole, with the starts it has for each meeting, and its sessions."""

    about: str
    starts: dict[str, Starts]
    sessions: tuple[Kind, ...] = ()
    panel: Panel | None = None

    def holds(self, meetings: Iterable[Activity], step: int) -> int:
        """No more than so many of the meetings; -1 when its sessions alone do not fit."""
        kinds = _kinds(filter(self._bears, meetings), self.starts, step)
        return most(kinds, self.sessions, self._spacing(kinds, step))

    def _bears(self, meeting: Activity) -> bool:
        """Whether the meeting is not longer than the panel may go on."""
        return self.panel is None or self.panel.stretch is None or meeting.minutes <= self.panel.stretch.minutes

    def _spacing(self, kinds: tuple[Kind, ...], step: int) -> Spacing:
        if self.panel is None or not kinds:
            return Spacing()
        return spacing_of(self.panel.pause_minutes, self.panel.stretch, kinds[0].steps * step, step)


@dataclass(frozen=True, slots=True)
class Group:
    """Meetings of which each needs so many of the takers, the whole of each while it lasts."""

    takers: tuple[Taker, ...]
    meetings: tuple[str, ...]
    needed: int = 1


class Takers:
    """Every group of takers of one day."""

    def __init__(self, thinkable: Thinkable) -> None:
        self._thinkable, self._problem, self._step = thinkable, thinkable.problem, thinkable.step
        activities = thinkable.activities.values()
        self._meetings = {each.id: each for each in activities if each.is_meeting and thinkable.starts[each.id]}
        self._sessions = [
            each for each in activities if not each.is_meeting and not thinkable.drops(Rule.REQUIRED, each.about)
        ]

    def groups(self) -> Iterator[Group]:
        """The groups: each panel, each supplier, the people who have what panels need, and rooms."""
        yield from self._panels()
        yield from self._suppliers()
        yield from self._people()
        yield from self._rooms()

    # -- panels and suppliers ------------------------------------------------------------------------------------

    def _panels(self) -> Iterator[Group]:
        for panel in self._problem.panels:
            names = tuple(name for name, meeting in self._meetings.items() if panel.id in meeting.panels)
            sessions = tuple(self._kind(each) for each in self._sessions if self._keeps_from_meeting(each, panel))
            if panel.pause_minutes > 0 or not self._is_anywhere(f"panel:{panel.id}"):
                yield Group((Taker(f"panel:{panel.id}", self._starts(names), sessions, panel),), names)

    def _is_anywhere(self, about: str) -> bool:
        """Whether nothing is said against its being in two places at once."""
        return self._thinkable.drops(Rule.ONE_PLACE, about)

    def _keeps_from_meeting(self, session: Activity, panel: Panel) -> bool:
        """Whether the panel attends, or too few of it are left to meet meanwhile."""
        if panel.id in session.panels and not self._is_anywhere(f"panel:{panel.id}"):
            return True
        if any(tag.rule is Rule.PANEL and f"panel:{panel.id}" in tag.about for tag in self._thinkable.dropped):
            return False
        person, needs = self._problem.person, panel.needs
        away = {who for who in session.people if not self._is_anywhere(f"person:{who}")}
        left = [person[who] for who in dict.fromkeys(panel.members) if who not in away]
        return (
            len(left) < needs.people
            or len({each.buyer for each in left}) < needs.buyers
            or any(sum(skill in each.skills for each in left) < count for skill, count in needs.skills.items())
        )

    def _suppliers(self) -> Iterator[Group]:
        for supplier in self._problem.suppliers:
            names = tuple(name for name, meeting in self._meetings.items() if supplier.id in meeting.suppliers)
            sessions = [self._kind(each) for each in self._sessions if supplier.id in each.suppliers]
            rests = [rest for rest in self._problem.rests if supplier.id in rest.suppliers]
            about = f"supplier:{supplier.id}"
            if not self._is_anywhere(about):
                yield Group((Taker(about, self._starts(names), (*sessions, *self._rest(rests))),), names)

    def _starts(self, names: Iterable[str]) -> dict[str, Starts]:
        return {name: self._thinkable.starts[name] for name in names}

    def _kind(self, session: Activity) -> Kind:
        return Kind(-(-session.minutes // self._step), self._thinkable.starts[session.id])

    def _rest(self, rests: list[Rest]) -> tuple[Kind, ...]:
        """The longest rest as a session; two rests may be one and the same, so no other is."""
        longest = max(rests, key=lambda rest: rest.minutes, default=None)
        if longest is None or longest.minutes <= 0:
            return ()
        starts = within((longest.window,), longest.minutes, self._step)
        return (Kind(-(-longest.minutes // self._step), starts),)

    # -- people --------------------------------------------------------------------------------------------------

    def _people(self) -> Iterator[Group]:
        """For each set of people that some meeting needs some of, the meetings that need as many of it or more."""
        demands = {name: list(self._demands(meeting)) for name, meeting in self._meetings.items()}
        wanted = {(who, count) for each in demands.values() for who, count in each}
        for who, count in sorted(wanted, key=lambda each: (sorted(each[0]), each[1])):
            names = [name for name, each in demands.items() if any(by >= count and of <= who for of, by in each)]
            if any(self._is_anywhere(f"person:{person}") for person in who):
                continue
            yield Group(tuple(self._person(person, names) for person in sorted(who)), tuple(names), count)

    def _demands(self, meeting: Activity) -> Iterator[tuple[frozenset[str], int]]:
        """So many of these people must attend, in every way in which a panel of the meeting says so."""
        person = self._problem.person
        panels = [self._problem.panel[name] for name in meeting.panels]
        for panel in panels:
            if self._thinkable.drops(Rule.PANEL, f"panel:{panel.id}", meeting.about):
                continue
            members = self._thinkable.eligible(meeting, panel)
            yield from _if_any(members, panel.needs.people)
            for skill, count in panel.needs.skills.items():
                yield from _if_any((who for who in members if skill in person[who].skills), count)
            buyers = {person[who].buyer for who in members}
            if len(buyers) == panel.needs.buyers:
                for buyer in sorted(buyers):
                    yield from _if_any((who for who in members if person[who].buyer == buyer), 1)

    def _person(self, person: str, names: Iterable[str]) -> Taker:
        starts = {name: self._thinkable.with_person(name, person) for name in names}
        sessions = [self._kind(each) for each in self._sessions if person in each.people]
        rests = [rest for rest in self._problem.rests if person in rest.people]
        return Taker(f"person:{person}", starts, (*sessions, *self._rest(rests)))

    # -- rooms ---------------------------------------------------------------------------------------------------

    def _rooms(self) -> Iterator[Group]:
        """For each set of rooms that is all some meeting may use, and for all of them, the meetings confined to it."""
        rooms = {name: frozenset(self._thinkable.rooms_of(name)) for name in self._meetings}
        sets = {*rooms.values(), frozenset().union(*rooms.values())}
        for together in sorted(sets, key=sorted):
            names = tuple(name for name, of in rooms.items() if of <= together)
            if any(self._is_anywhere(f"room:{room}") for room in together):
                continue
            kept_from = sorted(
                (each for each in self._sessions if self._keeps_all(each, names)), key=lambda each: -each.minutes
            )
            yield Group(tuple(self._room(room, names, kept_from) for room in sorted(together)), names)

    def _room(self, room: str, names: Iterable[str], kept_from: list[Activity]) -> Taker:
        starts = {name: self._thinkable.in_room(name, room) for name in names}
        inside = [each for each in self._sessions if list(self._thinkable.rooms_of(each.id)) == [room]]
        sessions = [each for each in inside if each.rooms]
        for session in kept_from:
            # Two that may take place at once do not follow each other.
            if session not in sessions and all(self._shares_somebody(session, other) for other in sessions):
                sessions.append(session)
        return Taker(f"room:{room}", starts, tuple(self._kind(each) for each in sessions))

    def _shares_somebody(self, one: Activity, other: Activity) -> bool:
        """Whether somebody attends both, who cannot be in two places."""
        shared = [f"supplier:{who}" for who in {*one.suppliers} & {*other.suppliers}]
        shared += [f"person:{who}" for who in {*one.people} & {*other.people}]
        shared += [f"panel:{who}" for who in {*one.panels} & {*other.panels}]
        return not all(map(self._is_anywhere, shared))

    def _keeps_all(self, session: Activity, names: Iterable[str]) -> bool:
        """Whether none of the meetings can take place meanwhile, so that every room for them is empty."""
        return all(self._keeps(session, self._meetings[name]) for name in names)

    def _keeps(self, session: Activity, meeting: Activity) -> bool:
        shared = [who for who in meeting.suppliers if who in session.suppliers]
        return any(not self._is_anywhere(f"supplier:{who}") for who in shared) or any(
            self._keeps_from_meeting(session, self._problem.panel[panel]) for panel in meeting.panels
        )


def _if_any(people: Iterable[str], count: int) -> Iterator[tuple[frozenset[str], int]]:
    if count > 0:
        yield frozenset(people), count


def _kinds(meetings: Iterable[Activity], starts: dict[str, Starts], step: int) -> tuple[Kind, ...]:
    """The meetings gathered by length, shortest first, each length with every start that one of its meetings has.

    Meetings with one start and no other are gathered for themselves, for they are in the way of the others.
    """
    gathered: dict[tuple[int, Starts], list[Starts]] = {}
    for meeting in meetings:
        own = starts[meeting.id]
        only = own if own.bit_count() == 1 else 0
        gathered.setdefault((-(-meeting.minutes // step), only), []).append(own)
    kinds = (Kind(steps, at_least(1, each), len(each)) for (steps, _), each in sorted(gathered.items()))
    return tuple(kind for kind in kinds if kind.starts)
