"""Conflicts that counting alone finds: more is asked for than there is time, room or people for."""

from collections.abc import Collection, Iterator

from solver.counting.capacity import is_overfull
from solver.explaining.easing import without
from solver.explaining.instances import Instance, about_of, asked_of, names_of
from solver.explaining.patience import Patience
from solver.explaining.shrinking import Verdict
from solver.explaining.smaller import with_all_before
from solver.problem import Problem, Windows
from solver.rules import Rule


def judge_by_counting(
    problem: Problem, everything: Collection[Instance], kept: Collection[Instance], patience: Patience
) -> Verdict:
    """Not possible when counting says so; otherwise it is not known. Raises OutOfTime when the patience is over."""
    patience.keep_counting(problem)
    dropped = frozenset(everything).difference(kept)
    eased, asked = without(problem, dropped), names_of(kept)
    if is_overfull(eased, asked, dropped.difference(_asked_with(eased, asked))):
        return Verdict(is_possible=False, core=frozenset(kept))
    return Verdict(is_possible=None)


def _asked_with(problem: Problem, asked: Collection[str]) -> Iterator[Instance]:
    """What must take place because something that is asked for comes after it."""
    return (Instance(Rule.REQUIRED, (about_of(problem, name),)) for name in with_all_before(problem, asked))


def countable(problem: Problem) -> tuple[Instance, ...]:
    """Everything that counting takes into account and that may be kept or not, without R1."""
    return (*asked_of(problem), *dict.fromkeys(_rules_of(problem)))


def _rules_of(problem: Problem) -> Iterator[Instance]:
    yield from _hours(problem)
    for kind, things in _takers(problem):
        yield from (Instance(Rule.ONE_PLACE, (f"{kind}:{name}",)) for name in things)
    for panel in problem.panels:
        about = f"panel:{panel.id}"
        if panel.pause_minutes or panel.stretch:
            yield Instance(Rule.PAUSE, (about,))
        if panel.stays:
            yield Instance(Rule.STAYS, (about,))
    yield from _of_meetings(problem)
    yield from _of_order(problem)
    for rest in problem.rests:
        yield from (Instance(Rule.REST, (f"supplier:{name}",)) for name in rest.suppliers)
        yield from (Instance(Rule.REST, (f"person:{name}",)) for name in rest.people)
    yield from (Instance(Rule.BARRED, (f"person:{each.id}",)) for each in problem.people if each.barred)


def _hours(problem: Problem) -> Iterator[Instance]:
    """The windows that say more than the opening hours do."""
    windows: list[tuple[str, Windows]] = [
        *((f"room:{each.id}", each.free) for each in problem.rooms),
        *((f"person:{each.id}", each.free) for each in problem.people),
        *((f"supplier:{each.id}", each.free) for each in problem.suppliers),
        *((f"session:{each.id}", each.windows) for each in problem.sessions),
        *((f"meeting:{each.id}", each.windows) for each in problem.meetings),
    ]
    whole = problem.day.whole
    for about, hours in windows:
        if not any(each.holds(whole.start, whole.end) for each in hours):
            yield Instance(Rule.WINDOW, (about,))


def _takers(problem: Problem) -> tuple[tuple[str, Collection[str]], ...]:
    return (
        ("panel", problem.panel),
        ("supplier", problem.supplier),
        ("person", problem.person),
        ("room", problem.room),
    )


def _of_meetings(problem: Problem) -> Iterator[Instance]:
    for meeting in problem.meetings:
        about = f"meeting:{meeting.id}"
        if meeting.start is not None or meeting.room is not None:
            yield Instance(Rule.PINNED, (about,))
        yield from (Instance(Rule.PANEL, (f"panel:{panel.id}", about)) for panel in problem.panels_of(meeting))
        yield from (Instance(Rule.ROOM, (about, f"room:{room}")) for room in problem.room)
    for session in problem.sessions:
        yield from (Instance(Rule.ROOM, (f"session:{session.id}", f"room:{room}")) for room in problem.room)
    yield from (Instance(Rule.PINNED, (f"meeting:{each.id}",)) for each in problem.announced)


def _of_order(problem: Problem) -> Iterator[Instance]:
    after = {each.id: each.after for each in problem.sessions} | {each.id: each.after for each in problem.meetings}
    for name, before in after.items():
        yield from (Instance(Rule.AFTER, (about_of(problem, name), about_of(problem, each))) for each in before)
