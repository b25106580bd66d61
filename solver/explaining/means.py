"""Changes that bring in more: a room, a panel, a person; or let somebody take part online."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import islice

from solver.activities import Activity
from solver.explaining.changes import Change, Fact
from solver.problem import Panel, Person, Problem, Room, Windows

Ids = tuple[str, ...]

VIDEO = "video"


def add_rooms(count: int, seats: int, features: Ids) -> Change:
    """So many more rooms of one kind, free all day and open to every meeting and panel."""

    def apply(problem: Problem) -> Problem:
        names = new_ids("new-room", count, problem.room)
        rooms = (Room(name, name, seats, frozenset(features), (problem.day.whole,)) for name in names)
        return replace(
            problem,
            rooms=(*problem.rooms, *rooms),
            panels=tuple(replace(each, rooms=(*each.rooms, *names)) for each in problem.panels),
            meetings=tuple(replace(each, rooms=(*each.rooms, *names)) for each in problem.meetings),
        )

    facts: Mapping[str, Fact] = {"rooms": count, "seats": seats, "features": list(features)}
    return Change("add_room", facts, 90 * count, apply)


def add_people(count: int, panels: Ids, skill: str | None, *, from_another_buyer: bool) -> Change:
    """So many more people in some panels, with a skill when one is named, free all day."""

    def apply(problem: Problem) -> Problem:
        names = new_ids("new-person", count, (*problem.person, *problem.supplier))
        buyers = new_ids("new-buyer", count, {each.buyer for each in problem.people})
        known = [problem.person[who].buyer for name in panels for who in problem.panel[name].members]
        skills = frozenset(() if skill is None else (skill,))
        people = (
            Person(name, buyer if from_another_buyer or not known else known[0], skills, _all_day(problem), frozenset())
            for name, buyer in zip(names, buyers, strict=True)
        )
        joined = (
            replace(each, members=(*each.members, *names)) if each.id in panels else each for each in problem.panels
        )
        return replace(problem, people=(*problem.people, *people), panels=tuple(joined))

    facts: dict[str, Fact] = {"people": count, "panels": list(panels)}
    facts |= {} if skill is None else {"skill": skill}
    facts |= {"buyer": "another"} if from_another_buyer else {}
    return Change("add_person", facts, 150 * count + 10 * len(panels), apply)


def add_panels(like: str, shares: tuple[Ids, ...], rooms: int) -> Change:
    """One more panel for each share of meetings, which it takes over; with people, and perhaps rooms, of their own.

    They are as the panel `like`, but know whatever any panel needs.
    """

    def apply(problem: Problem) -> Problem:
        known = problem.panel[like]
        for name, meetings in zip(new_ids("new-panel", len(shares), _parties(problem)), shares, strict=True):
            problem = _with_panel(problem, known, name, frozenset(meetings))
        seats = max([each.seats for each in problem.suppliers], default=0) + size_of(known)
        return add_rooms(rooms, seats, (VIDEO,)).apply(problem) if rooms else problem

    moved = [name for meetings in shares for name in meetings]
    facts: Mapping[str, Fact] = {"panels": len(shares), "like": like, "rooms": rooms, "meetings": moved}
    return Change("add_panel", facts, 400 * len(shares) + 90 * rooms, apply)


def _with_panel(problem: Problem, known: Panel, name: str, meetings: Collection[str]) -> Problem:
    skills = frozenset(skill for each in problem.panels for skill in each.needs.skills)
    names = new_ids(f"{name}-person", max(map(size_of, problem.panels)), (*problem.person, *problem.supplier))
    people = tuple(Person(who, f"buyer of {who}", skills, _all_day(problem), frozenset()) for who in names)
    moved = (
        replace(each, parties=tuple(name if party in problem.panel else party for party in each.parties))
        if each.id in meetings
        else each
        for each in problem.meetings
    )
    return replace(
        problem,
        people=(*problem.people, *people),
        panels=(*problem.panels, replace(known, id=name, members=names)),
        meetings=tuple(moved),
    )


def go_online(suppliers: Ids = (), rooms: Ids = ()) -> Change:
    """Some suppliers take part online, and then all day; some rooms get video."""

    def apply(problem: Problem) -> Problem:
        online = (
            replace(each, online=True, free=_all_day(problem)) if each.id in suppliers else each
            for each in problem.suppliers
        )
        equipped = (
            replace(each, features=each.features | {VIDEO}) if each.id in rooms else each for each in problem.rooms
        )
        return replace(problem, suppliers=tuple(online), rooms=tuple(equipped))

    facts: dict[str, Fact] = {"suppliers": list(suppliers)} if suppliers else {}
    facts |= {"rooms": list(rooms)} if rooms else {}
    return Change("go_online", facts, 60 * len(suppliers) + 40 * len(rooms), apply)


def seats_for(problem: Problem, activity: Activity) -> int:
    """The seats that an activity takes at the least: for its suppliers, and for whoever attends."""
    suppliers = sum(problem.supplier[name].seats for name in activity.suppliers)
    manned = [problem.panel[name].needs.people for name in (activity.panels if activity.is_meeting else ())]
    return suppliers + max([len(activity.people), *manned])


def size_of(panel: Panel) -> int:
    """So many people, at least one, who can all that is asked of them are enough for the panel."""
    return max([1, panel.needs.people, panel.needs.buyers, *panel.needs.skills.values()])


def more_seats(room: str, seats: int, more: int) -> Change:
    """One room has so many seats, `more` than it does; it may be a larger room in its place."""

    def apply(problem: Problem) -> Problem:
        rooms = (replace(each, seats=max(each.seats, seats)) if each.id == room else each for each in problem.rooms)
        return replace(problem, rooms=tuple(rooms))

    return Change("more_seats", {"room": room, "seats": seats}, 30 + 2 * more, apply)


def new_ids(word: str, count: int, taken: Collection[str]) -> Ids:
    """So many ids that nobody has."""
    free = (name for number in range(1, len(taken) + count + 1) if (name := f"{word}-{number}") not in taken)
    return tuple(islice(free, count))


def _parties(problem: Problem) -> Ids:
    return (*problem.panel, *problem.supplier)


def _all_day(problem: Problem) -> Windows:
    return (problem.day.whole,)
