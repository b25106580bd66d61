"""The pieces of a day, the rooms they are thought of in, and who answers for each of them."""

from collections.abc import Sequence

from solver.foresight.ground import Piece
from solver.foresight.lodging import Rooming
from solver.foresight.pieces import Ground
from solver.foresight.plain import Plain, is_plain
from solver.foresight.seeking import Seeker
from solver.foresight.starts import Starts
from solver.problem import Aim

Engine = Plain | Seeker


class Engines:
    """An engine for every piece, started when first asked for; those of `earlier` are used again."""

    def __init__(self, step: int, aims: Sequence[Aim], earlier: "Engines | None" = None) -> None:
        self.aims = aims
        self._step = step
        self._earlier = {} if earlier is None else earlier._started
        self._started: dict[Piece, Engine] = {}

    def of(self, piece: Piece) -> Engine:
        """The engine of a piece: two pieces that say the same have the same."""
        if piece not in self._started:
            self._started[piece] = self._earlier.get(piece) or self._start(piece)
        return self._started[piece]

    def _start(self, piece: Piece) -> Engine:
        kind = Plain if is_plain(piece, self._step) else Seeker
        return kind(piece, self._step, self.aims)


class Layout:
    """The pieces of a day with their engines.

    `is_possible` says whether anything can be had at all, `is_sure` whether it is known that `worth` can be had, which
    is in any case as much as the promised aims can come to. There may be a timetable that keeps some rules only.
    """

    def __init__(self, ground: Ground, rooming: Rooming | None, engines: Engines) -> None:
        self._rooming = rooming
        self._engines = [engines.of(piece) for piece in ground.pieces(rooming)]
        self._engine = {task.id: engine for engine in self._engines for task in engine.piece.tasks}
        self.is_possible = ground.is_lawful and all(engine.is_possible for engine in self._engines)
        has_timetable = rooming is not None and all(engine.is_sure for engine in self._engines)
        self.has_timetable = self.is_possible and has_timetable
        self.is_sure = self.has_timetable and ground.is_clear
        self.worth = tuple(
            ground.most[aim] - sum(engine.given_up[place] for engine in self._engines)
            for place, aim in enumerate(engines.aims)
        )

    @property
    def rooming(self) -> Rooming:
        """A room for every unit. Raises LookupError when none is known."""
        if self._rooming is None:
            raise LookupError
        return self._rooming

    def placed_for_certain(self) -> frozenset[str]:
        """What is placed in all pieces of which all that was wanted can be had."""
        return frozenset(
            task.id for engine in self._engines if engine.is_sure for task in engine.piece.tasks if task.must
        )

    def open(self, name: str) -> tuple[Starts, Starts]:
        """The starts at which a task can be had, and those of which that is in doubt."""
        return self._engine[name].open(name)

    def times(self, name: str | None = None, start: int = 0) -> dict[str, int]:
        """The start of every task that is placed, that one at a start at which it can be had."""
        found: dict[str, int] = {}
        for engine in self._engines:
            is_asked = name is not None and engine is self._engine[name]
            found |= engine.times(name, start) if is_asked and name is not None else engine.any_times()
        return found
