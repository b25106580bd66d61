"""Sessions and meetings told in the same words, so that a rule can speak of both at once."""

from dataclasses import dataclass
from functools import cached_property

from solver.problem import Meeting, Problem, Session, Windows


@dataclass(frozen=True)
class Activity:
    """A session or a meeting, told in the same words; `people` are those who attend whatever is chosen."""

    id: str
    kind: str
    minutes: int
    windows: Windows
    suppliers: tuple[str, ...]
    panels: tuple[str, ...]
    people: tuple[str, ...]
    rooms: tuple[str, ...]
    after: tuple[str, ...]

    @property
    def is_meeting(self) -> bool:
        """Whether this is a meeting; otherwise it is a session."""
        return self.kind == "meeting"

    @property
    def about(self) -> str:
        """The name that breaches use, such as `meeting:m3`."""
        return f"{self.kind}:{self.id}"

    @cached_property
    def parties(self) -> frozenset[str]:
        """The suppliers and panels that take part: two activities with one in common cannot overlap."""
        return frozenset(self.suppliers) | frozenset(self.panels)


def activities_of(problem: Problem) -> dict[str, Activity]:
    """Every session and meeting of the day, by id, in the order of the ids."""
    sessions = [_session(problem, session) for session in problem.sessions]
    meetings = [_meeting(problem, meeting) for meeting in problem.meetings]
    return {activity.id: activity for activity in sorted(sessions + meetings, key=lambda activity: activity.id)}


def _session(problem: Problem, session: Session) -> Activity:
    members = [person for panel in session.panels for person in problem.panel[panel].members]
    return Activity(
        id=session.id,
        kind="session",
        minutes=session.minutes,
        windows=session.windows,
        suppliers=tuple(sorted(session.suppliers)),
        panels=tuple(sorted(session.panels)),
        people=tuple(sorted({*session.people, *members})),
        rooms=tuple(sorted(session.rooms)),
        after=session.after,
    )


def _meeting(problem: Problem, meeting: Meeting) -> Activity:
    panels = problem.panels_of(meeting)
    allowed = set(meeting.rooms).intersection(*(panel.rooms for panel in panels))
    return Activity(
        id=meeting.id,
        kind="meeting",
        minutes=meeting.minutes,
        windows=meeting.windows,
        suppliers=tuple(sorted(supplier.id for supplier in problem.suppliers_of(meeting))),
        panels=tuple(sorted(panel.id for panel in panels)),
        people=(),
        rooms=tuple(sorted(allowed)),
        after=meeting.after,
    )
