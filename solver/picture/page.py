"""The page of the day as HTML: its leaves and its tables in one file, without scripts and without requests."""

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
    for name in table.heads:
        SubElement(heads, "th", scope="col").text = name
    body = SubElement(root, "tbody")
    for cells in table.rows:
        _row(body, cells, table.named_by)


def _row(body: Element, cells: Sequence[str], named_by: int) -> None:
    row = SubElement(body, "tr")
    for number, said in enumerate(cells):
        cell = SubElement(row, "th", scope="row") if number == named_by else SubElement(row, "td")
        cell.text = said
