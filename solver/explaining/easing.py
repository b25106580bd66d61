"""The same day with less to keep: without some instances of rules."""

from collections.abc import Collection
from dataclasses import replace

from solver.explaining.hours import ANY_TIME
from solver.explaining.instances import Instance, about_of
from solver.problem import Meeting, Panel, Person, Problem, Rest, Session, Supplier, Windows
from solver.rules import Rule


def without(problem: Problem, dropped: Collection[Instance]) -> Problem:
    """The day without these instances, as far as a day can be without them: of R3, R4, R5, R6 and R13 it cannot."""
    return _Easing(dropped).ease(problem) if dropped else problem


class _Easing:
    """What is dropped, by rule, each as the first thing that the instance is about."""

    def __init__(self, dropped: Collection[Instance]) -> None:
        self._about: dict[Rule, set[str]] = {}
        self._order = {instance.about for instance in dropped if instance.rule is Rule.AFTER}
        for instance in dropped:
            self._about.setdefault(instance.rule, set()).add(instance.about[0])

    def ease(self, problem: Problem) -> Problem:
        """The day without what is dropped."""
        return replace(
            problem,
            rooms=tuple(replace(each, free=self._hours("room", each.id, each.free)) for each in problem.rooms),
            people=tuple(self._person(each) for each in problem.people),
            panels=tuple(self._panel(each) for each in problem.panels),
            suppliers=tuple(self._supplier(each) for each in problem.suppliers),
            sessions=tuple(self._session(each, problem) for each in problem.sessions),
            meetings=tuple(self._meeting(each, problem) for each in problem.meetings),
            rests=tuple(self._rest(each) for each in problem.rests),
            breaks_differ_by=None if self._drops(Rule.EVEN, "day") else problem.breaks_differ_by,
            announced=tuple(each for each in problem.announced if not self._drops(Rule.PINNED, f"meeting:{each.id}")),
        )

    def _drops(self, rule: Rule, about: str) -> bool:
        return about in self._about.get(rule, ())

    def _hours(self, kind: str, name: str, windows: Windows) -> Windows:
        return ANY_TIME if self._drops(Rule.WINDOW, f"{kind}:{name}") else windows

    def _person(self, person: Person) -> Person:
        barred = frozenset[str]() if self._drops(Rule.BARRED, f"person:{person.id}") else person.barred
        return replace(person, free=self._hours("person", person.id, person.free), barred=barred)

    def _panel(self, panel: Panel) -> Panel:
        about = f"panel:{panel.id}"
        if self._drops(Rule.PAUSE, about):
            panel = replace(panel, pause_minutes=0, stretch=None)
        return replace(panel, stays=panel.stays and not self._drops(Rule.STAYS, about))

    def _supplier(self, supplier: Supplier) -> Supplier:
        return replace(supplier, free=self._hours("supplier", supplier.id, supplier.free))

    def _session(self, session: Session, problem: Problem) -> Session:
        windows = self._hours("session", session.id, session.windows)
        return replace(session, windows=windows, after=self._after(f"session:{session.id}", session.after, problem))

    def _meeting(self, meeting: Meeting, problem: Problem) -> Meeting:
        about = f"meeting:{meeting.id}"
        if self._drops(Rule.PINNED, about):
            meeting = replace(meeting, start=None, room=None)
        windows = self._hours("meeting", meeting.id, meeting.windows)
        return replace(meeting, windows=windows, after=self._after(about, meeting.after, problem))

    def _after(self, about: str, after: tuple[str, ...], problem: Problem) -> tuple[str, ...]:
        return tuple(each for each in after if (about, about_of(problem, each)) not in self._order)

    def _rest(self, rest: Rest) -> Rest:
        suppliers = tuple(each for each in rest.suppliers if not self._drops(Rule.REST, f"supplier:{each}"))
        people = tuple(each for each in rest.people if not self._drops(Rule.REST, f"person:{each}"))
        return replace(rest, suppliers=suppliers, people=people)
