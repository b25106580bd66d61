"""Parts as SVG elements: the only file that knows XML."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from solver.picture.palette import PATTERNS, style
from solver.picture.parts import ASIDE, Box, Group, Hatch, Paper, Part, Shape, Stripe, Stroke, Text

_HATCH, _RULES, _POSTS, _DOTS = 6.0, 4.5, 5.0, 6.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished picture: its parts on their paper, and what it is called and says."""

    paper: Paper
    parts: tuple[Part, ...]
    language: str
    name: str
    description: str


def svg(sheet: Sheet) -> str:
    """The sheet as the text of one SVG file that needs nothing beside itself."""
    root = element(sheet)
    root.insert(2, Element("style"))
    root[2].text = style(*sheet.paper.sheet_millimetres)
    return tostring(root, encoding="unicode") + "\n"


def element(sheet: Sheet, key: str = "picture") -> Element:
    """The sheet as an element of a larger whole, which has the style; `key` begins the ids in it."""
    root = _root(sheet, key)
    SubElement(root, "title", id=f"{key}-name").text = sheet.name
    SubElement(root, "desc", id=f"{key}-description").text = sheet.description
    SubElement(root, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    root.extend(map(_element, sheet.parts))
    return root


def _root(sheet: Sheet, key: str) -> Element:
    paper, (wide, high) = sheet.paper, sheet.paper.millimetres
    return Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_figure(paper.width)} {_figure(paper.height)}",
            "width": f"{wide:g}mm",
            "height": f"{high:g}mm",
            "lang": sheet.language,
            "role": "img",
            "aria-labelledby": f"{key}-name",
            "aria-describedby": f"{key}-description",
        },
    )


def _element(part: Part) -> Element:
    match part:
        case Group():
            element = _group(part)
        case Shape():
            element = _rect(part)
        case Stripe():
            element = _stripe(part)
        case Hatch():
            element = Element("path", {"class": part.look, "d": _lines(part)})
        case Stroke():
            element = _line(part)
        case Text():
            element = _text(part)
    element.tail = "\n"
    return element


def _line(stroke: Stroke) -> Element:
    ends = {"x1": stroke.x1, "y1": stroke.y1, "x2": stroke.x2, "y2": stroke.y2}
    return Element("line", {"class": stroke.look, **_figures(ends)})


def _group(group: Group) -> Element:
    element = Element("g")
    SubElement(element, "title").text = group.name
    element.extend(map(_element, group.parts))
    return element


def _rect(shape: Shape) -> Element:
    box = shape.box
    figures = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    rounding = {"rx": shape.radius} if shape.radius else {}
    return Element("rect", {"class": shape.look, **_figures(figures | rounding)})


def _stripe(stripe: Stripe) -> Element:
    box, pattern = stripe.box, PATTERNS[stripe.look.pattern]
    top, bottom = box.y + pattern.end, box.bottom - pattern.end
    lines = (
        f"M{_figure(box.x + share * box.width)} {_figure(min(top + number * pattern.late, bottom))}V{_figure(bottom)}"
        for number, share in enumerate(pattern.across)
    )
    thick = _figure(pattern.width * box.width)
    return Element("path", {"class": stripe.look.stripe, "stroke-width": thick, "d": "".join(lines)})


def _lines(hatch: Hatch) -> str:
    match hatch.look:
        case "plenary-lines":
            return _level(hatch.box, _RULES)
        case "pause-lines":
            return _level(hatch.box.inset(left=3, right=1), _DOTS)
        case "session-lines":
            return _upright(hatch.box, _POSTS)
        case _:
            return _slanting(hatch.box)


def _level(box: Box, apart: float) -> str:
    rows = max(1, int(box.height / apart))
    places = (box.y + box.height * (row + 0.5) / rows for row in range(rows))
    return "".join(f"M{_figure(box.x)} {_figure(y)}H{_figure(box.right)}" for y in places)


def _upright(box: Box, apart: float) -> str:
    posts = max(1, int(box.width / apart))
    places = (box.x + box.width * (post + 0.5) / posts for post in range(posts))
    return "".join(f"M{_figure(x)} {_figure(box.y)}V{_figure(box.bottom)}" for x in places)


def _slanting(box: Box) -> str:
    across, lines = _HATCH, ""
    while across < box.width + box.height:
        x1, y1 = box.x + min(across, box.width), box.y + max(0.0, across - box.width)
        x2, y2 = box.x + max(0.0, across - box.height), box.y + min(across, box.height)
        lines += f"M{_figure(x1)} {_figure(y1)}L{_figure(x2)} {_figure(y2)}"
        across += _HATCH
    return lines


def _text(text: Text) -> Element:
    flags = {"bold": text.bold, "muted": text.muted, "ends": text.ends}
    looks = " ".join(look for look, is_set in flags.items() if is_set)
    figures = _figures({"x": text.x, "y": text.y, "font-size": text.size})
    element = Element("text", {"class": looks, **figures} if looks else figures)
    element.text = text.words
    if text.aside:
        gap = _figure(text.size * ASIDE)
        SubElement(element, "tspan", {"class": "aside", "dx": gap}).text = text.aside
    return element


def _figures(values: dict[str, float]) -> dict[str, str]:
    return {name: _figure(value) for name, value in values.items()}


def _figure(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
