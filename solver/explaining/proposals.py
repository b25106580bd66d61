"""Which changes might help, as the conflicts suggest them: each a ladder from what asks least to what asks most."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from solver.activities import activities_of
from solver.counting.capacity import Bound
from solver.explaining.changes import (
    Change,
    close_later,
    free_longer,
    open_earlier,
    shorter_meetings,
    shorter_pause,
)
from solver.explaining.instances import Instance, named
from solver.explaining.letting_go import SEED
from solver.explaining.means import VIDEO, add_panels, add_people, add_rooms, go_online, more_seats, seats_for, size_of
from solver.explaining.promises import drop_pin, let_panel_move
from solver.planning.lots import lot
from solver.problem import Person, Problem, Span, Windows
from solver.rules import Rule

# How far a day may be stretched before nobody would call it one.
EARLIEST, LATEST, MOST_MINUTES = 7 * 60, 21 * 60, 4 * 60
SHORTEST_MEETING = 10
MOST_ROOMS, MOST_PEOPLE, MOST_PANELS = 8, 3, 8

TIMES = frozenset({Rule.OPEN, Rule.WINDOW, Rule.ONE_PLACE, Rule.PAUSE, Rule.REST, Rule.TRAVEL, Rule.APART})


@dataclass(frozen=True, slots=True)
class Proposal:
    """Changes of one kind, what asks least first; each helps wherever those before it do, when it is a ladder."""

    options: tuple[Change, ...]
    is_ladder: bool = True


class Want(NamedTuple):
    """What a person should bring: a skill, and another buyer than those who are there."""

    skill: str | None = None
    buyer: bool = False


class Proposals:
    """What the conflicts of one day suggest; `bounds` are those that more is asked for than they allow."""

    def __init__(self, problem: Problem, conflicts: Iterable[Sequence[Instance]], bounds: Sequence[Bound]) -> None:
        self._problem, self._bounds = problem, bounds
        self._instances = tuple(dict.fromkeys(chain.from_iterable(conflicts)))
        self._rules = {each.rule for each in self._instances}

    def all(self) -> list[Proposal]:
        """Every proposal that has anything to offer, the one that might ask least first."""
        found = [
            self._let_panel_move(),
            *self._free_longer(),
            self._drop_pin(),
            self._close_later(),
            self._open_earlier(),
            self._shorter_pause(),
            self._shorter_meetings(),
            *self._go_online(),
            self._add_room(),
            *self._more_seats(),
            *self._add_person(),
            *self._add_panel(),
        ]
        unlike = {str([(each.kind, each.facts) for each in proposal.options]): proposal for proposal in found}
        return sorted((each for each in unlike.values() if each.options), key=lambda each: each.options[0].burden)

    def _about(self, rule: Rule, kind: str) -> list[str]:
        """The ids of the things of a kind that an instance of the rule is about."""
        names = (named(about) for each in self._instances if each.rule is rule for about in each.about)
        return list(dict.fromkeys(name for known, name in names if known == kind))

    # -- hours ---------------------------------------------------------------------------------------------------

    def _close_later(self) -> Proposal:
        day = self._problem.day
        most = min(MOST_MINUTES, LATEST - day.closes) if self._is_about_hours() else 0
        return Proposal(tuple(close_later(minutes) for minutes in range(day.step, most + 1, day.step)))

    def _open_earlier(self) -> Proposal:
        day = self._problem.day
        most = min(MOST_MINUTES, day.opens - EARLIEST) if self._is_about_hours() else 0
        return Proposal(tuple(open_earlier(minutes) for minutes in range(day.step, most + 1, day.step)))

    def _is_about_hours(self) -> bool:
        return Rule.OPEN in self._rules or any(self._touches_an_end(each) for each in self._windows().values())

    def _touches_an_end(self, windows: Windows) -> bool:
        day = self._problem.day
        return any(each.start == day.opens or each.end == day.closes for each in windows)

    def _windows(self) -> dict[str, Windows]:
        """The windows that stand in a conflict, by whose they are."""
        problem = self._problem
        every: dict[str, Windows] = {f"room:{each.id}": each.free for each in problem.rooms}
        every |= {f"person:{each.id}": each.free for each in problem.people}
        every |= {f"supplier:{each.id}": each.free for each in problem.suppliers}
        every |= {f"session:{each.id}": each.windows for each in problem.sessions}
        every |= {f"meeting:{each.id}": each.windows for each in problem.meetings}
        return {each.about[0]: every[each.about[0]] for each in self._instances if each.rule is Rule.WINDOW}

    def _free_longer(self) -> Iterator[Proposal]:
        """For each, a little more at every edge of its windows."""
        step = self._problem.day.step
        for about, windows in self._windows().items():
            for gap in gaps(self._problem.day.whole, windows):
                lengths = range(step, gap.minutes + 1, step)
                if any(each.end == gap.start for each in windows):
                    pieces = [Span(gap.start, gap.start + more) for more in lengths]
                    yield Proposal(tuple(_longer(about, windows, piece) for piece in pieces))
                if any(each.start == gap.end for each in windows) or not windows:
                    pieces = [Span(gap.end - more, gap.end) for more in lengths]
                    yield Proposal(tuple(_longer(about, windows, piece) for piece in pieces))

    # -- lengths -------------------------------------------------------------------------------------------------

    def _shorter_meetings(self) -> Proposal:
        longest = max((each.minutes for each in self._problem.meetings), default=0)
        step = self._problem.day.step
        lengths = range(longest - step, SHORTEST_MEETING - 1, -step) if self._rules & TIMES else ()
        return Proposal(tuple(shorter_meetings(minutes, longest - minutes) for minutes in lengths))

    def _shorter_pause(self) -> Proposal:
        longest = max((each.pause_minutes for each in self._problem.panels), default=0)
        lengths = range(longest - 5, -5, -5) if Rule.PAUSE in self._rules and longest else ()
        return Proposal(tuple(shorter_pause(max(0, minutes), longest - max(0, minutes)) for minutes in lengths))

    # -- promises ------------------------------------------------------------------------------------------------

    def _let_panel_move(self) -> Proposal:
        panels = self._about(Rule.STAYS, "panel")
        return _each_then_all(panels, let_panel_move)

    def _drop_pin(self) -> Proposal:
        return _each_then_all(self._about(Rule.PINNED, "meeting"), drop_pin)

    # -- means ---------------------------------------------------------------------------------------------------

    def _go_online(self) -> Iterator[Proposal]:
        problem = self._problem
        away = [*self._about(Rule.WINDOW, "supplier"), *self._about(Rule.TRAVEL, "supplier")]
        on_site = [name for name in dict.fromkeys(away) if not problem.supplier[name].online]
        yield _each_then_all(on_site, lambda names: go_online(suppliers=names))
        rooms = [name for name in self._about(Rule.ROOM, "room") if VIDEO not in problem.room[name].features]
        if any(each.online for each in problem.suppliers):
            yield _each_then_all(rooms, lambda names: go_online(rooms=names))

    def _add_room(self) -> Proposal:
        kinds = {named(about)[0] for each in self._instances for about in each.about}
        is_about_rooms = "room" in kinds or Rule.STAYS in self._rules
        problem = self._problem
        seats = max([each.seats for each in problem.suppliers], default=0) + max([1, *map(size_of, problem.panels)])
        features = (VIDEO,) if any(each.online for each in problem.suppliers) else ()
        numbers = range(1, MOST_ROOMS + 1) if is_about_rooms else ()
        return Proposal(tuple(add_rooms(number, seats, features) for number in numbers))

    def _more_seats(self) -> Iterator[Proposal]:
        """For each room that is for an activity and too small for it, the seats that this takes."""
        problem, activities = self._problem, activities_of(self._problem)
        needed: dict[str, int] = {}
        for about, where in (each.about for each in self._instances if each.rule is Rule.ROOM):
            activity, room = activities[named(about)[1]], named(where)[1]
            seats = seats_for(problem, activity)
            if room in activity.rooms and seats > problem.room[room].seats:
                needed[room] = max(seats, needed.get(room, 0))
        for room, seats in sorted(needed.items()):
            yield Proposal((more_seats(room, seats, seats - problem.room[room].seats),))

    def _add_person(self) -> Iterator[Proposal]:
        """One person more where too few have a skill; and for each panel that cannot be manned, with each it needs."""
        in_need = self._about(Rule.PANEL, "panel")
        if in_need:
            yield from (_more_people(panels, want) for want, panels in self._shortages().items())
        for panel in (self._problem.panel[name] for name in in_need):
            wants = (*(Want(skill) for skill in sorted(panel.needs.skills)), Want())
            yield from (_more_people((panel.id,), want) for want in wants)

    def _shortages(self) -> dict[Want, tuple[str, ...]]:
        """What panels need more of than they have, whatever the hour, each with the panels."""
        short: dict[Want, tuple[str, ...]] = {}
        for panel in self._problem.panels:
            members = [self._problem.person[who] for who in dict.fromkeys(panel.members)]
            wants = [
                Want(skill) for skill, count in sorted(panel.needs.skills.items()) if _holders(members, skill) < count
            ]
            wants += [Want()] if len(members) < panel.needs.people else []
            wants += [Want(buyer=True)] if len({each.buyer for each in members}) < panel.needs.buyers else []
            for want in wants:
                short[want] = (*short.get(want, ()), panel.id)
        return short

    def _add_panel(self) -> Iterator[Proposal]:
        """For the panels that more is asked of than they hold, as many more as take over what is too much."""
        full = [bound for bound in self._bounds if bound.takers[0].startswith("panel:")]
        if not full:
            return
        too_much = [name for bound in full for name in self._by_lot(bound)[bound.most :]]
        like, held = named(full[0].takers[0])[1], max(1, *(bound.most for bound in full))
        shares = tuple(tuple(too_much[at : at + held]) for at in range(0, len(too_much), held))
        if len(shares) <= MOST_PANELS:
            yield Proposal((add_panels(like, shares, 0), add_panels(like, shares, len(shares))))

    def _by_lot(self, bound: Bound) -> list[str]:
        """The meetings in the order of their suppliers' lots: nobody is moved for standing last in a list."""
        problem = self._problem

        def drawn(name: str) -> tuple[bool, list[str]]:
            suppliers = problem.suppliers_of(problem.meeting[name])
            return len(problem.panels_of(problem.meeting[name])) == 1, sorted(lot(SEED, each.id) for each in suppliers)

        return sorted(bound.meetings, key=drawn)


def gaps(whole: Span, windows: Windows) -> Iterator[Span]:
    """The pieces of the day that no window covers."""
    start = whole.start
    for window in sorted(windows):
        if start < min(window.start, whole.end):
            yield Span(start, min(window.start, whole.end))
        start = max(start, window.end)
    if start < whole.end:
        yield Span(start, whole.end)


def _longer(about: str, windows: Windows, more: Span) -> Change:
    """A piece of the day more, together with the windows that it touches."""
    touching = tuple(each for each in windows if each.start <= more.end and more.start <= each.end)
    whole = Span(min(each.start for each in (*touching, more)), max(each.end for each in (*touching, more)))
    return free_longer(about, whole, touching)


def _more_people(panels: tuple[str, ...], want: Want) -> Proposal:
    """One person more, or several, for all of the panels."""
    numbers = range(1, MOST_PEOPLE + 1)
    return Proposal(tuple(add_people(each, panels, want.skill, from_another_buyer=want.buyer) for each in numbers))


def _holders(people: Iterable[Person], skill: str) -> int:
    return sum(skill in each.skills for each in people)


def _each_then_all(names: Sequence[str], change: Callable[[tuple[str, ...]], Change]) -> Proposal:
    """One of them alone, whichever it is; and if that is not enough, all of them."""
    together = (tuple(names),) if len(names) > 1 else ()
    return Proposal(tuple(change(some) for some in (*((name,) for name in names), *together)), is_ladder=False)
