"""Every rule of the day checked on a finished plan, without the solver and without its model."""

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from solver.attendance import Reading, read
from solver.plan import Plan
from solver.problem import Problem
from solver.rules import Breach, Rule
from solver.verifying import people as verify_people
from solver.verifying import place as verify_place
from solver.verifying import time as verify_time

MOST_TOLD = 1_000


def breaches(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Every breach of every rule, each told once: by rule, then in the order of the day or of the problem.

    Of a rule that is broken more often than anybody can read, the first thousand breaches are told.
    The plan may hold anything. What it gives that the problem does not know, or gives twice, or with another
    length than asked, is told under R13 (a room or a person that nobody knows under R5 and R6).
    """
    reading = read(problem, plan)
    return tuple(dict.fromkeys(breach for check in CHECKS.values() for breach in islice(check(reading), MOST_TOLD)))


def required(reading: Reading) -> Iterator[Breach]:
    """R13: sessions and required meetings are placed, and the plan answers what was asked, once each."""
    yield from _not_placed(reading)
    yield from _not_asked(reading)
    yield from _not_once(reading)
    yield from _not_in_full(reading)


CHECKS: dict[Rule, Callable[[Reading], Iterator[Breach]]] = {
    Rule.OPEN: verify_time.open_hours,
    Rule.WINDOW: verify_time.window,
    Rule.ONE_PLACE: verify_place.one_place,
    Rule.TRAVEL: verify_place.travel,
    Rule.ROOM: verify_place.room,
    Rule.PANEL: verify_people.panel,
    Rule.PAUSE: verify_people.pause,
    Rule.STAYS: verify_place.stays,
    Rule.AFTER: verify_time.after,
    Rule.REST: verify_time.rest,
    Rule.APART: verify_place.apart,
    Rule.PINNED: verify_time.pinned,
    Rule.REQUIRED: required,
    Rule.BARRED: verify_people.barred,
    Rule.EVEN: verify_people.even,
}


def _not_placed(reading: Reading) -> Iterator[Breach]:
    placed = {activity.about for activity in reading.placed}
    for session in reading.problem.sessions:
        if f"session:{session.id}" not in placed:
            yield _breach(f"session:{session.id}", f"Session {session.id} is not placed.")
    for meeting in reading.problem.meetings:
        if meeting.required and f"meeting:{meeting.id}" not in placed:
            yield _breach(f"meeting:{meeting.id}", f"Meeting {meeting.id} is required, but not placed.")


def _not_asked(reading: Reading) -> Iterator[Breach]:
    problem, plan = reading.problem, reading.plan
    for session in plan.sessions:
        if session.id not in problem.session:
            yield _breach(f"session:{session.id}", f"Session {session.id} is placed, but nobody asked for it.")
    for meeting in plan.meetings:
        if meeting.id not in problem.meeting:
            yield _breach(f"meeting:{meeting.id}", f"Meeting {meeting.id} is placed, but nobody asked for it.")
    for unplaced in plan.unplaced:
        if unplaced not in problem.meeting:
            yield _breach(f"meeting:{unplaced}", f"Meeting {unplaced} is unplaced, but nobody asked for it.")


def _not_once(reading: Reading) -> Iterator[Breach]:
    placed = Counter(activity.about for activity in reading.placed)
    unplaced = Counter(reading.plan.unplaced)
    for session in reading.problem.sessions:
        about = f"session:{session.id}"
        if placed[about] > 1:
            yield _breach(about, f"Session {session.id} is placed {placed[about]} times.")
    for meeting in reading.problem.meetings:
        about = f"meeting:{meeting.id}"
        if placed[about] + unplaced[meeting.id] != 1:
            counts = f"{placed[about]} × among the placed and {unplaced[meeting.id]} × among the unplaced"
            yield _breach(about, f"Meeting {meeting.id} stands {counts}.")


def _not_in_full(reading: Reading) -> Iterator[Breach]:
    for activity in reading.placed:
        minutes = reading.asked(activity).minutes
        if activity.minutes != minutes:
            text = f"{activity.subject} takes {activity.minutes} minutes, but {minutes} were asked for."
            yield _breach(activity.about, text)


def _breach(about: str, text: str) -> Breach:
    return Breach(Rule.REQUIRED, (about,), text)
