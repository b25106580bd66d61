"""Each rule and wish of a conflict as a short sentence about this very day."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from solver.activities import Activity, activities_of
from solver.counting.capacity import Bound
from solver.explaining.instances import Instance, named, names_of, rule_word
from solver.explaining.means import seats_for
from solver.explaining.people import Crew
from solver.explaining.wording import Words
from solver.problem import Windows
from solver.rules import Rule

VIDEO = "video"


class Sentences:
    """What is said of the instances of one conflict; `bounds` are what counting knows of the day."""

    def __init__(self, words: Words, conflict: Collection[Instance], bounds: Sequence[Bound]) -> None:
        self._words, self._problem, self._conflict, self._bounds = words, words.problem, conflict, bounds
        self._activities = activities_of(words.problem)
        self._crew = Crew(words, conflict)

    def of(self, instance: Instance) -> str:
        """The sentence about one instance."""
        said = self._SAY[instance.rule](self, *instance.about)
        return " ".join([said, *self._counted(instance)])

    def _counted(self, instance: Instance) -> Iterator[str]:
        """How many fit, said where it is said who is wanted by too many."""
        asked = names_of(self._conflict)
        for bound in self._bounds if instance.rule in {Rule.ONE_PLACE, Rule.PAUSE} else ():
            wanting = asked.intersection(bound.meetings)
            if bound.takers == instance.about and len(wanting) > max(1, bound.most):
                yield self._words.say("fits", most=bound.most, count=len(wanting))
                return

    # -- time ----------------------------------------------------------------------------------------------------

    def _open(self, _day: str) -> str:
        day = self._problem.day
        return self._words.say("R1", opens=self._words.time(day.opens), closes=self._words.time(day.closes))

    def _window(self, about: str) -> str:
        kind, name = named(about)
        is_activity = kind in {"session", "meeting"}
        windows = self._activities[name].windows if is_activity else self._free(kind, name)
        key = "R2 activity" if is_activity else "R2"
        if not windows:
            return self._words.say(f"{key} never", who=self._words.thing(about))
        return self._words.say(key, who=self._words.thing(about), windows=self._words.windows(windows))

    def _free(self, kind: str, name: str) -> Windows:
        problem = self._problem
        free: Mapping[str, Callable[[], Windows]] = {
            "person": lambda: problem.person[name].free,
            "supplier": lambda: problem.supplier[name].free,
            "room": lambda: problem.room[name].free,
        }
        return free[kind]()

    def _one_place(self, about: str) -> str:
        return self._words.say("R3 room" if about.startswith("room:") else "R3", who=self._words.thing(about))

    def _travel(self, about: str) -> str:
        travel = self._problem.travel
        minutes = max([travel.minutes, *travel.between.values()])
        return self._words.say("R4", who=self._words.thing(about), minutes=minutes)

    def _pause(self, about: str) -> str:
        panel, who = self._problem.panel[named(about)[1]], self._words.thing(about)
        pause = [self._words.say("R7", who=who, minutes=panel.pause_minutes)] if panel.pause_minutes else []
        stretch = panel.stretch
        longest = (
            [self._words.say("R7 stretch", who=who, minutes=stretch.minutes, rest=stretch.rest_minutes)]
            if stretch
            else []
        )
        return " ".join(pause + longest)

    def _after(self, about: str, earlier: str) -> str:
        return self._words.say("R9", what=self._words.thing(about), earlier=self._words.thing(earlier))

    def _rest(self, about: str) -> str:
        kind, name = named(about)
        rests = [rest for rest in self._problem.rests if name in (rest.people if kind == "person" else rest.suppliers)]
        return " ".join(
            self._words.say(
                "R10", who=self._words.thing(about), minutes=rest.minutes, window=self._words.windows((rest.window,))
            )
            for rest in rests
        )

    def _apart(self, *about: str) -> str:
        names = [named(each)[1] for each in about]
        groups = [group for group in self._problem.apart if len({*group.suppliers}.intersection(names)) > 1]
        minutes = max((group.minutes for group in groups), default=0)
        return self._words.say("R11", minutes=minutes, names=self._words.listed(names))

    def _even(self, _day: str) -> str:
        return self._words.say("R15", count=self._problem.breaks_differ_by)

    # -- place and people ----------------------------------------------------------------------------------------

    def _room(self, about: str, room_about: str) -> str:
        activity, room = self._activities[named(about)[1]], self._problem.room[named(room_about)[1]]
        what, where = self._words.thing(about), self._words.thing(room_about)
        is_online = any(self._problem.supplier[supplier].online for supplier in activity.suppliers)
        if room.id in activity.rooms and is_online and VIDEO not in room.features:
            return self._words.say("R5 video", what=what, room=where)
        key = "R5 seats" if room.id in activity.rooms else "R5"
        needed = seats_for(self._problem, activity)
        return self._words.say(key, what=what, room=where, seats=room.seats, needed=needed)

    def _panel(self, about: str, meeting: str) -> str:
        return self._crew.needed(about, meeting)

    def _stays(self, about: str) -> str:
        return self._words.say("R8", who=self._words.thing(about))

    def _barred(self, about: str) -> str:
        barred = self._problem.person[named(about)[1]].barred
        met = {supplier for name in names_of(self._conflict) for supplier in self._activities[name].suppliers}
        return self._words.say("R14", who=self._words.thing(about), names=self._words.listed(sorted(barred & met)))

    # -- promises ------------------------------------------------------------------------------------------------

    def _pinned(self, about: str) -> str:
        meeting = self._problem.meeting[named(about)[1]]
        until = self._problem.fixed_until
        told = [each for each in self._problem.announced if each.id == meeting.id]
        fixed = [each for each in told if until is not None and each.start < until]
        start, room = (fixed[0].start, fixed[0].room) if fixed else (meeting.start, meeting.room)
        place = [*([] if start is None else [self._words.time(start)])]
        place += [] if room is None else [self._words.thing(f"room:{room}")]
        return self._words.say("R12 told" if fixed else "R12", what=self._words.thing(about), place=", ".join(place))

    def _asked(self, about: str) -> str:
        activity = self._activities[named(about)[1]]
        return self._words.say(
            rule_word(self._problem, Instance(Rule.REQUIRED, (about,))),
            what=self._words.thing(about),
            minutes=activity.minutes,
            names=self._words.listed(_parties(activity)),
        )

    _SAY: Mapping[Rule, Callable[..., str]] = {
        Rule.OPEN: _open,
        Rule.WINDOW: _window,
        Rule.ONE_PLACE: _one_place,
        Rule.TRAVEL: _travel,
        Rule.ROOM: _room,
        Rule.PANEL: _panel,
        Rule.PAUSE: _pause,
        Rule.STAYS: _stays,
        Rule.AFTER: _after,
        Rule.REST: _rest,
        Rule.APART: _apart,
        Rule.PINNED: _pinned,
        Rule.REQUIRED: _asked,
        Rule.BARRED: _barred,
        Rule.EVEN: _even,
    }


def _parties(activity: Activity) -> list[str]:
    return [*activity.suppliers, *activity.panels]
