"""The rules about the time between activities: pause, stretch, order, rest, and keeping competitors apart."""

from itertools import combinations

from solver.activities import Activity
from solver.model.formula import Literal
from solver.model.rooming import same_room
from solver.problem import Apart, Panel, Rest, Span, Stretch
from solver.rules import Rule
from solver.variables import Choices


def keep_pauses(choices: Choices) -> None:
    """R7 `pause`: a panel has its pause between meetings, and its rest after a long stretch."""
    for panel in sorted(choices.problem.panels, key=lambda panel: panel.id):
        meetings = [meeting for meeting in choices.meetings.values() if panel.id in meeting.panels]
        choices.formula.about(Rule.PAUSE, f"panel:{panel.id}")
        if panel.pause_minutes:
            _keep_pause(choices, meetings, panel.pause_minutes)
        if panel.stretch is not None:
            _keep_stretch(choices, panel, meetings, panel.stretch)


def _keep_pause(choices: Choices, meetings: list[Activity], minutes: int) -> None:
    """With its pause behind it, each meeting is a longer span, and no two of these overlap."""
    for time in sorted({time for meeting in meetings for time in choices.start[meeting.id]}):
        choices.formula.at_most_one(
            literal for meeting in meetings for literal in choices.running(meeting, time - minutes, time + 1)
        )


def _keep_stretch(choices: Choices, panel: Panel, meetings: list[Activity], stretch: Stretch) -> None:
    """Within `minutes` after the start of any meeting a rest begins, which ends the stretch that it is in."""
    step = choices.problem.day.step
    for meeting in meetings:
        for time, starts in choices.start[meeting.id].items():
            until = time + stretch.minutes
            ends = range(time + meeting.minutes, until + 1, step)
            rests = [_rests_from(choices, panel, meetings, end, stretch.rest_minutes) for end in ends]
            choices.formula.either([-starts, *rests])


def _rests_from(choices: Choices, panel: Panel, meetings: list[Activity], time: int, minutes: int) -> Literal:
    """Holds only when no meeting of the panel is on between `time` and so many minutes later, nor across `time`."""

    def define(rests: Literal) -> None:
        for meeting in meetings:
            for literal in choices.starts_between(meeting.id, time - meeting.minutes + 1, time + max(minutes, 0) - 1):
                choices.formula.implies(rests, -literal)

    return choices.derived(("rests from", panel.id, time), define)


def keep_order(choices: Choices) -> None:
    """R9 `after`: an activity starts no earlier than the end of each activity it comes after."""
    for activity in choices.activities.values():
        for name in sorted(set(activity.after)):
            earlier = choices.activities[name]
            choices.formula.about(Rule.AFTER, activity.about, earlier.about)
            for time, starts in choices.start[activity.id].items():
                choices.formula.implies(starts, choices.started_by(name, time - earlier.minutes))


def keep_rests(choices: Choices) -> None:
    """R10 `rest`: everyone who is promised a rest has it in one piece inside its window."""
    for number, rest in enumerate(sorted(choices.problem.rests, key=_by_window)):
        for supplier in sorted(set(rest.suppliers)):
            busy = [
                (activity, choices.always) for activity in choices.activities.values() if supplier in activity.suppliers
            ]
            choices.formula.about(Rule.REST, f"supplier:{supplier}")
            _keep_rest(choices, f"rest {number} of {supplier}", rest, busy)
        for person in sorted(set(rest.people)):
            choices.formula.about(Rule.REST, f"person:{person}")
            _keep_rest(choices, f"rest {number} of person {person}", rest, _busy(choices, person))


def _by_window(rest: Rest) -> tuple[Span, int, list[str], list[str]]:
    return rest.window, rest.minutes, sorted(rest.suppliers), sorted(rest.people)


def _busy(choices: Choices, person: str) -> list[tuple[Activity, Literal]]:
    """What the person may be in, each with the literal that says whether it attends."""
    sessions = [(session, choices.always) for session in choices.sessions.values() if person in session.people]
    attended = [(name, attends[person]) for name, attends in choices.attends.items() if person in attends]
    return sessions + [(choices.meetings[name], attends) for name, attends in attended]


def _keep_rest(choices: Choices, name: str, rest: Rest, busy: list[tuple[Activity, Literal]]) -> None:
    if rest.minutes <= 0:
        return
    begins = range(rest.window.start, rest.window.end - rest.minutes + 1, choices.problem.day.step)
    options = [choices.formula.new(f"{name} from {begin}") for begin in begins]
    choices.formula.either(options)
    for begin, option in zip(begins, options, strict=True):
        for activity, attends in busy:
            before = choices.started_by(activity.id, begin - activity.minutes)
            by_the_end = choices.started_by(activity.id, begin + rest.minutes - 1)
            choices.formula.either([-option, -attends, before, -by_the_end])


def keep_apart(choices: Choices) -> None:
    """R11 `apart`: suppliers who are kept apart have the minutes between their meetings in one room."""
    for one, other in combinations(choices.meetings.values(), 2):
        minutes = max((group.minutes for group in choices.problem.apart if _is_split(group, one, other)), default=0)
        if minutes > 0:
            choices.formula.about(Rule.APART, *(f"supplier:{name}" for name in _split(choices, one, other)))
            _keep_between(choices, one, other, minutes)
            _keep_between(choices, other, one, minutes)


def _split(choices: Choices, one: Activity, other: Activity) -> list[str]:
    """The suppliers of the two who are kept apart."""
    groups = [group for group in choices.problem.apart if group.minutes > 0 and _is_split(group, one, other)]
    held = {*one.suppliers, *other.suppliers}
    return sorted({supplier for group in groups for supplier in held.intersection(group.suppliers)})


def _is_split(group: Apart, one: Activity, other: Activity) -> bool:
    """Whether the two hold two different suppliers of the group."""
    here, there = set(group.suppliers).intersection(one.suppliers), set(group.suppliers).intersection(other.suppliers)
    return bool(here and there) and len(here | there) > 1


def _keep_between(choices: Choices, first: Activity, second: Activity, minutes: int) -> None:
    same = same_room(choices, first.id, second.id)
    if same == choices.never or (not choices.explaining and has_pause(choices, first, second, minutes)):
        return
    for time, starts in choices.start[first.id].items():
        end = time + first.minutes
        before = choices.started_by(second.id, end - 1)
        too_soon = choices.started_by(second.id, end + minutes - 1)
        if before != too_soon:
            choices.formula.either([-starts, -same, before, -too_soon])


def has_pause(choices: Choices, one: Activity, other: Activity, minutes: int) -> bool:
    """Whether a panel that takes part in both has a pause of that length between its meetings anyhow."""
    shared = set(one.panels).intersection(other.panels) if one.is_meeting and other.is_meeting else ()
    return any(choices.problem.panel[panel].pause_minutes >= minutes for panel in shared)
