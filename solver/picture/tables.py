"""The plan as tables: the day in order, the day of each supplier, who is moved, what found no place. No HTML here."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from solver.attendance import Activity, breaks_of
from solver.picture import sentences
from solver.picture.lettering import legible
from solver.picture.page_words import PageWords
from solver.picture.scene import Scene
from solver.plan import Move, Place

Row = tuple[str, ...]


class Holds(StrEnum):
    """What stands in a column: times and figures that are never broken, names of any length, or other words."""

    TIME = "time"
    NAME = "name"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, and what it holds."""

    head: str
    holds: Holds = Holds.WORDS


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption and its columns; the column `named_by` names each row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    named_by: int = 0


def tables(scene: Scene, words: PageWords) -> tuple[Table, ...]:
    """The tables of a plan that have any rows."""
    every = (_moved(scene, words), _programme(scene, words), _suppliers(scene, words), _unplaced(scene, words))
    return tuple(table for table in every if table.rows)


def _programme(scene: Scene, words: PageWords) -> Table:
    columns = (
        Column(words.time, Holds.TIME),
        Column(words.room),
        Column(words.what, Holds.NAME),
        Column(words.panel),
        Column(words.present, Holds.NAME),
    )
    return Table(words.programme, columns, tuple(_activity(scene, each) for each in scene.placed), named_by=2)


def _activity(scene: Scene, placed: Activity) -> Row:
    names = scene.names
    when, where = scene.words.span(placed.start, placed.end), names.room(placed.room) or scene.words.no_room
    if not placed.is_meeting:
        audience = sentences.audience(scene, placed)
        return when, where, names.session(placed.id), audience[:1].upper() + audience[1:], ""
    suppliers, panels = " + ".join(map(names.party, placed.suppliers)), _panels(scene, placed)
    return when, where, suppliers or panels, panels, ", ".join(map(legible, placed.people))


def _panels(scene: Scene, placed: Activity) -> str:
    return " + ".join(f"{scene.names.letters((panel,))} ({scene.names.party(panel)})" for panel in placed.panels)


def _suppliers(scene: Scene, words: PageWords) -> Table:
    columns = (
        Column(words.supplier, Holds.NAME),
        Column(words.meetings, Holds.NAME),
        Column(words.wait, Holds.TIME),
        Column(words.breaks, Holds.TIME),
    )
    return Table(words.suppliers, columns, tuple(_supplier(scene, each) for each in scene.suppliers))


def _supplier(scene: Scene, supplier: str) -> Row:
    name, day = scene.names.party(supplier), scene.day_of(supplier)
    if supplier not in scene.reached:
        return name, sentences.wait(scene, supplier), "–", "–"
    meetings = "; ".join(_place(scene, each) for each in day if each.is_meeting)
    return name, meetings, sentences.wait(scene, supplier), str(breaks_of(day))


def _place(scene: Scene, meeting: Activity) -> str:
    when, where = scene.words.span(meeting.start, meeting.end), scene.names.room(meeting.room)
    letters = scene.names.letters(meeting.panels)
    return ", ".join(filter(None, (when, where, letters)))


def _moved(scene: Scene, words: PageWords) -> Table:
    rows = tuple(_move(scene, words, move) for move in scene.plan.moved or ())
    return Table(words.moved, (Column(words.meeting, Holds.NAME), Column(words.told), Column(words.now)), rows)


def _move(scene: Scene, words: PageWords, move: Move) -> Row:
    suppliers, panels = sentences.parties(scene, scene.problem.meeting[move.id])
    now = _at(scene, words, move.to) if move.to else words.dropped
    return " + ".join(map(scene.names.party, (*suppliers, *panels))), _at(scene, words, move.told), now


def _at(scene: Scene, words: PageWords, place: Place) -> str:
    return words.place.format(time=scene.words.time(place.start), room=scene.names.room(place.room))


def _unplaced(scene: Scene, words: PageWords) -> Table:
    columns = (Column(words.meeting, Holds.NAME), Column(words.panel), Column(words.length, Holds.TIME))
    return Table(words.unplaced, columns, tuple(_left_out(scene)))


def _left_out(scene: Scene) -> Iterator[Row]:
    for meeting in scene.unplaced:
        suppliers, panels = sentences.parties(scene, meeting)
        names = " + ".join(map(scene.names.party, suppliers or panels))
        lettered = " + ".join(f"{scene.names.letters((panel,))} ({scene.names.party(panel)})" for panel in panels)
        yield names, lettered, scene.words.duration(meeting.minutes)
