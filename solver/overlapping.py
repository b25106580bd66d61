"""R3: nobody and nothing is in two activities at once.

Two spans that share a moment share the start of one of them, so it is enough to look at the starts.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations

from solver.activities import Activity
from solver.placing import is_enough
from solver.rooming import same_room
from solver.variables import Choices, Literal, total

# So many choices of a room make more pairs than the solver does well with.
MANY_CHOICES = 60


def keep_one_place(choices: Choices) -> None:
    """R3 `one_place`: no room, supplier, panel or person is in two activities at once."""
    exclusive = _exclusive(choices)
    for names in exclusive:
        _never_two(choices, [choices.activities[name] for name in names])
    partners = _partners(exclusive)
    _keep_people_in_one_place(choices, partners)
    _keep_rooms_for_one(choices, partners)
    _keep_to_the_number_of_rooms(choices)


def _exclusive(choices: Choices) -> list[list[str]]:
    """The groups of activities of which no two may overlap, whatever is chosen; none is part of another."""
    groups: set[frozenset[str]] = set()
    for party in sorted({party for activity in choices.activities.values() for party in activity.parties}):
        groups.add(frozenset(name for name, activity in choices.activities.items() if party in activity.parties))
    for person in choices.problem.people:
        groups.add(frozenset(name for name, session in choices.sessions.items() if person.id in session.people))
    groups.update(frozenset(activity.id for activity in household) for household in choices.households().values())
    groups.update(_short_handed(choices))
    return sorted(sorted(group) for group in groups if len(group) > 1 and not any(group < other for other in groups))


def _short_handed(choices: Choices) -> Iterable[frozenset[str]]:
    """Each panel with a session that takes so many of its members that the panel cannot meet meanwhile."""
    for panel in choices.problem.panels:
        meetings = [name for name, meeting in choices.meetings.items() if panel.id in meeting.panels]
        for session in choices.sessions.values():
            if not is_enough(choices, panel, [person for person in panel.members if person not in session.people]):
                yield frozenset([*meetings, session.id])


def _partners(exclusive: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    """For each activity, those with which it can never overlap."""
    partners: dict[str, set[str]] = {}
    for names in exclusive:
        for name in names:
            partners.setdefault(name, {name}).update(names)
    return partners


def _never_two(choices: Choices, activities: Sequence[Activity]) -> None:
    def running(time: int) -> list[Literal]:
        return [lit for activity in activities for lit in choices.running(activity, time, time + 1)]

    _at_most_one(choices, _starts_of(choices, activities), running)


def _starts_of(choices: Choices, activities: Iterable[Activity]) -> list[int]:
    return sorted({time for activity in activities for time in choices.start[activity.id]})


def _at_most_one(choices: Choices, times: Sequence[int], literals_at: Callable[[int], list[Literal]]) -> None:
    """At each of the times at most one of its literals; a time that says no more than the next one is left out."""
    gathered = [literals_at(time) for time in times]
    names = [{literal.index for literal in literals} for literals in gathered] + [set()]
    for literals, here, following in zip(gathered, names, names[1:], strict=False):
        if len(literals) > 1 and not here <= following:
            choices.model.add_at_most_one(literals)


def _keep_people_in_one_place(choices: Choices, partners: dict[str, set[str]]) -> None:
    for person in sorted(choices.problem.person):
        meetings = [meeting for name, meeting in choices.meetings.items() if person in choices.attends[name]]
        sessions = [session for session in choices.sessions.values() if person in session.people]
        loose = [meeting for meeting in meetings if _may_clash(meeting, [*meetings, *sessions], partners)]
        if not loose:
            continue

        def present(
            time: int, who: str = person, at: Sequence[Activity] = loose, in_: Sequence[Activity] = sessions
        ) -> list[Literal]:
            running = [lit for session in in_ for lit in choices.running(session, time, time + 1)]
            return running + [lit for meeting in at for lit in _presence(choices, meeting, who, time)]

        _at_most_one(choices, _starts_of(choices, [*loose, *sessions]), present)


def _may_clash(activity: Activity, others: Iterable[Activity], partners: dict[str, set[str]]) -> bool:
    return not {other.id for other in others} <= partners.get(activity.id, {activity.id})


def _presence(choices: Choices, meeting: Activity, person: str, time: int) -> list[Literal]:
    """A literal that holds at least when the person is in the meeting then; none when it cannot be on."""
    starts = choices.running(meeting, time, time + 1)
    if not starts:
        return []

    def define(present: Literal) -> None:
        for literal in starts:
            choices.model.add_bool_or(~literal, ~choices.attends[meeting.id][person], present)

    return [choices.derived(("is in", person, meeting.id, time), define)]


def _keep_rooms_for_one(choices: Choices, partners: dict[str, set[str]]) -> None:
    """Pair by pair while they are few, which the solver does best with; room by room when the pairs would be many."""
    households = sorted(choices.households().items())
    if len(households) > MANY_CHOICES:
        for room in sorted(choices.problem.room):
            _keep_room_for_one(choices, room, [each for each in households if room in choices.household_rooms(each[0])])
        return
    for one, other in combinations(households, 2):
        if any(_may_clash(activity, other[1], partners) for activity in one[1]):
            _not_in_one_room(choices, one, other)


def _keep_room_for_one(choices: Choices, room: str, households: Sequence[tuple[str, list[Activity]]]) -> None:
    def takers(time: int) -> list[Literal]:
        in_use = {home: _is_in_use(choices, home, activities, time) for home, activities in households}
        return [_takes(choices, room, home, lit, time) for home, lit in in_use.items() if lit is not choices.never]

    _at_most_one(choices, _starts_of(choices, (each for _, activities in households for each in activities)), takers)


def _takes(choices: Choices, room: str, home: str, in_use: Literal, time: int) -> Literal:
    """Holds at least when the activities known as `home` take the room at that moment."""
    return choices.derived(
        ("takes", room, home, time), lambda it: choices.model.add_bool_or(~in_use, ~choices.room[home][room], it)
    )


def _keep_to_the_number_of_rooms(choices: Choices) -> None:
    """No more at once than there are rooms for: implied by one activity a room, but seen without choosing rooms."""
    allowed = {home: frozenset(choices.household_rooms(home)) for home in choices.households()}
    for rooms in sorted({frozenset().union(*allowed.values()), *allowed.values()}, key=sorted):
        confined = [home for home in allowed if allowed[home] <= rooms]
        if len(confined) > len(rooms):
            activities = [activity for home in confined for activity in choices.households()[home]]
            for time in _starts_of(choices, activities):
                running = [lit for activity in activities for lit in choices.running(activity, time, time + 1)]
                choices.model.add(total(running) <= len(rooms))


def _not_in_one_room(choices: Choices, one: tuple[str, list[Activity]], other: tuple[str, list[Activity]]) -> None:
    same = same_room(choices, one[0], other[0])
    if same is choices.never:
        return
    for time in _starts_of(choices, [*one[1], *other[1]]):
        here, there = _is_in_use(choices, *one, time), _is_in_use(choices, *other, time)
        if here is not choices.never and there is not choices.never:
            choices.model.add_bool_or(~same, ~here, ~there)


def _is_in_use(choices: Choices, home: str, activities: Sequence[Activity], time: int) -> Literal:
    """Whether one of the activities that share a room is on at that moment."""
    return choices.some(
        ("is in use", home, time), (lit for a in activities for lit in choices.running(a, time, time + 1))
    )
