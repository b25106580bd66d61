"""What is as much to blame as something else: the same rule about another meeting, where nothing tells the two apart.

When all can be kept but one instance, all can be kept but a twin of it as well: the two meetings change places. So one
answer stands for all of a kind, of which a conflict about rooms has dozens.
"""

from collections.abc import Collection, Hashable

from solver.explaining.instances import Instance, named
from solver.problem import Meeting, Problem, Supplier
from solver.rules import Rule

VIDEO = "video"

# What stands in a form for the meeting itself, and for its supplier.
UNNAMED = {"meeting": "its meeting", "supplier": "its supplier"}


class Twins:
    """The twins among the instances that are kept of one day."""

    def __init__(self, problem: Problem, kept: Collection[Instance]) -> None:
        self._problem, self._kept = problem, frozenset(kept)
        self._owner = _owners(problem)
        self._mentioned = {about for each in kept for about in each.about}
        self._about: dict[str, list[Instance]] = {}
        for instance in kept:
            for name in self._meetings(instance):
                self._about.setdefault(name, []).append(instance)

    def of(self, instance: Instance) -> frozenset[Instance]:
        """The instance, and those that are needed if it is."""
        mine = self._meetings(instance)
        if len(mine) != 1 or any(each.rule is Rule.EVEN for each in self._kept):
            return frozenset({instance})
        (name,) = mine
        look, form = self._look(name), self._form(instance)
        alike = [each for other, theirs in self._about.items() if self._look(other) == look for each in theirs]
        return frozenset({instance, *(each for each in alike if self._form(each) == form)})

    def _meetings(self, instance: Instance) -> set[str]:
        return {self._owner[name] for name in instance.about if name in self._owner}

    def _form(self, instance: Instance) -> tuple[str, tuple[str, ...]]:
        """The instance with its meeting and the supplier of that unnamed."""
        about = (UNNAMED[named(each)[0]] if each in self._owner else each for each in instance.about)
        return instance.rule.number, tuple(about)

    def _look(self, name: str) -> Hashable:
        """All that what is kept says of a meeting, and all that this depends on."""
        meeting, problem = self._problem.meeting[name], self._problem
        said = sorted(self._form(each) for each in self._about[name])
        told = [(each.start, each.room) for each in problem.announced if each.id == name]
        panels = [party for party in meeting.parties if f"panel:{party}" in self._mentioned]
        windows = meeting.windows if self._keeps(Rule.WINDOW, f"meeting:{name}") else ()
        suppliers = [self._look_of(each) for each in problem.suppliers_of(meeting)]
        own = (meeting.minutes, meeting.start, meeting.room, windows, self._forbidden(meeting))
        return own, tuple(told), tuple(said), tuple(panels), tuple(suppliers)

    def _keeps(self, rule: Rule, *about: str) -> bool:
        return Instance(rule, about) in self._kept

    def _forbidden(self, meeting: Meeting) -> Hashable:
        """The rooms that are said not to be for it, and are not; all it takes, when it matters who attends."""
        suppliers = self._problem.suppliers_of(meeting)
        seats, is_online = sum(each.seats for each in suppliers), any(each.online for each in suppliers)
        if any(each.rule is Rule.PANEL for each in self._about[meeting.id]):
            return seats, is_online, meeting.rooms
        allowed = set(meeting.rooms).intersection(*(panel.rooms for panel in self._problem.panels_of(meeting)))
        return tuple(
            room.id
            for room in self._problem.rooms
            if self._keeps(Rule.ROOM, f"meeting:{meeting.id}", f"room:{room.id}")
            and (room.id not in allowed or seats > room.seats or (is_online and VIDEO not in room.features))
        )

    def _look_of(self, supplier: Supplier) -> Hashable:
        """What matters of a supplier, with the name if it takes part in other meetings."""
        about, problem = f"supplier:{supplier.id}", self._problem
        if about not in self._mentioned:
            return ()
        free = supplier.free if self._keeps(Rule.WINDOW, about) else ()
        sessions = [each.id for each in problem.sessions if supplier.id in each.suppliers]
        rests = [(each.minutes, each.window) for each in problem.rests if supplier.id in each.suppliers]
        return about if about not in self._owner else (free, tuple(sessions), tuple(rests))


def _owners(problem: Problem) -> dict[str, str]:
    """The meeting that a thing belongs to: each meeting to itself, and its supplier if it has one and is its only."""
    meetings: dict[str, list[str]] = {}
    for meeting in problem.meetings:
        suppliers = problem.suppliers_of(meeting)
        for supplier in suppliers:
            meetings.setdefault(supplier.id, []).append(meeting.id if len(suppliers) == 1 else "")
    own = {f"supplier:{name}": mine[0] for name, mine in meetings.items() if len(mine) == 1 and mine[0]}
    return {f"meeting:{each.id}": each.id for each in problem.meetings} | own
