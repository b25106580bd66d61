"""How large everything is: the paper, the height of an hour, and the height of a supplier's line."""

from dataclasses import dataclass, replace

from solver.picture import board, strips
from solver.picture.foot import foot
from solver.picture.grid import columns
from solver.picture.head import head
from solver.picture.parts import A3, A4, Paper
from solver.picture.scene import Scene
from solver.picture.unplaced import unplaced

# A supplier's line, from airy to the smallest that can be read.
_ROWS = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0)
_LONG_ROW = 15.0
_HOUR_LEAST, HOUR_GOOD, HOUR_MOST = 44.0, 52.0, 78.0
# The height of the shortest meeting with one line of text, with two, and with three.
_ONE, _TWO, _THREE = 11.5, 24.5, 34.5
_SHORTEST, _USUAL = 10, 45
# In narrower columns than this nobody can read a name.
_COLUMN = 62.0


@dataclass(frozen=True, slots=True)
class Measures:
    """The paper, and the heights of an hour and of a supplier's line."""

    paper: Paper
    hour: float
    row: float


def measures(scene: Scene, title: str | None) -> Measures:
    """The smallest paper, and the airiest heights, with which everything has its place; a longer paper if need be."""
    sheets = (A3,) if is_crowded(scene, A4) else (A4, A3)
    return next(filter(None, (_on(paper, scene, title) for paper in sheets)), None) or _on_longer(A3, scene, title)


def is_crowded(scene: Scene, paper: Paper) -> bool:
    """Whether some room would have so narrow a column that nobody could read a name in it."""
    return any(column.activities and column.width < _COLUMN for column in columns(scene, paper))


def _on(paper: Paper, scene: Scene, title: str | None) -> Measures | None:
    space = paper.height - _fixed(scene, paper, title)
    least, good = hours_wanted(scene)
    for row in _ROWS:
        hour = (space - row * len(scene.suppliers)) * 60 / scene.frame.minutes
        if hour >= (least if row == _ROWS[-1] else good):
            return Measures(paper, min(hour, max(good, HOUR_MOST)), row)
    return None


def _on_longer(paper: Paper, scene: Scene, title: str | None) -> Measures:
    _, hour = hours_wanted(scene)
    needed = _LONG_ROW * len(scene.suppliers) + hour * scene.frame.minutes / 60
    return Measures(replace(paper, height=_fixed(scene, paper, title) + needed), hour, _LONG_ROW)


def _fixed(scene: Scene, paper: Paper, title: str | None) -> float:
    listed = unplaced(scene, paper, 0).bottom + (strips.HEAD if scene.suppliers else 0)
    return head(scene, paper, title).bottom + board.HEAD + listed + foot(scene, paper, 0).bottom


def hours_wanted(scene: Scene) -> tuple[float, float]:
    """The least height of an hour, for one line of text in the shortest meeting, and a good one, for more."""
    shortest = max(_SHORTEST, min((meeting.minutes for meeting in scene.meetings), default=_USUAL))
    one, two, three = (height * 60 / shortest for height in (_ONE, _TWO, _THREE))
    return max(_HOUR_LEAST, one), max(HOUR_GOOD, two, min(three, HOUR_MOST))
