"""How many activities one who is in one place at a time can take: exact for the pauses, never too few for the stretch.

The activities are laid out one after the other, each as early as it can be; for every choice of what has been laid out,
only the ends that no other end is better than are kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import prod

from solver.counting.thinkable import Starts, first_of
from solver.problem import Stretch

# With more floating sessions, or more ways to mix lengths, a looser figure is found more quickly.
MOST_FLOATING = 4
MOST_MIXES = 3_000


@dataclass(frozen=True, slots=True)
class Kind:
    """So many activities of one length, in steps, that may begin at the same starts."""

    steps: int
    starts: Starts
    count: int = 1


@dataclass(frozen=True, slots=True)
class Spacing:
    """The steps between two meetings; and of so many in a row, how long after the first the next one starts."""

    pause: int = 0
    row: int = 0
    row_steps: int = 0


@dataclass(frozen=True, slots=True)
class _End:
    """Where a layout ends: when the next session, and the next meeting, may start; the starts of the last in a row."""

    now: int
    ready: int
    recent: tuple[int, ...]

    def is_as_good_as(self, other: "_End") -> bool:
        pairs = zip(self.recent, other.recent, strict=True)
        return self.now <= other.now and self.ready <= other.ready and all(one <= two for one, two in pairs)


# How many of each kind have been laid out, and which of the sessions.
_Mix = tuple[tuple[int, ...], frozenset[int]]
_Layer = dict[_Mix, list[_End]]


def spacing_of(pause_minutes: int, stretch: Stretch | None, shortest: int, step: int) -> Spacing:
    """The spacing of a panel whose shortest meeting takes `shortest` minutes."""
    unit = -(-(shortest + max(0, pause_minutes)) // step)
    pause = unit - -(-shortest // step)
    if stretch is None or stretch.rest_minutes <= unit * step - shortest or stretch.minutes < shortest:
        return Spacing(pause)
    row = (stretch.minutes - shortest) // (unit * step) + 1
    return Spacing(pause, row, (row - 1) * unit + -(-(shortest + stretch.rest_minutes) // step))


@lru_cache(maxsize=20_000)
def most(kinds: tuple[Kind, ...], sessions: tuple[Kind, ...], spacing: Spacing) -> int:
    """The most of the kinds that fit beside every session; -1 when the sessions alone do not fit."""
    kinds, sessions = _around_fixed(kinds, sessions)
    kinds = _simple_enough(kinds)
    layer: _Layer = {((0,) * len(kinds), frozenset()): [_End(0, 0, (-spacing.row_steps,) * spacing.row)]}
    best = -1
    while layer:
        best = max([best, *(sum(counts) for counts, laid in layer if len(laid) == len(sessions))])
        layer = _next_layer(layer, kinds, sessions, spacing)
    return best


def _around_fixed(kinds: Sequence[Kind], sessions: Sequence[Kind]) -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    """The kinds without the starts that a session with one start takes away, and the sessions that float."""
    fixed = [session for session in sessions if session.starts.bit_count() == 1]
    floating = sorted((each for each in sessions if each not in fixed), key=lambda each: each.starts.bit_count())
    shortened = (Kind(kind.steps, _beside(kind, fixed), kind.count) for kind in kinds)
    return tuple(kind for kind in shortened if kind.starts), tuple(floating[:MOST_FLOATING])


def _beside(kind: Kind, fixed: Iterable[Kind]) -> Starts:
    starts = kind.starts
    for session in fixed:
        begin = session.starts.bit_length() - 1
        first = max(0, begin - kind.steps + 1)
        starts &= ~((1 << (begin + session.steps)) - (1 << first))
    return starts


def _simple_enough(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    """The kinds themselves, those of one length as one kind, or all as one: whatever has few enough mixes."""
    by_length: dict[int, list[Kind]] = {}
    for kind in kinds:
        by_length.setdefault(kind.steps, []).append(kind)
    for each in (kinds, tuple(map(_as_one, by_length.values()))):
        if prod(kind.count + 1 for kind in each) <= MOST_MIXES:
            return each
    return (_as_one(kinds),)


def _as_one(kinds: Sequence[Kind]) -> Kind:
    """All kinds as one that is never harder to fit."""
    starts = 0
    for kind in kinds:
        starts |= kind.starts
    return Kind(min(kind.steps for kind in kinds), starts, sum(kind.count for kind in kinds))


def _next_layer(layer: _Layer, kinds: Sequence[Kind], sessions: Sequence[Kind], spacing: Spacing) -> _Layer:
    following: _Layer = {}
    for (counts, laid), ends in layer.items():
        for end in ends:
            for number, kind in enumerate(kinds):
                if counts[number] < kind.count:
                    more = (*counts[:number], counts[number] + 1, *counts[number + 1 :])
                    _keep(following, (more, laid), _after_meeting(end, kind, spacing))
            for number, session in enumerate(sessions):
                if number not in laid:
                    _keep(following, (counts, laid | {number}), _after_session(end, session))
    return following


def _after_meeting(end: _End, kind: Kind, spacing: Spacing) -> Iterator[_End]:
    earliest = max(end.now, end.ready)
    if spacing.row:
        earliest = max(earliest, end.recent[0] + spacing.row_steps)
    offset = first_of(kind.starts >> earliest)
    if offset is not None:
        start = earliest + offset
        now = start + kind.steps
        yield _End(now, now + spacing.pause, (*end.recent[1:], start) if spacing.row else ())


def _after_session(end: _End, session: Kind) -> Iterator[_End]:
    offset = first_of(session.starts >> end.now)
    if offset is not None:
        yield _End(end.now + offset + session.steps, end.ready, end.recent)


def _keep(layer: _Layer, mix: _Mix, ends: Iterable[_End]) -> None:
    for end in ends:
        known = layer.setdefault(mix, [])
        if not any(other.is_as_good_as(end) for other in known):
            layer[mix] = [other for other in known if not end.is_as_good_as(other)] + [end]
