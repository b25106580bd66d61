"""RC2, a core-guided MaxSAT solver, with the clauses of the literature: a break costs one, everything else is hard."""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from threading import Timer

from pysat.card import CardEnc, EncType
from pysat.examples.rc2 import RC2Stratified
from pysat.formula import WCNF

from bench.peers.answer import Answer, Watch
from bench.peers.textbook import Textbook


def solve(book: Textbook, watch: Watch) -> Answer:
    """The best plan, when RC2 has time to prove that it is the best; it has none before."""
    clauses = _Clauses(book)
    with RC2Stratified(clauses.wcnf) as rc2:
        timer = Timer(watch.seconds, rc2.interrupt)
        timer.start()
        model = rc2.compute(expect_interrupt=True)
        was_interrupted = not timer.is_alive()
        timer.cancel()
        if model is None:
            return Answer(None, rc2.cost if was_interrupted else None, is_proven=not was_interrupted)
        watch.improved()
        return Answer(clauses.slots_in(set(model)), rc2.cost, is_proven=True)


class _Clauses:
    def __init__(self, book: Textbook) -> None:
        self.wcnf = WCNF()
        self._book = book
        self._top = 0
        self._held = [{slot: self._new() for slot in allowed} for allowed in book.allowed]
        self._place()
        self._keep_even([self._breaks(participant) for participant in range(book.participants)])

    def slots_in(self, model: set[int]) -> tuple[int, ...]:
        """The slot of each meeting in a model."""
        return tuple(next(slot for slot, literal in row.items() if literal in model) for row in self._held)

    def _new(self) -> int:
        self._top += 1
        return self._top

    def _place(self) -> None:
        book = self._book
        for row in self._held:
            self._exactly_one(list(row.values()))
        for slot in range(book.slots):
            self._at_most(book.tables, [row[slot] for row in self._held if slot in row])
        for later, earlier in book.after:
            for slot, literal in self._held[earlier].items():
                too_soon = [other for at, other in self._held[later].items() if at <= slot]
                self._hard_all([-literal, -other] for other in too_soon)

    def _exactly_one(self, literals: list[int]) -> None:
        self.wcnf.append(literals)
        self._at_most(1, literals)

    def _at_most(self, most: int, literals: list[int]) -> None:
        if len(literals) <= most:
            return
        encoded = CardEnc.atmost(literals, most, top_id=self._top, encoding=EncType.kmtotalizer)
        self._top = max(self._top, encoded.nv)
        self._hard_all(encoded.clauses)

    def _hard_all(self, clauses: Iterable[Sequence[int]]) -> None:
        for clause in clauses:
            self.wcnf.append(list(clause))

    def _breaks(self, participant: int) -> list[int]:
        """Literals of which as many hold as the participant has breaks; each costs one."""
        used = [self._used(participant, slot) for slot in range(self._book.slots)]
        is_later = self._new()
        self.wcnf.append([-is_later])
        ends: list[int] = []
        for here, following in reversed(list(pairwise(used))):
            is_later = self._any(is_later, following)
            ends.append(end := self._new())
            self._all(end, [here, -following, is_later])
            self.wcnf.append([-end], weight=1)
        return ends

    def _used(self, participant: int, slot: int) -> int:
        """A literal that says whether the participant has a meeting in the slot."""
        rows = [self._held[each] for each in self._book.meetings_of(participant)]
        literals = [row[slot] for row in rows if slot in row]
        self._at_most(1, literals)
        used = self._new()
        self._hard_all([-literal, used] for literal in literals)
        self.wcnf.append([-used, *literals])
        return used

    def _any(self, one: int, other: int) -> int:
        either = self._new()
        self._hard_all([[-one, either], [-other, either], [-either, one, other]])
        return either

    def _all(self, both: int, literals: list[int]) -> None:
        self._hard_all([-both, literal] for literal in literals)
        self.wcnf.append([both, *(-literal for literal in literals)])

    def _keep_even(self, breaks: list[list[int]]) -> None:
        """As soon as anybody has `differ_by` breaks more than some number, everybody has more than that number."""
        if self._book.differ_by is None:
            return
        counts = [self._count(literals) for literals in breaks]
        for fewest in range(math.ceil(self._book.slots / 2) - self._book.differ_by):
            everybody_has = self._new()
            for count in counts:
                if fewest + self._book.differ_by < len(count):
                    self.wcnf.append([-count[fewest + self._book.differ_by], everybody_has])
                self.wcnf.append([-everybody_has, *count[fewest : fewest + 1]])

    def _count(self, literals: list[int]) -> list[int]:
        """Literals that say whether more than 0, 1, 2 … of the literals hold."""
        count: list[int] = []
        for literal in literals:
            before = [*count, None]
            count = [self._more(literal, more, fewer) for more, fewer in zip(before, [literal, *count], strict=True)]
        return count

    def _more(self, literal: int, already: int | None, one_less: int) -> int:
        """Whether there were as many already, or one less and the literal holds too."""
        both = self._new()
        self._all(both, [literal, one_less])
        return both if already is None else self._any(already, both)
