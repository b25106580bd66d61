"""What may be chosen: a start for every activity, a room where it needs one, and the people who attend.

Everything is built in the order of the ids, so that the same day always gives the same model.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from solver.activities import Activity, activities_of
from solver.model.alike import alike_rooms
from solver.model.formula import Formula, Literal
from solver.problem import Problem

MINUTES_OF_A_DAY = 24 * 60


class Choices:
    """What is said of one day, and the literals that say what is chosen.

    `start[activity][minute]`, `placed[activity]`, `attends[meeting][person]`; `room[activity][room]` for the
    activities that need one. A meeting has one room in mind even while it is not placed. `alike` gives, for each room
    that may be chosen, the rooms it stands for: itself, and those that are only counted; `room_by_room` counts none.
    To explain a day, nothing is shortened: what a rule forbids is said and no more, so that the rule can be dropped.
    `only` keeps some activities to some of their starts: fewer choices, of which each is still lawful. `formula`, in
    which nothing has been said yet, is where all is said.
    """

    def __init__(
        self,
        problem: Problem,
        *,
        explaining: bool = False,
        room_by_room: bool = False,
        only: Mapping[str, Collection[int]] | None = None,
        formula: Formula | None = None,
    ) -> None:
        self.problem = problem
        self._only = only or {}
        self.explaining = explaining
        self.formula = formula or Formula()
        self.activities = activities_of(problem)
        self.meetings = {name: activity for name, activity in self.activities.items() if activity.is_meeting}
        self.sessions = {name: activity for name, activity in self.activities.items() if not activity.is_meeting}
        self.alike = (
            {room: (room,) for room in sorted(problem.room)}
            if room_by_room or explaining
            else alike_rooms(problem, self.activities.values())
        )
        self.always = self._new("always")
        self.formula.fix(self.always)
        self.never = -self.always
        self.placed: dict[str, Literal] = {name: self._new(f"{name} is placed") for name in self.activities}
        self.start = {name: self._starts(activity) for name, activity in self.activities.items()}
        self.room = {
            name: self._rooms(activity) for name, activity in self.activities.items() if self._is_roomed(activity)
        }
        self.attends = {name: self._people(activity) for name, activity in self.meetings.items()}
        self._home = {name: name for name in self.room}
        self._shut: set[tuple[str, str]] = set()
        # What is asked for again and again; the last two only until a choice is taken away.
        self.ways: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
        self._known_starts: dict[str, tuple[list[int], list[Literal]]] = {}
        self._known_rooms: dict[str, list[str]] = {}
        self._chains: dict[str, dict[int, Literal]] = {}
        self._derived: dict[tuple[object, ...], Literal] = {}
        self._any: dict[tuple[Literal, ...], Literal] = {}
        # What follows from the rules and has been said once: to say it again would only be longer.
        self.implied: set[tuple[str, ...]] = set()

    # -- the literals --------------------------------------------------------------------------------------------

    def _new(self, name: str) -> Literal:
        return self.formula.new(name)

    def _starts(self, activity: Activity) -> dict[int, Literal]:
        """Every start that is thinkable before any rule is heard, also outside the windows and the day."""
        day = self.problem.day
        first = min([day.opens, *(window.start for window in activity.windows)])
        last = max([day.closes, *(window.end for window in activity.windows)]) - activity.minutes
        times: Iterable[int] = range(first, last + 1, day.step)
        if activity.id in self._only:
            times = sorted(self._only[activity.id])
        return {time: self._new(f"{activity.id} starts at {time}") for time in times}

    @staticmethod
    def _is_roomed(activity: Activity) -> bool:
        return activity.is_meeting or bool(activity.rooms)

    def _rooms(self, activity: Activity) -> dict[str, Literal]:
        return {room: self._new(f"{activity.id} in {room}") for room in self.alike}

    def _people(self, meeting: Activity) -> dict[str, Literal]:
        members = {person for panel in meeting.panels for person in self.problem.panel[panel].members}
        return {person: self._new(f"{person} attends {meeting.id}") for person in sorted(members)}

    def settle(self) -> None:
        """Close the choices after the rules have shortened them: one start or none, and one room."""
        self.formula.about(None)
        for name, starts in self.start.items():
            self.formula.exactly_one([-self.placed[name], *starts.values()])
        for home in sorted(set(self._home.values())):
            self.formula.exactly_one(self.room[home].values())

    # -- shortening ----------------------------------------------------------------------------------------------

    def forbid_start(self, activity: str, time: int) -> None:
        """Take a start away for good."""
        literal = self.start[activity].get(time)
        if literal is not None:
            self.formula.fix(-literal)
            if not self.explaining:
                del self.start[activity][time]
                self._known_starts.pop(activity, None)

    def keep_starts(self, activity: str, times: Collection[int]) -> None:
        """Take away every start but these."""
        for time in sorted(set(self.start[activity]).difference(times)):
            self.forbid_start(activity, time)

    def forbid_room(self, activity: str, room: str) -> None:
        """Take a room away for good: an activity that has it in mind is not placed."""
        if (activity, room) not in self._shut:
            self.formula.implies(self.room[activity][room], -self.placed[activity])
            if not self.explaining:
                self._shut.add((activity, room))
                self._known_rooms.pop(activity, None)

    def forbid_person(self, meeting: str, person: str) -> None:
        """Take a person away from a meeting for good."""
        literal = self.attends[meeting].get(person)
        if literal is not None:
            self.formula.fix(-literal)
            if not self.explaining:
                del self.attends[meeting][person]

    def share_room(self, activities: Sequence[str]) -> None:
        """Make activities have one and the same room in mind, by one set of literals."""
        homes = {self._home[name] for name in activities}
        for name in [name for name, home in self._home.items() if home in homes]:
            # What has been said about the literals that are given up holds for those that remain.
            for room, shared in self.room[min(homes)].items():
                self._same(self.room[name][room], shared)
            if not self.explaining:
                self._home[name] = min(homes)
                self.room[name] = self.room[min(homes)]

    def _same(self, one: Literal, other: Literal) -> None:
        if one != other:
            self.formula.implies(one, other)
            self.formula.implies(other, one)

    # -- asking --------------------------------------------------------------------------------------------------

    def home(self, activity: str) -> str:
        """The name under which activities that always share a room are known."""
        return self._home[activity]

    def households(self) -> dict[str, list[Activity]]:
        """The activities that need a room, gathered by `home`."""
        gathered: dict[str, list[Activity]] = {}
        for name in self.room:
            gathered.setdefault(self._home[name], []).append(self.activities[name])
        return gathered

    def rooms_left(self, activity: str) -> list[str]:
        """The rooms that no rule has taken away from the activity."""
        if activity not in self._known_rooms:
            left = [room for room in self.room[activity] if (activity, room) not in self._shut]
            self._known_rooms[activity] = left
        return self._known_rooms[activity]

    def household_rooms(self, home: str) -> set[str]:
        """The rooms left for at least one of the activities that are known under `home`."""
        return {room for activity in self.households()[home] for room in self.rooms_left(activity.id)}

    def is_counted(self, room: str) -> bool:
        """Whether the room stands for several that are alike, of which it does not matter which is taken."""
        return len(self.alike[room]) > 1

    def starts_between(self, activity: str, first: int, last: int) -> list[Literal]:
        """The starts of the activity from `first` up to and including `last`."""
        times, literals = self._starts_of(activity)
        return literals[bisect_left(times, first) : bisect_right(times, last)]

    def _starts_of(self, activity: str) -> tuple[list[int], list[Literal]]:
        if activity not in self._known_starts:
            self._known_starts[activity] = list(self.start[activity]), list(self.start[activity].values())
        return self._known_starts[activity]

    def running(self, activity: Activity, start: int, end: int) -> list[Literal]:
        """The starts with which the activity takes place at some moment of `[start, end)`."""
        return self.starts_between(activity.id, start - activity.minutes + 1, end - 1)

    # -- literals that follow from others, made when first asked for ----------------------------------------------

    def derived(self, key: tuple[object, ...], define: Callable[[Literal], None]) -> Literal:
        """The literal known by `key`, a phrase and what it is about; the first time, `define` says what it means."""
        if key not in self._derived:
            self._derived[key] = literal = self._new(" ".join(map(str, key)))
            with self.formula.defining():
                define(literal)
        return self._derived[key]

    def started_by(self, activity: str, time: int) -> Literal:
        """Whether the activity is placed and starts at `time` or before."""
        times, _ = self._starts_of(activity)
        count = bisect_right(times, time)
        if count == 0:
            return self.never
        return self.placed[activity] if count == len(times) else self._chain(activity)[times[count - 1]]

    def started_after(self, activity: str, time: int) -> Literal:
        """Whether the activity is placed and starts later than `time`."""
        times, _ = self._starts_of(activity)
        count = bisect_right(times, time)
        if count == len(times):
            return self.never
        if count == 0:
            return self.placed[activity]
        return self.derived(
            ("starts after", activity, times[count - 1]),
            lambda it: self.formula.exactly_one([-self.placed[activity], self.started_by(activity, time), it]),
        )

    def _chain(self, activity: str) -> dict[int, Literal]:
        """For each start, whether the activity starts then or before."""
        if activity not in self._chains:
            chain: dict[int, Literal] = {}
            earlier = self.never
            with self.formula.defining():
                for time, starts in self.start[activity].items():
                    chain[time] = self._new(f"{activity} starts by {time}")
                    self.formula.exactly_one([earlier, starts, -chain[time]])
                    earlier = chain[time]
            self._chains[activity] = chain
        return self._chains[activity]

    def some(self, key: tuple[object, ...], literals: Iterable[Literal]) -> Literal:
        """Whether any of the literals holds; the key is its name. The same literals have but one such."""
        any_of = sorted({literal for literal in literals if literal != self.never})
        if len(any_of) < 2:
            return any_of[0] if any_of else self.never
        if tuple(any_of) not in self._any:
            self._any[tuple(any_of)] = literal = self._new(" ".join(map(str, key)))
            with self.formula.defining():
                self._define_some(literal, any_of)
        return self._any[tuple(any_of)]

    def _define_some(self, it: Literal, any_of: Sequence[Literal]) -> None:
        self.formula.either([-it, *any_of])
        for literal in any_of:
            self.formula.implies(literal, it)

    def both(self, key: tuple[object, ...], one: Literal, other: Literal) -> Literal:
        """Whether both hold, known by `key`."""
        return -self.some((*key, "not"), [-one, -other])
