"""R3: nobody and nothing is in two activities at once.

Two spans that share a moment share the start of one of them, so it is enough to look at the starts.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations

from solver.activities import Activity
from solver.model.formula import Literal, count
from solver.model.placing import is_enough
from solver.model.rooming import same_room
from solver.rules import Rule
from solver.variables import Choices

# So many choices of a room make more pairs than the solver does well with.
MANY_CHOICES = 60


def keep_one_place(choices: Choices) -> None:
    """R3 `one_place`: no room, supplier, panel or person is in two activities at once."""
    exclusive = _exclusive(choices)
    for names, why in exclusive.items():
        choices.formula.about(Rule.ONE_PLACE, why)
        _never_two(choices, [choices.activities[name] for name in names])
    partners = {} if choices.explaining else _partners(exclusive)
    _keep_people_in_one_place(choices, partners)
    _keep_rooms_for_one(choices, partners)
    if not choices.explaining:
        _keep_to_the_number_of_rooms(choices)


def _exclusive(choices: Choices) -> dict[tuple[str, ...], str]:
    """The groups of activities of which no two may overlap, whatever is chosen, each with whom it is about.

    None is part of another, unless the day is to be explained: then every rule speaks for itself.
    """
    groups = _groups_of_parties(choices)
    if choices.explaining:
        return {names: why for names, why in groups.items() if len(names) > 1}
    for household in choices.households().values():
        groups.setdefault(tuple(sorted(activity.id for activity in household)), "day")
    for group in _short_handed(choices):
        groups.setdefault(group, "day")
    sets = [frozenset(names) for names in groups]
    return {
        names: groups[names]
        for names in sorted(groups)
        if len(names) > 1 and not any(frozenset(names) < other for other in sets)
    }


def _groups_of_parties(choices: Choices) -> dict[tuple[str, ...], str]:
    groups: dict[tuple[str, ...], str] = {}
    of_party: dict[str, list[str]] = {}
    for name, activity in choices.activities.items():
        for party in [f"supplier:{each}" for each in activity.suppliers] + [
            f"panel:{each}" for each in activity.panels
        ]:
            of_party.setdefault(party, []).append(name)
        for person in activity.people if not activity.is_meeting else ():
            of_party.setdefault(f"person:{person}", []).append(name)
    for party, names in sorted(of_party.items()):
        groups.setdefault(tuple(names), party)
    return groups


def _short_handed(choices: Choices) -> Iterator[tuple[str, ...]]:
    """Each panel with a session that takes so many of its members that the panel cannot meet meanwhile."""
    for panel in choices.problem.panels:
        meetings = [name for name, meeting in choices.meetings.items() if panel.id in meeting.panels]
        for session in choices.sessions.values():
            if not is_enough(choices, panel, [person for person in panel.members if person not in session.people]):
                yield tuple(sorted([*meetings, session.id]))


def _partners(exclusive: Iterable[Sequence[str]]) -> dict[str, set[str]]:
    """For each activity, those with which it can never overlap."""
    partners: dict[str, set[str]] = {}
    for names in exclusive:
        for name in names:
            partners.setdefault(name, {name}).update(names)
    return partners


def _never_two(choices: Choices, activities: Sequence[Activity]) -> None:
    _at_most_one(choices, _starts_of(choices, activities), partial(_all_running, choices, activities))


def _starts_of(choices: Choices, activities: Iterable[Activity]) -> list[int]:
    return sorted({time for activity in activities for time in choices.start[activity.id]})


def _at_most_one(choices: Choices, times: Sequence[int], literals_at: Callable[[int], list[Literal]]) -> None:
    """At each of the times at most one of its literals; a time that says no more than the next one is left out."""
    gathered = [literals_at(time) for time in times]
    names = [set(literals) for literals in gathered] + [set()]
    for literals, here, following in zip(gathered, names, names[1:], strict=False):
        if len(literals) > 1 and not here <= following:
            choices.formula.at_most_one(literals)


def _keep_people_in_one_place(choices: Choices, partners: dict[str, set[str]]) -> None:
    for person in sorted(choices.problem.person):
        sessions = [session for session in choices.sessions.values() if person in session.people]
        homes = homes_of(choices, person)
        attended = [*sessions, *(meeting for meetings in homes.values() for meeting in meetings)]
        loose = [home for home in homes.items() if any(_may_clash(each, attended, partners) for each in home[1])]
        if loose:
            choices.formula.about(Rule.ONE_PLACE, f"person:{person}")
            _keep_person_in_one_place(choices, person, loose, sessions)


def homes_of(choices: Choices, person: str) -> dict[str, list[Activity]]:
    """The meetings that the person may attend, gathered by home: those of one home never overlap."""
    homes: dict[str, list[Activity]] = {}
    for name, meeting in choices.meetings.items():
        if person in choices.attends[name]:
            homes.setdefault(choices.home(name), []).append(meeting)
    return homes


def _keep_person_in_one_place(
    choices: Choices, person: str, homes: Sequence[tuple[str, list[Activity]]], sessions: Sequence[Activity]
) -> None:
    def present(time: int) -> list[Literal]:
        at_meetings = [presence(choices, person, home, time) for home in homes]
        return _all_running(choices, sessions, time) + [lit for lit in at_meetings if lit != choices.never]

    meetings = [meeting for _, gathered in homes for meeting in gathered]
    _at_most_one(choices, _starts_of(choices, [*meetings, *sessions]), present)


def _may_clash(activity: Activity, others: Iterable[Activity], partners: dict[str, set[str]]) -> bool:
    return not {other.id for other in others} <= partners.get(activity.id, {activity.id})


def presence(choices: Choices, person: str, home: tuple[str, list[Activity]], time: int) -> Literal:
    """A literal that holds at least when the person is in a meeting of the home then; `never` when none can be on."""
    name, meetings = home
    running = {meeting.id: choices.running(meeting, time, time + 1) for meeting in meetings}
    if not any(running.values()):
        return choices.never

    def define(present: Literal) -> None:
        for meeting, starts in running.items():
            for literal in starts:
                choices.formula.either([-literal, -choices.attends[meeting][person], present])

    return choices.derived(("is in", person, name, time), define)


def _keep_rooms_for_one(choices: Choices, partners: dict[str, set[str]]) -> None:
    """Pair by pair while they are few, which the solver does best with; room by room when the pairs would be many."""
    households = sorted(choices.households().items())
    is_room_by_room = len(households) > MANY_CHOICES or choices.explaining
    for room in choices.alike:
        if is_room_by_room or choices.is_counted(room):
            choices.formula.about(Rule.ONE_PLACE, f"room:{room}")
            _keep_room(choices, room, [each for each in households if room in choices.household_rooms(each[0])])
    if not is_room_by_room:
        choices.formula.about(Rule.ONE_PLACE, "day")
        _keep_pairs_apart(choices, households, partners)


def _keep_pairs_apart(
    choices: Choices, households: Sequence[tuple[str, list[Activity]]], partners: dict[str, set[str]]
) -> None:
    for one, other in combinations(households, 2):
        if any(_may_clash(activity, other[1], partners) for activity in one[1]):
            _not_in_one_room(choices, one, other)


def _keep_room(choices: Choices, room: str, households: Sequence[tuple[str, list[Activity]]]) -> None:
    def takers(time: int) -> list[Literal]:
        in_use = {home: _is_in_use(choices, home, activities, time) for home, activities in households}
        return [_takes(choices, room, home, lit, time) for home, lit in in_use.items() if lit != choices.never]

    times = _starts_of(choices, (each for _, activities in households for each in activities))
    if not choices.is_counted(room):
        _at_most_one(choices, times, takers)
    elif any(choices.household_rooms(home) != {room} for home, _ in households):
        _at_most(choices, times, takers, len(choices.alike[room]))


def _at_most(choices: Choices, times: Sequence[int], literals_at: Callable[[int], list[Literal]], most: int) -> None:
    for literals in map(literals_at, times):
        if len(literals) > most:
            choices.formula.bound(count(literals), most=most)


def _takes(choices: Choices, room: str, home: str, in_use: Literal, time: int) -> Literal:
    """Holds at least when the activities known as `home` take the room at that moment."""
    return choices.derived(
        ("takes", room, home, time), lambda it: choices.formula.either([-in_use, -choices.room[home][room], it])
    )


def _keep_to_the_number_of_rooms(choices: Choices) -> None:
    """No more at once than there are rooms for: implied by one activity a room, but seen without choosing rooms.

    For rooms that are alike and hold only what can be nowhere else, this is all that need be said.
    """
    choices.formula.about(Rule.ONE_PLACE, "day")
    allowed = {home: frozenset(choices.household_rooms(home)) for home in choices.households()}
    for rooms in sorted({frozenset().union(*allowed.values()), *allowed.values()}, key=sorted):
        confined = [home for home in allowed if allowed[home] <= rooms]
        there_are = sum(len(choices.alike[room]) for room in rooms)
        if len(confined) > there_are:
            activities = [activity for home in confined for activity in choices.households()[home]]
            clusters = _clusters(activities)
            _at_most(choices, _starts_of(choices, activities), partial(_clusters_on, choices, clusters), there_are)
            _no_more_partners_than_seats(choices, activities, there_are)


Clusters = list[tuple[str, list[Activity]]]


def _clusters(activities: Sequence[Activity]) -> Clusters:
    """The activities, each once, in clusters of which only one can be on: all of one party, the busiest first."""
    left = {activity.id: activity for activity in activities}
    clusters: Clusters = []
    while left:
        of_party: dict[str, list[Activity]] = {}
        for activity in left.values():
            for party in sorted(activity.parties) or [activity.id]:
                of_party.setdefault(party, []).append(activity)
        party = min(of_party, key=lambda name: (-len(of_party[name]), name))
        clusters.append((party, of_party[party]))
        for activity in of_party[party]:
            del left[activity.id]
    return clusters


def _clusters_on(choices: Choices, clusters: Clusters, time: int) -> list[Literal]:
    on = (choices.some(("is on", party, time), _all_running(choices, held, time)) for party, held in clusters)
    return [literal for literal in on if literal != choices.never]


def _no_more_partners_than_seats(choices: Choices, activities: Sequence[Activity], rooms: int) -> None:
    """Where suppliers meet each other two by two, no more than twice the rooms are busy at once: implied."""
    if any(len(activity.suppliers) != 2 or activity.panels for activity in activities):
        return
    of_supplier: dict[str, list[Activity]] = {}
    for activity in activities:
        for supplier in activity.suppliers:
            of_supplier.setdefault(supplier, []).append(activity)
    busy = sorted(of_supplier.items())
    _at_most(choices, _starts_of(choices, activities), partial(_clusters_on, choices, busy), 2 * rooms)


def _all_running(choices: Choices, activities: Sequence[Activity], time: int) -> list[Literal]:
    return [lit for activity in activities for lit in choices.running(activity, time, time + 1)]


def _not_in_one_room(choices: Choices, one: tuple[str, list[Activity]], other: tuple[str, list[Activity]]) -> None:
    same = same_room(choices, one[0], other[0])
    if same == choices.never:
        return
    for time in _starts_of(choices, [*one[1], *other[1]]):
        here, there = _is_in_use(choices, *one, time), _is_in_use(choices, *other, time)
        if choices.never not in (here, there):
            choices.formula.either([-same, -here, -there])


def _is_in_use(choices: Choices, home: str, activities: Sequence[Activity], time: int) -> Literal:
    """Whether one of the activities that share a room is on at that moment."""
    return choices.some(
        ("is in use", home, time), (lit for a in activities for lit in choices.running(a, time, time + 1))
    )
