"""Tables for spreadsheets: one line a row, split at semicolons as Norwegian Excel does, and nothing in it is run."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

MEDIA_TYPE = "text/csv; charset=utf-8"
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029]+")
# A program that splits elsewhere than we do, or takes a quotation mark for the end, may begin a cell at any of these.
_FORMULA = re.compile(r"(^|[;,\"] ?)(?=[=+\-@＝＋－＠])")

Cell = str | int


def csv_of(rows: Iterable[Sequence[Cell]]) -> bytes:
    """The rows as CSV in UTF-8 with a byte order mark; what would begin a formula gets an apostrophe in front."""
    written = StringIO()
    csv.writer(written, delimiter=";", quoting=csv.QUOTE_ALL).writerows([_cell(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig", "replace")


def _cell(cell: Cell) -> str:
    if isinstance(cell, int):
        return str(cell)
    return _FORMULA.sub(r"\1'", _UNSEEN.sub(" ", cell).strip())
