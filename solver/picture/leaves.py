"""The picture as leaves of A4 landscape: first the rooms of the day, then the day of each supplier, some on each."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from solver.picture import board, sentences, strips
from solver.picture.fitting import HOUR_GOOD, HOUR_MOST, hours_wanted, is_crowded
from solver.picture.foot import foot
from solver.picture.head import head, heading
from solver.picture.ink import Sheet
from solver.picture.parts import A3_LANDSCAPE, A4_LANDSCAPE, Paper, Part, Section
from solver.picture.scene import Scene

_Leaf = tuple[Paper, tuple[Part, ...]]
_ROW_LEAST, _ROW_MOST, _ABOVE = 15.0, 18.0, 6.0


@dataclass(frozen=True, slots=True)
class _First:
    """The first leaf: its paper, the height of an hour, and whether the suppliers have room on it too."""

    paper: Paper
    hour: float
    holds_all: bool


def leaves(scene: Scene, title: str | None, language: str) -> Iterator[Sheet]:
    """The leaves in order, each a picture of its own with its name and what it says."""
    first, name = _first(scene, title), heading(scene, title)
    yield Sheet(*_rooms(scene, title, first), language, name, sentences.description(scene))
    groups = [] if first.holds_all else _groups(scene)
    for number, suppliers in enumerate(groups, 2):
        told = " ".join(f"{sentences.supplier(scene, each)}." for each in suppliers)
        leaf = _suppliers(scene, suppliers, f"{name} · {number} ({len(groups) + 1})")
        yield Sheet(*leaf, language, f"{scene.words.each_supplier} ({number})", told)


def _first(scene: Scene, title: str | None) -> _First:
    least, good = hours_wanted(scene)
    for paper in (A4_LANDSCAPE, A3_LANDSCAPE):
        rooms_alone = _hour(scene, paper, title)
        with_suppliers = _hour(scene, paper, title, strips.HEAD + _ROW_LEAST * len(scene.suppliers))
        is_last = paper is A3_LANDSCAPE
        if rooms_alone >= least and (is_last or not is_crowded(scene, paper)):
            holds_all = with_suppliers >= max(least, HOUR_GOOD)
            return _First(paper, min(with_suppliers if holds_all else rooms_alone, max(good, HOUR_MOST)), holds_all)
    # On paper it comes out smaller than the rest.
    needed = _fixed(scene, A3_LANDSCAPE, title) + least * scene.frame.minutes / 60
    return _First(replace(A3_LANDSCAPE, height=needed), least, holds_all=False)


def _hour(scene: Scene, paper: Paper, title: str | None, taken: float = 0) -> float:
    return (paper.height - _fixed(scene, paper, title) - taken) * 60 / scene.frame.minutes


def _fixed(scene: Scene, paper: Paper, title: str | None) -> float:
    return head(scene, paper, title).bottom + board.HEAD + foot(scene, paper, 0).bottom


def _rooms(scene: Scene, title: str | None, first: _First) -> _Leaf:
    top = head(scene, first.paper, title)
    rooms = board.board(scene, first.paper, top.bottom, first.hour)
    days = strips.strips(scene, first.paper, rooms.bottom, _ROW_LEAST, None if first.holds_all else ())
    return _ended(scene, first.paper, (top, rooms, days))


def _ended(scene: Scene, paper: Paper, sections: tuple[Section, ...], edge: str = "") -> _Leaf:
    """The leaf with its foot, no longer than it has to be."""
    bottom = sections[-1].bottom
    trimmed = replace(paper, height=min(paper.height, foot(scene, paper, bottom).bottom))
    end = foot(scene, trimmed, bottom, edge)
    return trimmed, tuple(part for section in (*sections, end) for part in section.parts)


def _groups(scene: Scene) -> list[tuple[str, ...]]:
    """The suppliers on as few leaves as hold them, about as many on each."""
    suppliers = scene.suppliers
    most = int(_space(scene) / _ROW_LEAST)
    each = max(1, -(-len(suppliers) // max(1, -(-len(suppliers) // most))))
    return [suppliers[first : first + each] for first in range(0, len(suppliers), each)]


def _space(scene: Scene) -> float:
    return A4_LANDSCAPE.height - _ABOVE - strips.HEAD - foot(scene, A4_LANDSCAPE, 0).bottom


def _suppliers(scene: Scene, suppliers: tuple[str, ...], edge: str) -> _Leaf:
    row = min(_ROW_MOST, _space(scene) / len(suppliers))
    return _ended(scene, A4_LANDSCAPE, (strips.strips(scene, A4_LANDSCAPE, _ABOVE, row, suppliers),), edge)
