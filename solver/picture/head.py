"""The head of the sheet: what it is, what came of it, and the letter, pattern and colour of each panel."""

from solver.picture import sentences
from solver.picture.cards import stripes
from solver.picture.lettering import cut, legible, width, wrap
from solver.picture.parts import Box, Group, Paper, Section, Shape, Text, flow
from solver.picture.scene import Scene

_TITLE, _TOP, _LINE, _LINES = 22.0, 46.0, 27.0, 2
_OUTCOME, _FIGURES, _PANEL = 12.5, 10.5, 10.0
_CHIP = Box(0, 0, 36.0, 14.0)
_ROW, _WIDEST_NAME = 20.0, 150.0


def heading(scene: Scene, title: str | None) -> str:
    """The title, or what the sheet is called when it has none of its own."""
    return legible(title or "") or scene.words.heading.format(date=scene.words.day(scene.problem.day.date))


def head(scene: Scene, paper: Paper, title: str | None) -> Section:
    """The title, the outcome, the day in figures, and the panels."""
    lines = wrap(heading(scene, title), paper.room, _TITLE, _LINES, bold=True)
    titles = [Text(paper.left, _TOP + number * _LINE, line, _TITLE, bold=True) for number, line in enumerate(lines)]
    y = _TOP + _LINE * (len(lines) - 1) + 21
    outcome = cut(" · ".join(sentences.outcome(scene)), paper.room, _OUTCOME, bold=True)
    figures = cut(_figures(scene, is_dated=bool(title)), paper.room, _FIGURES)
    told = (Text(paper.left, y, outcome, _OUTCOME, bold=True), Text(paper.left, y + 17, figures, _FIGURES, muted=True))
    panels = _panels(scene, paper, y + 28)
    return Section((*titles, *told, *panels.parts), panels.bottom)


def _figures(scene: Scene, *, is_dated: bool) -> str:
    words, problem = scene.words, scene.problem
    date = words.day(problem.day.date)
    dates = (date[:1].upper() + date[1:],) if is_dated else ()
    counts = (
        words.rooms.count(len(problem.rooms)),
        words.panels.count(len(problem.panels)),
        words.meetings.count(len(scene.meetings)),
    )
    return " · ".join((*dates, words.span(problem.day.opens, problem.day.closes), *counts))


def _panels(scene: Scene, paper: Paper, top: float) -> Section:
    panels = [panel.id for panel in scene.problem.panels]
    names = [cut(scene.names.party(panel), _WIDEST_NAME, _PANEL) for panel in panels]
    places = flow([_CHIP.width + 6 + width(name, _PANEL) + 16 for name in names], paper.left, paper.right)
    parts = [
        _chip(scene, panel, name, Box(x, top + row * _ROW, _CHIP.width, _CHIP.height))
        for panel, name, (x, row) in zip(panels, names, places, strict=True)
    ]
    return Section(tuple(parts), top + (places[-1][1] + 1 if places else 0) * _ROW)


def _chip(scene: Scene, panel: str, name: str, box: Box) -> Group:
    looks = scene.names.looks((panel,))
    baseline = box.y + box.height - 3.5
    letter = Text(box.x + 12, baseline, scene.names.letters((panel,)), _PANEL, bold=True)
    shape = Shape(box, looks[0].block, 2.5)
    label = Text(box.right + 6, baseline, name, _PANEL)
    return Group(sentences.panel_of(scene)(panel), (shape, *stripes(box, looks), letter, label))
