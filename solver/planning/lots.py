"""The draw between equals: every supplier has a lot, and the solver knows suppliers and meetings by their lots alone.

Whatever the solver prefers among equals, it prefers by lot. A lot depends on the public seed and the supplier's own id
and on nothing else: neither the order of a list, nor when anyone registered, nor which ids come first in the alphabet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from solver.plan import Plan
from solver.problem import Meeting, Problem, Session


def lot(seed: int, name: str) -> str:
    """The lot of an id: the SHA-256 of seed, colon and id, as hexadecimal digits; the lowest lot comes first."""
    return sha256(f"{seed}:{name}".encode()).hexdigest()


def in_order_of_lots(problem: Problem, seed: int) -> tuple[str, ...]:
    """The ids of the suppliers, lowest lot first."""
    return tuple(sorted(problem.supplier, key=lambda name: lot(seed, name)))


@dataclass(frozen=True)
class Draw:
    """The day under drawn names, and the way back to its own."""

    problem: Problem
    _own: Mapping[str, str]

    def undrawn(self, plan: Plan) -> Plan:
        """The plan under the names that the day itself uses, in the order of these."""
        sessions = (replace(each, id=self._own[each.id]) for each in plan.sessions)
        meetings = (replace(each, id=self._own[each.id]) for each in plan.meetings)
        return replace(
            plan,
            sessions=tuple(sorted(sessions, key=lambda each: each.id)),
            meetings=tuple(sorted(meetings, key=lambda each: each.id)),
            unplaced=tuple(sorted(self._own[name] for name in plan.unplaced)),
        )


def drawn(problem: Problem, seed: int) -> Draw:
    """The day with its parties and activities under names that sort by lot; rooms and people keep theirs."""
    suppliers = _numbered("supplier", in_order_of_lots(problem, seed))
    parties = suppliers | _numbered("panel", sorted(problem.panel))
    meetings = sorted(problem.meetings, key=lambda meeting: _order(meeting, suppliers, seed))
    activities = _numbered("meeting", [meeting.id for meeting in meetings]) | _numbered(
        "session", sorted(problem.session)
    )
    own = {name: known for known, name in activities.items()}
    return Draw(_renamed(problem, parties, activities), own)


def _order(meeting: Meeting, suppliers: Mapping[str, str], seed: int) -> tuple[list[str], str]:
    return sorted(suppliers[party] for party in meeting.parties if party in suppliers), lot(seed, meeting.id)


def _numbered(kind: str, names: Iterable[str]) -> dict[str, str]:
    return {name: f"{kind} {number:05}" for number, name in enumerate(names, 1)}


def _renamed(problem: Problem, parties: Mapping[str, str], activities: Mapping[str, str]) -> Problem:
    def known(names: Iterable[str]) -> tuple[str, ...]:
        return tuple(parties[name] for name in names)

    def meeting(each: Meeting) -> Meeting:
        after = tuple(activities[name] for name in each.after)
        return replace(each, id=activities[each.id], parties=known(each.parties), after=after)

    def session(each: Session) -> Session:
        after = tuple(activities[name] for name in each.after)
        suppliers, panels = known(each.suppliers), known(each.panels)
        return replace(each, id=activities[each.id], suppliers=suppliers, panels=panels, after=after)

    return replace(
        problem,
        people=tuple(replace(each, barred=frozenset(known(each.barred))) for each in problem.people),
        panels=tuple(replace(each, id=parties[each.id]) for each in problem.panels),
        suppliers=tuple(replace(each, id=parties[each.id]) for each in problem.suppliers),
        sessions=tuple(session(each) for each in problem.sessions),
        meetings=tuple(meeting(each) for each in problem.meetings),
        rests=tuple(replace(each, suppliers=known(each.suppliers)) for each in problem.rests),
        apart=tuple(replace(each, suppliers=known(each.suppliers)) for each in problem.apart),
        announced=tuple(replace(each, id=activities[each.id]) for each in problem.announced),
    )
