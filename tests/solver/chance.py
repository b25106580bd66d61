"""What chance decides about one random tiny day, feature by feature."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from solver.problem import Day, Span, Windows

T = TypeVar("T")

FEATURES = (
    "after",
    "announced",
    "apart",
    "aims",
    "barred",
    "consortium",
    "even",
    "free",
    "needs",
    "online",
    "pause",
    "pins",
    "required",
    "rests",
    "rooms",
    "seats",
    "stays",
    "stretch",
    "travel",
    "weights",
    "windows",
    "wishes",
)


@dataclass(frozen=True)
class Chance:
    """Draws for one day. Features that are not `loud` keep their usual value, and change nothing about the others.

    Hypothesis can thus silence a failing day feature by feature until only what matters is left.
    """

    frame: Day
    random: Random
    loud: frozenset[str]

    def pick(self, feature: str, usual: T, *others: T) -> T:
        """One of the others when the feature is loud, else the usual value."""
        drawn = self.random.choice(others)
        return drawn if feature in self.loud else usual

    def some(self, items: Sequence[T], least: int = 0, most: int | None = None) -> tuple[T, ...]:
        """Some of the items, each at most once, in the order given."""
        at_most = len(items) if most is None else min(most, len(items))
        count = self.random.randint(min(least, at_most), at_most)
        return tuple(items[place] for place in sorted(self.random.sample(range(len(items)), count)))

    def start(self) -> int:
        """Any start on the grid."""
        return self.random.randrange(self.frame.opens, self.frame.closes, self.frame.step)

    def span(self) -> Span:
        """Any piece of the day on the grid; the longer of two."""
        one, other = self._piece(), self._piece()
        return max(one, other, key=lambda piece: piece.minutes)

    def windows(self, feature: str) -> Windows:
        """The whole day, or, when the feature is loud, sometimes one piece of it or two that may touch or overlap."""
        whole = (self.frame.whole,)
        return self.pick(feature, whole, whole, (self.span(),), (self.span(), self.span()))

    def _piece(self) -> Span:
        start = self.start()
        return Span(start, self.random.randrange(start, self.frame.closes, self.frame.step) + self.frame.step)
