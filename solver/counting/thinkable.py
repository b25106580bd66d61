"""When each activity could take place at all, looked at alone: before anything else of the day is in its way.

A set of starts is one whole number: bit `i` is set when an activity may start `i` steps after midnight. What is
thinkable is never too little: a start that is missing here stands in no lawful plan.
"""

from collections.abc import Collection, Iterable
from functools import cache, cached_property

from solver.activities import Activity, activities_of
from solver.model.formula import Tag
from solver.problem import Panel, Problem, Room, Windows
from solver.rules import Rule

Starts = int

# A step that no day has: what comes after something that cannot take place has no start either.
NEVER = 24 * 60


def within(windows: Windows, minutes: int, step: int) -> Starts:
    """The starts with which so many minutes lie inside one of the windows."""
    starts = 0
    for window in windows:
        first, last = max(0, -(-window.start // step)), (window.end - minutes) // step
        if last >= first:
            starts |= (1 << (last + 1)) - (1 << first)
    return starts


def at_least(count: int, sets: Iterable[Starts]) -> Starts:
    """The starts that at least so many of the sets hold; every start when none need."""
    levels = [-1] + [0] * max(0, count)
    for starts in sets:
        for level in range(len(levels) - 1, 0, -1):
            levels[level] |= levels[level - 1] & starts
    return levels[-1]


def first_of(starts: Starts) -> int | None:
    """The number of the first start, None when there is none."""
    return (starts & -starts).bit_length() - 1 if starts else None


class Thinkable:
    """The starts of every activity of one day, each looked at alone; `dropped` names instances of rules left aside.

    Of these, only the ones are heard of that cannot be left out of the problem itself.
    """

    def __init__(self, problem: Problem, dropped: Collection[Tag] = ()) -> None:
        self.problem = problem
        self.dropped = frozenset(dropped)
        self.step = problem.day.step
        self.activities = activities_of(problem)
        self.free_of_person = cache(self._free_of_person)
        self.rooms_of = cache(self._rooms_of)

    @cached_property
    def starts(self) -> dict[str, Starts]:
        """The thinkable starts of each activity, also with regard to what it must come after."""
        alone = {name: self._alone(activity) for name, activity in self.activities.items()}
        earliest: dict[str, int] = {}
        return {name: starts & -(1 << self._earliest(name, alone, earliest)) for name, starts in alone.items()}

    def in_room(self, name: str, room: str) -> Starts:
        """The thinkable starts of an activity in one room; none when the room is not for it."""
        return self.starts[name] & self.rooms_of(name).get(room, 0)

    def with_person(self, name: str, person: str) -> Starts:
        """The thinkable starts of an activity at which the person is free for it."""
        return self.starts[name] & self.free_of_person(person, self.activities[name].minutes)

    def _earliest(self, name: str, alone: dict[str, Starts], known: dict[str, int]) -> int:
        """The first step at which the activity may start, given how early all that it comes after may end."""
        if name not in known:
            before = self.activities[name].after
            after = [
                self._earliest(each, alone, known) + -(-self.activities[each].minutes // self.step) for each in before
            ]
            floor = max(after, default=0)
            own = first_of(alone[name] >> floor)
            known[name] = NEVER if own is None else floor + own
        return known[name]

    def _alone(self, activity: Activity) -> Starts:
        problem = self.problem
        starts = self._within((problem.day.whole,), activity) & self._within(activity.windows, activity)
        for supplier in activity.suppliers:
            starts &= self._within(problem.supplier[supplier].free, activity)
        for person in activity.people:
            starts &= self.free_of_person(person, activity.minutes)
        if activity.is_meeting or activity.rooms:
            starts &= at_least(1, self.rooms_of(activity.id).values())
        return starts & self._of_meeting(activity) if activity.is_meeting else starts

    def _within(self, windows: Windows, activity: Activity) -> Starts:
        return within(windows, activity.minutes, self.step)

    def _of_meeting(self, meeting: Activity) -> Starts:
        starts = self._kept(meeting)
        for panel in meeting.panels:
            if not self.drops(Rule.PANEL, f"panel:{panel}", meeting.about):
                starts &= self._manned(meeting, self.problem.panel[panel])
        return starts

    def drops(self, rule: Rule, *about: str) -> bool:
        """Whether an instance of a rule is left aside."""
        return Tag(rule, about) in self.dropped

    def _kept(self, meeting: Activity) -> Starts:
        """The starts that a pin or a promise leaves."""
        until = self.problem.fixed_until
        kept = [self.problem.meeting[meeting.id].start] + [
            told.start
            for told in self.problem.announced
            if told.id == meeting.id and until is not None and told.start < until
        ]
        starts = -1
        for start in kept:
            if start is not None:
                starts &= 0 if start % self.step else 1 << start // self.step
        return starts

    def _manned(self, meeting: Activity, panel: Panel) -> Starts:
        """The starts at which enough of the panel are free."""
        free = {who: self.free_of_person(who, meeting.minutes) for who in self.eligible(meeting, panel)}
        person, needs = self.problem.person, panel.needs
        starts = at_least(needs.people, free.values())
        for skill, count in needs.skills.items():
            starts &= at_least(count, [each for who, each in free.items() if skill in person[who].skills])
        of_buyer: dict[str, Starts] = {}
        for who, each in free.items():
            of_buyer[person[who].buyer] = of_buyer.get(person[who].buyer, 0) | each
        return starts & at_least(needs.buyers, of_buyer.values())

    def eligible(self, meeting: Activity, panel: Panel) -> list[str]:
        """The members of the panel who may meet the suppliers of the meeting, each once."""
        person = self.problem.person
        members = dict.fromkeys(panel.members)
        return [who for who in members if not person[who].barred.intersection(meeting.suppliers)]

    def _free_of_person(self, person: str, minutes: int) -> Starts:
        return within(self.problem.person[person].free, minutes, self.step)

    def _rooms_of(self, name: str) -> dict[str, Starts]:
        """The rooms that are for the activity, each with the starts at which it is free."""
        activity = self.activities[name]
        rooms = [room for room in self.problem.rooms if room.id in self._pinned_to(activity)]
        return {
            room.id: within(room.free, activity.minutes, self.step)
            for room in rooms
            if self._is_suitable(room, activity) or self.drops(Rule.ROOM, activity.about, f"room:{room.id}")
        }

    def _is_suitable(self, room: Room, activity: Activity) -> bool:
        has_what_it_takes = self._seats(activity) <= room.seats and (
            not self._is_online(activity) or "video" in room.features
        )
        return room.id in activity.rooms and has_what_it_takes

    def _seats(self, activity: Activity) -> int:
        """The seats that it takes at the least."""
        suppliers = sum(self.problem.supplier[supplier].seats for supplier in activity.suppliers)
        manned = [
            self.problem.panel[panel].needs.people
            for panel in (activity.panels if activity.is_meeting else ())
            if not self.drops(Rule.PANEL, f"panel:{panel}", activity.about)
        ]
        return suppliers + max([len(activity.people), *manned])

    def _is_online(self, activity: Activity) -> bool:
        return any(self.problem.supplier[supplier].online for supplier in activity.suppliers)

    def _pinned_to(self, activity: Activity) -> Collection[str]:
        pin = self.problem.meeting[activity.id].room if activity.is_meeting else None
        return self.problem.room if pin is None else (pin,)
