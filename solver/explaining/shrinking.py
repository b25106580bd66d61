"""From much that cannot be kept together to a conflict: no more than is needed for that."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from solver.explaining.instances import Instance, named
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

    def __init__(self, judge: Judge, kept: Collection[Instance], *, tells: bool = True) -> None:
        self._judge, self._tells = judge, tells
        self.kept = frozenset(kept)
        self.is_sure = True

    def shrink(self) -> "Shrinking":
        """Leave out whatever can be left out."""
        for key in _LAST_TO_KEEP:
            group = sorted((each for each in self.kept if key_of(each) == key), key=lambda each: each.about)
            if key[0] is Rule.REQUIRED:
                # Most of what is asked for is needed: there is nothing to gain by trying without many at once.
                for each in group:
                    self._leave_out([each])
            else:
                self._leave_out(group)
        return self

    @property
    def _is_in_vain(self) -> bool:
        return self._tells and not self.is_sure

    def _leave_out(self, group: Sequence[Instance]) -> None:
        """Leave out as much of the group as can be."""
        still = [each for each in group if each in self.kept]
        if not still or self._is_in_vain:
            return
        verdict = self._judge(self.kept.difference(still))
        if verdict.is_possible is False:
            alike = key_of(still[0])
            self.kept = frozenset(
                each for each in self.kept.difference(still) if each in verdict.core or key_of(each) != alike
            )
        elif len(still) > 1:
            half = len(still) // 2
            self._leave_out(still[:half])
            self._leave_out(still[half:])
        else:
            self.is_sure &= verdict.is_possible is True


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
