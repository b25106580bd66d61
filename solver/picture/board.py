"""The board: rooms across, time down, and everything that takes place in its room."""

from solver.attendance import Activity
from solver.picture import sentences
from solver.picture.cards import Card, block, ground, panel_look
from solver.picture.grid import Column, Hours, box, closed, columns, place, wide_box
from solver.picture.lettering import cut, width, wrap
from solver.picture.parts import ASIDE, Box, Group, Hatch, Paper, Part, Section, Shape, Stroke, Text
from solver.picture.scene import Scene

_HEAD_SIZE, _HEAD_SMALL, _HEAD_LINE, _HEAD_LINES = 10.5, 9.0, 12.0, 2
_HOUR_SIZE, _TICK, _GUTTER = 10.0, 12.0, 58.0
_TITLE_SIZE, _SMALL, _TWO_LINES = 13.0, 10.0, 42.0
HEAD = 32.0


def board(scene: Scene, paper: Paper, top: float, hour: float) -> Section:
    """The board with its room names on top; an hour is so many units high."""
    hours, across = Hours(top + HEAD, hour, scene.frame), columns(scene, paper)
    parts = (
        *_grid(scene, hours, across),
        *(_head(scene, column, hours.top) for column in across),
        *(hatched for column in across for hatched in _closed(scene, hours, column)),
        *(_wide(scene, activity, wide_box(hours, activity, paper)) for activity in scene.wide),
        *(block(at, card(scene, activity)) for column in across for activity, at in place(hours, column)),
    )
    return Section(parts, hours.bottom)


def card(scene: Scene, activity: Activity) -> Card:
    """What stands on the block of a session or a meeting."""
    words, names = scene.words, scene.names
    sentence = sentences.activity(scene, activity)
    times = (words.span(activity.start, activity.end), words.time(activity.start))
    if not activity.is_meeting:
        title, facts = names.session(activity.id), sentences.audience(scene, activity)
        return Card(sentence, (title,), times, scene.kind(activity), facts=facts[:1].upper() + facts[1:])
    who, looks = names.parties(activity.suppliers, activity.panels), names.looks(activity.panels)
    return Card(sentence, who, times, panel_look(looks), names.letters(activity.panels), looks)


def _grid(scene: Scene, hours: Hours, across: tuple[Column, ...]) -> tuple[Part, ...]:
    left, right = across[0].x - 4, across[-1].x + across[-1].width
    parts: list[Part] = []
    for minute in _ticks(hours):
        y = hours.y(minute)
        parts.append(Stroke(left, y, right, y, "grid"))
        parts.append(Text(_GUTTER, y + 3.5, scene.words.time(minute), _HOUR_SIZE, muted=True, ends=True))
    return tuple(parts)


def _ticks(hours: Hours) -> list[int]:
    first, last = hours.shown.start, hours.shown.end
    whole = [minute for minute in range(first, last + 1) if minute % 60 == 0]
    edges = [edge for edge in (first, last) if all(abs(hours.y(edge) - hours.y(hour)) > _TICK for hour in whole)]
    return sorted({*whole, *edges})


def _head(scene: Scene, column: Column, top: float) -> Group:
    name = scene.names.room(column.room) or scene.words.no_room
    room = column.width - 8
    fits = all(width(word, _HEAD_SIZE, bold=True) <= room for word in name.split())
    size = _HEAD_SIZE if fits else _HEAD_SMALL
    lines = wrap(name, room, size, _HEAD_LINES, bold=True)
    asides = [""] * len(lines)
    asides[-1:] = [_letters(scene, column, room - width(line, size, bold=True), size) for line in lines[-1:]]
    first = top - 8 - _HEAD_LINE * (len(lines) - 1)
    parts = (
        Text(column.x + 4, first + number * _HEAD_LINE, line, size, bold=True, aside=aside)
        for number, (line, aside) in enumerate(zip(lines, asides, strict=True))
    )
    return Group(name if column.room is None else sentences.room(scene, column.room), tuple(parts))


def _letters(scene: Scene, column: Column, room: float, size: float) -> str:
    if column.room is None:
        return ""
    letters = ", ".join(scene.names.letters((panel,)) for panel in sentences.panels_in(scene, column.room))
    words = f"· {letters}"
    return words if letters and width(words, size) + ASIDE * size <= room else ""


def _closed(scene: Scene, hours: Hours, column: Column) -> tuple[Part, ...]:
    if column.room is None:
        return ()
    name, words = scene.names.room(column.room), scene.words
    parts = []
    for span in closed(scene, scene.problem.room[column.room].free):
        at = box(hours, span, column.x + 1.5, column.width - 3)
        sentence = words.closed_room.format(room=name, time=words.span(span.start, span.end))
        parts.append(Group(sentence, (Hatch(at), Shape(at, "closed", 2.5), *_plate(at, words.closed))))
    return tuple(parts)


def _plate(at: Box, word: str) -> tuple[Part, ...]:
    wide = width(word, _SMALL) + 8
    if at.height < _SMALL + 10 or wide > at.width - 4:
        return ()
    middle = at.y + at.height / 2
    ground = Shape(Box(at.x + (at.width - wide) / 2, middle - 8, wide, 16), "paper", 2)
    return (ground, Text(ground.box.x + 4, middle + 3.5, word, _SMALL, muted=True))


def _wide(scene: Scene, activity: Activity, at: Box) -> Group:
    return Group(
        sentences.activity(scene, activity), (*ground(at, scene.kind(activity), 3), *_wide_text(scene, activity, at))
    )


def _wide_text(scene: Scene, activity: Activity, at: Box) -> tuple[Part, ...]:
    name, facts = scene.names.session(activity.id), _wide_facts(scene, activity)
    inner, middle = at.inset(left=12, right=12), at.y + at.height / 2
    if at.height >= _TWO_LINES:
        title = Text(inner.x, middle - 2, cut(name, inner.width, _TITLE_SIZE, bold=True), _TITLE_SIZE, bold=True)
        return (title, Text(inner.x, middle + 13, cut(facts, inner.width, _SMALL), _SMALL, muted=True))
    size = min(10.5, at.height - 2.5)
    if size < 6:
        return ()
    words = cut(name, inner.width / 2, size, bold=True)
    aside = cut(facts, inner.width - width(words, size, bold=True) - ASIDE * size, size)
    return (Text(inner.x, middle + size * 0.36, words, size, bold=True, aside=aside),) if words else ()


def _wide_facts(scene: Scene, activity: Activity) -> str:
    time, room = scene.words.span(activity.start, activity.end), scene.names.room(activity.room)
    audience = sentences.audience(scene, activity)
    return " · ".join(filter(None, (time, room, audience[:1].upper() + audience[1:])))
