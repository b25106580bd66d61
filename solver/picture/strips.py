"""The day of each supplier: a line with its sessions, breaks and meetings, and how long it waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from solver.attendance import Activity
from solver.picture import sentences
from solver.picture.cards import ground, panel_look, stripes
from solver.picture.lettering import cut_first, width
from solver.picture.parts import Box, Group, Paper, Part, Section, Shape, Stroke, Text
from solver.picture.scene import Scene
from solver.problem import Span

_NAMES, _AIR = 0.22, 14.0
_LARGEST, _SIZE = 10.5, 0.68
_HEADING, _HOUR = 13.0, 9.5
HEAD = 57.0
_MEETING, _SESSION = 0.82, 0.62
_STRIPE, _RULED = 5.0, 5


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where the lines stand: time across, one line below the other."""

    paper: Paper
    shown: Span
    names: float
    waits: float
    top: float
    height: float

    @property
    def size(self) -> float:
        """The size of the text."""
        return min(_LARGEST, self.height * _SIZE)

    def x(self, minute: int) -> float:
        """How far across a moment is."""
        left, right = self.paper.left + self.names + _AIR, self.paper.right - self.waits - _AIR
        return left + (minute - self.shown.start) / self.shown.minutes * (right - left)


def strips(scene: Scene, paper: Paper, top: float, row: float, suppliers: Sequence[str] | None = None) -> Section:
    """A line for each supplier, or for some, each line so many units high; nothing when there are none."""
    suppliers = scene.suppliers if suppliers is None else suppliers
    if not suppliers:
        return Section((), top)
    names = _widest(scene.names.party(supplier) for supplier in scene.suppliers)
    waits = _widest((scene.words.wait, *(sentences.wait(scene, supplier) for supplier in scene.suppliers)))
    rows = _Rows(paper, scene.frame, min(names, paper.room * _NAMES), waits, top + HEAD, row)
    bottom = rows.top + row * len(suppliers)
    heading = Text(paper.left, top + 34, scene.words.each_supplier, _HEADING, bold=True)
    lines = (_line(scene, rows, each, rows.top + number * row) for number, each in enumerate(suppliers))
    return Section((heading, *_axis(scene, rows, bottom), *_rules(rows, bottom), *lines), bottom)


def _widest(texts: Iterable[str]) -> float:
    return max(width(text, _LARGEST, bold=True) for text in texts)


def _axis(scene: Scene, rows: _Rows, bottom: float) -> tuple[Part, ...]:
    parts: list[Part] = [Text(rows.paper.right, rows.top - 7, scene.words.wait, _HOUR, muted=True, ends=True)]
    for minute in range(-(-rows.shown.start // 60) * 60, rows.shown.end + 1, 60):
        hour, x = f"{minute // 60:02d}", rows.x(minute)
        parts.append(Stroke(x, rows.top - 3, x, bottom + 1, "grid"))
        parts.append(Text(x - width(hour, _HOUR) / 2, rows.top - 7, hour, _HOUR, muted=True))
    return tuple(parts)


def _rules(rows: _Rows, bottom: float) -> tuple[Part, ...]:
    # The eye keeps its line between a name and a wait that stand far apart.
    lines = range(_RULED, round((bottom - rows.top) / rows.height), _RULED)
    heights = (rows.top + number * rows.height for number in lines)
    return tuple(Stroke(rows.paper.left, y, rows.paper.right, y, "grid") for y in heights)


def _line(scene: Scene, rows: _Rows, supplier: str, top: float) -> Group:
    size, middle = rows.size, top + rows.height / 2
    baseline, day = middle + size * 0.36, scene.day_of(supplier)
    names = scene.names.party(supplier), scene.names.short(supplier)
    name = Text(rows.paper.left, baseline, cut_first(names, rows.names, size), size)
    pauses = ((before.end, after.start) for before, after in pairwise(day) if before.end < after.start)
    waits = (Stroke(rows.x(start) + 3, middle, rows.x(end) - 2, middle, "wait") for start, end in pauses)
    bars = (_bar(scene, activity, rows, middle) for activity in day)
    waited = _waited(scene, rows, supplier, baseline)
    return Group(sentences.supplier(scene, supplier), (name, *waits, *bars, waited))


def _bar(scene: Scene, activity: Activity, rows: _Rows, middle: float) -> Group:
    height = rows.height * (_MEETING if activity.is_meeting else _SESSION)
    left, right = rows.x(activity.start), rows.x(activity.end)
    box = Box(left, middle - height / 2, max(1.0, right - left), height)
    sentence = sentences.activity(scene, activity)
    if not activity.is_meeting:
        return Group(sentence, ground(box, scene.kind(activity), 1.5))
    looks = scene.names.looks(activity.panels)
    return Group(sentence, (Shape(box, panel_look(looks), 2), *_mark(scene, activity, box)))


def _mark(scene: Scene, activity: Activity, box: Box) -> tuple[Part, ...]:
    looks, letters = scene.names.looks(activity.panels), scene.names.letters(activity.panels)
    thickness = min(_STRIPE, box.width * 0.3) if looks else 0
    size = min(9.0, box.height - 2)
    x = box.x + thickness + min(4.0, box.width * 0.1)
    fits = letters and width(letters, size, bold=True) <= box.right - x
    letter = (Text(x, box.y + box.height / 2 + size * 0.36, letters, size, bold=True),) if fits else ()
    return (*stripes(box, looks, thickness), *letter)


def _waited(scene: Scene, rows: _Rows, supplier: str, baseline: float) -> Text:
    is_reached = supplier in scene.reached
    is_longest = is_reached and 0 < scene.waits[supplier] == max(scene.waits.values())
    words = sentences.wait(scene, supplier)
    return Text(rows.paper.right, baseline, words, rows.size, bold=is_longest, muted=not is_reached, ends=True)
