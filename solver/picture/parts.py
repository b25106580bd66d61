"""What a picture is made of: boxes, lines, words, and groups with a name. No XML here."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from solver.picture.palette import Look

_MILLIMETRES = 210 / 800
# The air between words and what is said aside, in shares of the font size.
ASIDE = 0.5


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of this size in units, of which A4 is 800 wide, and how far its text reaches sideways."""

    width: float
    height: float
    left: float = 30.0

    @property
    def right(self) -> float:
        """Where text ends on the right."""
        return self.width - 28

    @property
    def room(self) -> float:
        """How wide a line of text may be."""
        return self.right - self.left

    @property
    def millimetres(self) -> tuple[float, float]:
        """The width and the height when it is printed as large as it is meant."""
        return round(self.width * _MILLIMETRES, 1), round(self.height * _MILLIMETRES, 1)

    @property
    def sheet_millimetres(self) -> tuple[float, float]:
        """The whole sheet to print it on: an A size as wide as this; longer only when the picture is."""
        wide, high = self.millimetres
        return wide, max(high, round(self.width * math.sqrt(2) * _MILLIMETRES, 1))


A4, A3 = Paper(800, 1131.4), Paper(1131.4, 1600)
A4_LANDSCAPE, A3_LANDSCAPE = Paper(1131.4, 800), Paper(1600, 1131.4)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the sheet."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where the box ends sideways."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where the box ends downwards."""
        return self.y + self.height

    def inset(self, left: float = 0, right: float = 0, top: float = 0, bottom: float = 0) -> "Box":
        """The same box, smaller by these margins; it never turns inside out."""
        width, height = max(0.0, self.width - left - right), max(0.0, self.height - top - bottom)
        return Box(self.x + left, self.y + top, width, height)


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled box; `look` names its class in the style sheet."""

    box: Box
    look: str
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Stripe:
    """A box filled with the pattern and the colour of a panel."""

    box: Box
    look: Look


@dataclass(frozen=True, slots=True)
class Hatch:
    """A box filled with thin lines, those of what is closed or of a kind of session; `look` names their class."""

    box: Box
    look: str = "hatch"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    look: str


@dataclass(frozen=True, slots=True)
class Text:
    """One line of words on its baseline; with `ends` it ends at `x`, otherwise it begins there.

    `aside` follows the words, plain and pale; it never comes without words.
    """

    x: float
    y: float
    words: str
    size: float
    bold: bool = False
    muted: bool = False
    ends: bool = False
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that are one thing, with the whole sentence that names it for a screen reader or a pointer."""

    name: str
    parts: tuple["Part", ...]


Part = Shape | Stripe | Hatch | Stroke | Text | Group


@dataclass(frozen=True, slots=True)
class Section:
    """A finished piece of the sheet, and how far down it reaches."""

    parts: tuple[Part, ...]
    bottom: float


def flow(widths: Iterable[float], left: float, right: float) -> tuple[tuple[float, int], ...]:
    """Where things of these widths stand when they follow each other: how far across, and on which row."""
    places, x, row = [], left, 0
    for width in widths:
        if x > left and x + width > right:
            x, row = left, row + 1
        places.append((x, row))
        x += width
    return tuple(places)
