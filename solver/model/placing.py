"""The rules that each activity keeps by itself: when, where and with whom it may take place at all."""

from collections.abc import Collection, Iterable
from itertools import combinations, product

from solver.activities import Activity
from solver.model.formula import Literal, count
from solver.problem import Panel, Windows
from solver.rules import Rule
from solver.variables import Choices


def _fits(windows: Windows, start: int, end: int) -> bool:
    return any(window.holds(start, end) for window in windows)


def keep_open(choices: Choices) -> None:
    """R1 `open`: every activity lies inside `opens`–`closes`."""
    choices.formula.about(Rule.OPEN, "day")
    for activity in choices.activities.values():
        _keep_starts_within(choices, activity, (choices.problem.day.whole,))


def _keep_starts_within(choices: Choices, activity: Activity, windows: Windows) -> None:
    starts = choices.start[activity.id]
    choices.keep_starts(activity.id, [time for time in starts if _fits(windows, time, time + activity.minutes)])


def keep_windows(choices: Choices) -> None:
    """R2 `window`: every activity lies inside one of its own windows, and one free window of its room and attendees."""
    for activity in choices.activities.values():
        for name, windows in _windows_of_all_who_must(choices, activity):
            choices.formula.about(Rule.WINDOW, name)
            _keep_starts_within(choices, activity, windows)
        if activity.id in choices.room:
            _keep_rooms_free(choices, activity)
        if activity.is_meeting:
            _keep_people_free(choices, activity)


def _windows_of_all_who_must(choices: Choices, activity: Activity) -> list[tuple[str, Windows]]:
    """The windows of the activity, and of those who attend whatever is chosen, each with whose they are."""
    problem = choices.problem
    suppliers = [(f"supplier:{supplier}", problem.supplier[supplier].free) for supplier in activity.suppliers]
    people = [(f"person:{person}", problem.person[person].free) for person in activity.people]
    return [(activity.about, activity.windows), *suppliers, *people]


def _keep_rooms_free(choices: Choices, activity: Activity) -> None:
    for room in choices.rooms_left(activity.id):
        choices.formula.about(Rule.WINDOW, f"room:{room}")
        for starts in _misfits(choices, activity, choices.problem.room[room].free):
            choices.formula.implies(starts, -choices.room[activity.id][room])


def _keep_people_free(choices: Choices, meeting: Activity) -> None:
    for person, attends in choices.attends[meeting.id].items():
        choices.formula.about(Rule.WINDOW, f"person:{person}")
        for starts in _misfits(choices, meeting, choices.problem.person[person].free):
            choices.formula.implies(starts, -attends)


def _misfits(choices: Choices, activity: Activity, windows: Windows) -> list[Literal]:
    """The starts with which the activity does not lie inside one of the windows."""
    starts = choices.start[activity.id]
    if starts and any(window.holds(min(starts), max(starts) + activity.minutes) for window in windows):
        return []
    return [literal for time, literal in starts.items() if not _fits(windows, time, time + activity.minutes)]


def keep_rooms_suitable(choices: Choices) -> None:
    """R5 `room`: the room is allowed, has the seats and, when a supplier is online, the feature `video`."""
    for name in choices.room:
        activity = choices.activities[name]
        suppliers = [choices.problem.supplier[supplier] for supplier in activity.suppliers]
        seats = sum(supplier.seats for supplier in suppliers) + len(activity.people)
        is_online = any(supplier.online for supplier in suppliers)
        for room in (choices.problem.room[room] for room in choices.room[name]):
            choices.formula.about(Rule.ROOM, activity.about, f"room:{room.id}")
            if room.id not in activity.rooms or seats > room.seats or (is_online and "video" not in room.features):
                choices.forbid_room(name, room.id)
            elif activity.is_meeting:
                _keep_seats(choices, name, room.id, room.seats - seats)


def _keep_seats(choices: Choices, meeting: str, room: str, seats: int) -> None:
    attending = list(choices.attends[meeting].values())
    if len(attending) > seats:
        choices.formula.bound(count(attending), most=seats, unless=[-choices.room[meeting][room]])


def keep_panels_manned(choices: Choices) -> None:
    """R6 `panel`: the people who attend for a panel are members of it and meet its `needs`."""
    for meeting in choices.meetings.values():
        for panel in (choices.problem.panel[panel] for panel in meeting.panels):
            choices.formula.about(Rule.PANEL, f"panel:{panel.id}", meeting.about)
            _keep_needs(choices, meeting, panel)


def is_enough(choices: Choices, panel: Panel, people: Collection[str]) -> bool:
    """Whether these members of the panel would meet its needs."""
    crew = [choices.problem.person[person] for person in people]
    return (
        len(crew) >= panel.needs.people
        and len({person.buyer for person in crew}) >= panel.needs.buyers
        and all(sum(skill in each.skills for each in crew) >= needed for skill, needed in panel.needs.skills.items())
    )


def _keep_needs(choices: Choices, meeting: Activity, panel: Panel) -> None:
    crew = {who: attends for who, attends in choices.attends[meeting.id].items() if who in panel.members}
    person = choices.problem.person
    _at_least(choices, meeting, panel.needs.people, crew.values())
    for skill, needed in sorted(panel.needs.skills.items()):
        _at_least(choices, meeting, needed, (attends for who, attends in crew.items() if skill in person[who].skills))
    by_buyer: dict[str, list[Literal]] = {}
    for who, attends in crew.items():
        by_buyer.setdefault(person[who].buyer, []).append(attends)
    buyers = [choices.some(("sees", meeting.id, panel.id, buyer), by_buyer[buyer]) for buyer in sorted(by_buyer)]
    _at_least(choices, meeting, panel.needs.buyers, buyers)


def _at_least(choices: Choices, meeting: Activity, needed: int, literals: Iterable[Literal]) -> None:
    if needed > 0:
        choices.formula.bound(count(literals), least=needed, unless=[-choices.placed[meeting.id]])


def keep_panels_in_one_room(choices: Choices) -> None:
    """R8 `stays`: a panel that stays has all its meetings in one room."""
    staying = {panel.id for panel in choices.problem.panels if panel.stays}
    for panel in sorted(staying):
        meetings = [meeting for meeting in choices.meetings.values() if panel in meeting.panels]
        choices.formula.about(Rule.STAYS, f"panel:{panel}")
        joint = [meeting.id for meeting in meetings if len(staying.intersection(meeting.panels)) > 1]
        own = [meeting.id for meeting in meetings if meeting.id not in joint]
        choices.share_room(own)
        # A joint meeting binds two panels to one room only when it is placed.
        for one, other in [*product(own[:1], joint), *combinations(joint, 2)]:
            unless = [-choices.placed[name] for name in (one, other) if name in joint]
            for room, has_room in choices.room[one].items():
                choices.formula.either([-has_room, choices.room[other][room], *unless])


def keep_pins(choices: Choices) -> None:
    """R12 `pinned`: a placed meeting keeps the start and room it gives, and what is fixed stays as announced."""
    for meeting in (choices.problem.meeting[name] for name in choices.meetings):
        choices.formula.about(Rule.PINNED, f"meeting:{meeting.id}")
        if meeting.start is not None:
            choices.keep_starts(meeting.id, [meeting.start])
        for room in choices.room[meeting.id]:
            if meeting.room is not None and room != meeting.room:
                choices.forbid_room(meeting.id, room)
    _keep_what_is_fixed(choices)


def _keep_what_is_fixed(choices: Choices) -> None:
    until = choices.problem.fixed_until
    for announced in sorted(choices.problem.announced, key=lambda announced: announced.id):
        if until is not None and announced.start < until:
            choices.formula.about(Rule.PINNED, f"meeting:{announced.id}")
            choices.formula.fix(choices.start[announced.id].get(announced.start, choices.never))
            choices.formula.fix(choices.room[announced.id][announced.room])


def keep_required(choices: Choices) -> None:
    """R13 `required`: every session and every required meeting is placed."""
    required = {meeting.id for meeting in choices.problem.meetings if meeting.required}
    for name, placed in choices.placed.items():
        if name in choices.sessions or name in required:
            choices.formula.about(Rule.REQUIRED, choices.activities[name].about)
            choices.formula.fix(placed)


def keep_barred_away(choices: Choices) -> None:
    """R14 `barred`: nobody attends a meeting with a supplier they are barred from."""
    for meeting in choices.meetings.values():
        for person in list(choices.attends[meeting.id]):
            choices.formula.about(Rule.BARRED, f"person:{person}")
            if choices.problem.person[person].barred.intersection(meeting.suppliers):
                choices.forbid_person(meeting.id, person)
