"""Who would have to be in two places: the minutes between the tasks of suppliers, panels and people."""

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from solver.activities import Activity
from solver.foresight.cells import Cells
from solver.foresight.crews import NOBODY
from solver.foresight.ground import Apart
from solver.foresight.units import Units

# For two tasks, the minutes that surely lie between them and those that safely do; None where nothing is sure.
Gap = tuple[int | None, int]


class Crossing:
    """The relations between the open activities of one day; `spared` are people whom a panel need not count on.

    `is_clear` is False where a relation to what is settled already cannot be put into words.
    """

    def __init__(self, cells: Cells, units: Units) -> None:
        self._cells, self._problem, self._units = cells, cells.problem, units
        self._open = [cells.activities[name] for name in units.places]
        self.spared: dict[str, frozenset[str]] = {}
        self.is_clear = True

    def relations(self) -> Iterator[Apart]:
        """Everything that must or should lie apart, apart from the meetings of one panel."""
        pairs: dict[tuple[str, str], Gap] = {}
        self._spare_whom_others_need()
        for one, other, gap in (*self._of_sessions(), *self._of_suppliers(), *self._of_competitors()):
            pairs[one, other] = _wider(pairs.get((one, other)), gap)
        yield from _grouped(pairs, self._panel_of)
        for (one, other), gap in self._of_people():
            # A meeting of both panels is kept apart from all others of either as it is.
            here, there = self._names(one, without=other), self._names(other, without=one)
            if here and there:
                yield from _said(here, there, gap)

    def _names(self, panel: str, without: str) -> tuple[str, ...]:
        """The open meetings of one panel but not of the other."""
        return tuple(each.id for each in self._meetings(panel) if without not in each.panels)

    def _panel_of(self, name: str) -> str:
        activity = self._cells.activities[name]
        return activity.panels[0] if activity.is_meeting and activity.panels else name

    def _meetings(self, panel: str) -> list[Activity]:
        return [each for each in self._open if each.is_meeting and panel in each.panels]

    def _ways(self, one: Activity, other: Activity) -> tuple[int, int]:
        first, second = sorted((self._units.name_of(one.id) or "", self._units.name_of(other.id) or ""))
        return self._units.ways(first or None, second or None)

    # -- sessions ------------------------------------------------------------------------------------------------

    def _of_sessions(self) -> Iterator[tuple[str, str, Gap]]:
        sessions = [each for each in self._open if not each.is_meeting]
        for one, other in combinations(sessions, 2):
            if set(one.people).intersection(other.people):
                yield one.id, other.id, self._ways(one, other)
            elif one.parties & other.parties:
                yield one.id, other.id, (0, 0)
        for session in sessions:
            for panel in sorted({each.panels[0] for each in self._open if each.is_meeting and each.panels}):
                gap = self._of_panel(session, panel)
                if gap is not None:
                    yield from ((session.id, each.id, gap) for each in self._meetings(panel))

    def _of_panel(self, session: Activity, panel: str) -> Gap | None:
        """What lies between a session and the meetings of a panel, some of whose members may be in the session."""
        meetings, crews = self._meetings(panel), self._cells.crews
        away = frozenset(session.people).intersection(self._problem.panel[panel].members)
        fewest, most = self._ways(session, meetings[0])
        if panel not in session.panels and not away:
            return None
        needed = [away & crews.needed(each) for each in meetings]
        if all(needed):
            return fewest, most
        left = [who for who in self._problem.panel[panel].members if who not in away]
        if panel in session.panels or not crews.is_enough(self._problem.panel[panel], left):
            return 0, most
        return None if self._spares(panel, away) else (None, most)

    # -- suppliers -----------------------------------------------------------------------------------------------

    def _of_suppliers(self) -> Iterator[tuple[str, str, Gap]]:
        taken: dict[str, list[Activity]] = {}
        for activity in self._open:
            for supplier in activity.suppliers:
                taken.setdefault(supplier, []).append(activity)
        for activities in taken.values():
            for one, other in combinations(sorted(activities, key=lambda each: (each.is_meeting, each.id)), 2):
                if self._units.name_of(one.id) is None or self._units.name_of(one.id) != self._units.name_of(other.id):
                    yield one.id, other.id, self._ways(one, other)

    def _of_competitors(self) -> Iterator[tuple[str, str, Gap]]:
        """Meetings of one panel, and thus in one room, with suppliers who are to be kept apart."""
        if not self._problem.apart:
            return
        for unit in self._units.units.values():
            for one, other in combinations(unit.activities, 2):
                minutes = self._cells.engaged.apart(one, other)
                if minutes > unit.pause:
                    yield one.id, other.id, (minutes if unit.stays else None, minutes)

    # -- people of several panels --------------------------------------------------------------------------------

    def _spare_whom_others_need(self) -> None:
        """Let as many panels as can do without those of their members who sit on other panels too."""
        for panel in sorted(self._meeting_panels()):
            shared = {who for other in self._meeting_panels() if other != panel for who in self._shared(panel, other)}
            if shared:
                self._spares(panel, frozenset(shared))

    def _meeting_panels(self) -> Mapping[str, None]:
        """The panels that meet anybody, also those all of whose meetings are settled."""
        settled = (each.activity for each in self._cells.fixed.values())
        return {panel: None for each in (*self._open, *settled) if each.is_meeting for panel in each.panels}

    def _shared(self, one: str, other: str) -> frozenset[str]:
        """Those whom both panels have, and neither can spare."""
        panel = self._problem.panel
        members = frozenset(panel[one].members).intersection(panel[other].members)
        return members - self.spared.get(one, NOBODY) - self.spared.get(other, NOBODY)

    def _of_people(self) -> Iterator[tuple[tuple[str, str], Gap]]:
        for one, other in combinations(sorted(self._meeting_panels()), 2):
            shared = self._shared(one, other)
            if not shared:
                continue
            if not self._settled_for_certain(one, shared) or not self._settled_for_certain(other, shared):
                self.is_clear = False
            if self._meetings(one) and self._meetings(other):
                needed = [self._cells.crews.needed(each) for panel in (one, other) for each in self._meetings(panel)]
                is_sure = bool(shared.intersection(*needed))
                fewest, most = self._ways(self._meetings(one)[0], self._meetings(other)[0])
                yield (one, other), (fewest if is_sure else None, most)

    def _settled_for_certain(self, panel: str, people: frozenset[str]) -> bool:
        """Whether it is known of each of them that they attend all that is settled for the panel, or cannot."""
        settled = [
            each for each in self._cells.fixed.values() if each.activity.is_meeting and panel in each.activity.panels
        ]
        return all(people & set(self._cells.crews.eligible(each.activity)) <= each.people for each in settled)

    def _spares(self, panel: str, people: frozenset[str]) -> bool:
        """Whether the panel can do without them in all its meetings, besides those it does without already."""
        without = people | self.spared.get(panel, NOBODY)
        crews = self._cells.crews
        settled = [
            each for each in self._cells.fixed.values() if each.activity.is_meeting and panel in each.activity.panels
        ]
        can = all(
            not starts & ~crews.starts(meeting, room, without)
            for meeting in self._meetings(panel)
            for room, starts in self._units.places[meeting.id].items()
            if room is not None
        ) and all(
            each.room is not None
            and crews.starts(each.activity, each.room, without) >> each.start // self._cells.step & 1
            for each in settled
        )
        if can:
            self.spared[panel] = without
        return can


def _wider(known: Gap | None, gap: Gap) -> Gap:
    if known is None:
        return gap
    sure = [each for each in (known[0], gap[0]) if each is not None]
    return max(sure, default=None), max(known[1], gap[1])


def _grouped(pairs: Mapping[tuple[str, str], Gap], panel_of: Callable[[str], str]) -> Iterator[Apart]:
    """The pairs, those of one task with meetings of one panel together."""
    groups: dict[tuple[str, str, Gap], list[str]] = {}
    for (one, other), gap in pairs.items():
        groups.setdefault((one, panel_of(other), gap), []).append(other)
    for (one, _, gap), others in groups.items():
        yield from _said((one,), tuple(others), gap)


def _said(one: tuple[str, ...], other: tuple[str, ...], gap: Gap) -> Iterator[Apart]:
    sure, safe = gap
    if sure is not None:
        yield Apart(one, other, sure, is_sure=True)
    if sure is None or safe > sure:
        yield Apart(one, other, safe, is_sure=False)
