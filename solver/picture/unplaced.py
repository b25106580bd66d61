"""The list of the meetings that found no place in the day."""

from solver.picture import sentences
from solver.picture.lettering import cut_first
from solver.picture.parts import Group, Paper, Section, Text
from solver.picture.scene import Scene
from solver.problem import Meeting

_HEADING, _SIZE, _LINE = 13.0, 9.5, 14.0
_COLUMNS = 3


def unplaced(scene: Scene, paper: Paper, top: float) -> Section:
    """Every meeting that was wished for and does not take place, in columns; nothing when there is none."""
    if not scene.unplaced:
        return Section((), top)
    heading = Text(paper.left, top + 34, sentences.unplaced_heading(scene), _HEADING, bold=True)
    across, first = paper.room / _COLUMNS, top + 52
    rows = -(-len(scene.unplaced) // _COLUMNS)
    items = [
        _item(scene, meeting, paper.left + number // rows * across, first + number % rows * _LINE, across - 12)
        for number, meeting in enumerate(scene.unplaced)
    ]
    return Section((heading, *items), first + (rows - 1) * _LINE + 4)


def _item(scene: Scene, meeting: Meeting, x: float, y: float, room: float) -> Group:
    suppliers, panels = sentences.parties(scene, meeting)
    letters = scene.names.letters(panels) if suppliers else ""
    facts = " · ".join(filter(None, (letters, scene.words.duration(meeting.minutes))))
    written = [f"{who} · {facts}" for who in scene.names.parties(suppliers, panels)]
    words = cut_first(written, room, _SIZE)
    return Group(sentences.unplaced(scene, meeting), (Text(x, y, words, _SIZE),))
