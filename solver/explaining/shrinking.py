"""From much that cannot be kept together to a conflict: no more than is needed for that."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from solver.explaining.instances import Instance, named
from solver.explaining.twins import Twins
from solver.problem import Problem
from solver.rules import Rule


class Verdict(NamedTuple):
    """Whether it is possible, None when that is not known; and when it is not, what suffices to make it so."""

    is_possible: bool | None
    core: frozenset[Instance] = frozenset()


Judge = Callable[[Collection[Instance]], Verdict]

Key = tuple[Rule, str]

# What is tried without first: what is hardest to grasp, so that the conflict that remains is the plainest there is.
_LAST_TO_KEEP: tuple[Key, ...] = (
    (Rule.REQUIRED, "session"),
    (Rule.REQUIRED, "meeting"),
    (Rule.EVEN, "day"),
    (Rule.APART, "supplier"),
    (Rule.TRAVEL, "person"),
    (Rule.TRAVEL, "supplier"),
    (Rule.STAYS, "panel"),
    (Rule.ROOM, "session"),
    (Rule.ROOM, "meeting"),
    (Rule.WINDOW, "room"),
    (Rule.REST, "person"),
    (Rule.REST, "supplier"),
    (Rule.BARRED, "person"),
    (Rule.PANEL, "panel"),
    (Rule.ONE_PLACE, "room"),
    (Rule.ONE_PLACE, "person"),
    (Rule.WINDOW, "person"),
    (Rule.PINNED, "meeting"),
    (Rule.AFTER, "session"),
    (Rule.AFTER, "meeting"),
    (Rule.PAUSE, "panel"),
    (Rule.WINDOW, "supplier"),
    (Rule.WINDOW, "session"),
    (Rule.WINDOW, "meeting"),
    (Rule.ONE_PLACE, "supplier"),
    (Rule.ONE_PLACE, "panel"),
)


_TIMES: frozenset[Key] = frozenset(_LAST_TO_KEEP[_LAST_TO_KEEP.index((Rule.PINNED, "meeting")) :])
_CREWS: frozenset[Key] = frozenset(
    {
        (Rule.PANEL, "panel"),
        (Rule.BARRED, "person"),
        (Rule.ONE_PLACE, "person"),
        (Rule.WINDOW, "person"),
        (Rule.REST, "person"),
        (Rule.REST, "supplier"),
    }
)
_ROOMS: frozenset[Key] = frozenset(
    {
        (Rule.ROOM, "session"),
        (Rule.ROOM, "meeting"),
        (Rule.WINDOW, "room"),
        (Rule.ONE_PLACE, "room"),
        (Rule.STAYS, "panel"),
    }
)

# Kinds of rules that a conflict is sought in first: about time alone, then also who attends, then also where.
PLAIN: tuple[frozenset[Key], ...] = (_TIMES, _TIMES | _CREWS, _TIMES | _ROOMS)


class Shrinking:
    """One conflict while it is being shrunk; `is_sure` as long as each thing kept is known to be needed.

    A judge who `tells` of what is possible is asked no further once it cannot tell.
    """

    def __init__(self, judge: Judge, kept: Collection[Instance], day: Problem, *, tells: bool = True) -> None:
        self._judge, self._day, self._tells = judge, day, tells
        self.kept = frozenset(kept)
        self._needed: frozenset[Instance] = frozenset()
        self.is_sure = True

    def shrink(self) -> "Shrinking":
        """Leave out whatever can be left out."""
        sessions, *others = _LAST_TO_KEEP
        self._leave_out_each(sessions)
        for kind in (kind for key in others if key[0] is not Rule.REQUIRED for kind in self._kinds(key)):
            if len(kind) > 1:
                self._leave_out_all(kind)
        for key in others:
            if key[0] is Rule.REQUIRED:
                # Most of what is asked for is needed: there is nothing to gain by trying without many at once.
                self._leave_out_each(key)
            for kind in self._kinds(key):
                self._leave_out(kind)
        return self

    @property
    def _is_in_vain(self) -> bool:
        return self._tells and not self.is_sure

    def _group(self, key: Key) -> list[Instance]:
        return sorted((each for each in self.kept if key_of(each) == key), key=lambda each: each.about)

    def _kinds(self, key: Key) -> list[list[Instance]]:
        """What is kept of the group, by what else it is about: what is said of one room and many meetings, together."""
        kinds: dict[tuple[str, ...], list[Instance]] = {}
        for each in self._group(key):
            kinds.setdefault(each.about[1:], []).append(each)
        return list(kinds.values())

    def _leave_out_each(self, key: Key) -> None:
        for each in self._group(key):
            self._leave_out([each])

    def _leave_out_all(self, group: Sequence[Instance]) -> Verdict:
        """Leave out the whole group, if it can be, and what else the verdict shows not to be needed."""
        verdict = self._judge(self.kept.difference(group))
        if verdict.is_possible is False:
            alike = key_of(group[0])
            self.kept = frozenset(
                each for each in self.kept.difference(group) if each in verdict.core or key_of(each) != alike
            )
        return verdict

    def _leave_out(self, group: Sequence[Instance]) -> None:
        """Leave out as much of the group as can be."""
        still = [each for each in group if each in self.kept - self._needed]
        if not still or self._is_in_vain:
            return
        verdict = self._leave_out_all(still)
        if verdict.is_possible is False:
            return
        if len(still) > 1:
            half = len(still) // 2
            self._leave_out(still[:half])
            self._leave_out(still[half:])
        else:
            self.is_sure &= verdict.is_possible is True
            self._needed |= Twins(self._day, self.kept).of(still[0])


def key_of(instance: Instance) -> Key:
    """The rule, and the kind of thing it is first about."""
    return instance.rule, named(instance.about[0])[0]


def in_order(instances: Collection[Instance]) -> tuple[Instance, ...]:
    """The instances as they are told: rules by number, then sessions and meetings that are asked for."""
    rules = list(Rule)

    def place(instance: Instance) -> tuple[bool, int, bool, tuple[str, ...]]:
        is_asked, is_meeting = instance.rule is Rule.REQUIRED, key_of(instance) == (Rule.REQUIRED, "meeting")
        return is_asked, rules.index(instance.rule), is_meeting, instance.about

    return tuple(sorted(instances, key=place))
