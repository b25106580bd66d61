"""The page of the day as HTML: its leaves and its tables in one file, without scripts and without requests."""

import re
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from solver.picture.foot import status
from solver.picture.head import heading
from solver.picture.ink import Sheet, element
from solver.picture.page_style import page_style
from solver.picture.page_words import PageWords
from solver.picture.scene import Scene
from solver.picture.tables import Table

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_WHOLE = 64
_TIMES = re.compile(r"(\d\d[.:]\d\d–\d\d[.:]\d\d)")


def page(scene: Scene, words: PageWords, sheets: Iterable[Sheet], tables: Iterable[Table], title: str | None) -> str:
    """The text of one HTML file that needs nothing beside itself, and prints on A4 landscape."""
    sheets = tuple(sheets)
    root = Element("html", lang=sheets[0].language)
    _head(SubElement(root, "head"), heading(scene, title))
    main = SubElement(SubElement(root, "body"), "main")
    SubElement(main, "h1").text = heading(scene, title)
    for number, sheet in enumerate(sheets, 1):
        leaf = _region(main, f"{words.picture} {number}", "scroll leaf")
        leaf.append(element(sheet, f"leaf-{number}"))
    for table in tables:
        _table(_region(main, table.caption, "scroll"), table)
    SubElement(main, "footer").text = status(scene, _WHOLE)
    return f"<!DOCTYPE html>\n{tostring(root, encoding='unicode', method='html')}\n"


def _head(head: Element, title: str) -> None:
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY})
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = title
    SubElement(head, "style").text = page_style()


def _region(parent: Element, name: str, look: str) -> Element:
    # What scrolls sideways on a narrow screen can be reached and scrolled with the keyboard.
    return SubElement(parent, "div", {"class": look, "role": "region", "aria-label": name, "tabindex": "0"})


def _table(parent: Element, table: Table) -> None:
    root = SubElement(parent, "table")
    SubElement(root, "caption").text = table.caption
    heads = SubElement(SubElement(root, "thead"), "tr")
    for column in table.columns:
        SubElement(heads, "th", {"class": column.holds, "scope": "col"}).text = column.head
    body = SubElement(root, "tbody")
    for cells in table.rows:
        _row(body, cells, table)


def _row(body: Element, cells: Sequence[str], table: Table) -> None:
    row = SubElement(body, "tr")
    for number, (said, column) in enumerate(zip(cells, table.columns, strict=True)):
        looks = {"class": str(column.holds)}
        is_name = number == table.named_by
        _say(SubElement(row, "th", looks | {"scope": "row"}) if is_name else SubElement(row, "td", looks), said)


def _say(cell: Element, said: str) -> None:
    # A browser would break a span of time after its dash.
    cell.text, *rest = _TIMES.split(said)
    for time, after in zip(rest[::2], rest[1::2], strict=True):
        SubElement(cell, "span", {"class": "time"}).text = time
        cell[-1].tail = after
