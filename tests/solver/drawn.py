"""Days to draw, and the drawings read back: their names, their texts, and where these stand."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring

from solver.picture.lettering import width
from solver.picture.parts import ASIDE
from solver.plan import Plan, Status
from solver.problem import Problem, Supplier
from tests.solver.factories import day, meeting, panel, person, plan_of, problem, room, session, spans, supplier

SVG = "{http://www.w3.org/2000/svg}"
Drawn = tuple[Problem, Plan]


def autumn_day() -> Drawn:
    """Four suppliers, two panels: a conference, lunch, a workshop; one supplier finds no place, one asked for none."""
    everyone = tuple(supplier(name) for name in ("acme", "beta", "core", "delta", "echo"))
    names = tuple(each.id for each in everyone)
    asked = problem(
        rooms=(room("hall"), replace(room("r1", seats=8), name="Furu"), room("r2", free=spans("08:00-12:00"))),
        people=(person("kari"), person("ola")),
        panels=(panel("p1", "kari"), panel("p2", "ola")),
        suppliers=everyone,
        sessions=(
            replace(session("plenary", 60, suppliers=names, panels=("p1", "p2")), title="Dialogkonferanse"),
            replace(session("lunch", 30, kind="break", suppliers=names, people=("kari", "ola")), title="Lunsj"),
            replace(session("workshop", 45, kind="workshop", suppliers=("core", "delta")), title="Verksted"),
        ),
        meetings=(
            meeting("m1", "acme", "p1", minutes=45),
            meeting("m2", "beta", "p2", minutes=45),
            meeting("m3", "core", "p1", minutes=45),
            meeting("m4", "delta", "p2", minutes=30),
        ),
        frame=day("08:00", "15:30"),
    )
    answered = plan_of(
        asked,
        plenary=("09:00", "hall"),
        lunch=("10:00", None),
        workshop=("10:45", "hall"),
        m1=("10:30", "r1", "kari"),
        m2=("10:45", "r2", "ola"),
        m3=("11:30", "r1", "kari"),
    )
    return asked, replace(answered, status=Status.OPTIMAL)


LABELS = {"acme": "Acme AS", "beta": "Beta AS", "core": "Core AB", "p1": "Helse", "p2": "Panel B"}


def packed_day(suppliers: int, panels: int, minutes: int) -> Drawn:
    """A conference and lunch, then each panel in a room of its own with one meeting after the other until 16."""
    everyone: tuple[Supplier, ...] = tuple(supplier(f"s{number}") for number in range(suppliers))
    names, letters = tuple(each.id for each in everyone), tuple(f"p{number}" for number in range(panels))
    asked = problem(
        rooms=(room("hall"), *(room(f"r{number}") for number in range(panels))),
        panels=tuple(map(panel, letters)),
        suppliers=everyone,
        sessions=(
            session("plenary", 90, suppliers=names, panels=letters),
            session("lunch", 30, kind="break", suppliers=names, panels=letters),
        ),
        meetings=tuple(
            meeting(f"m{number}", f"s{number}", f"p{number % panels}", minutes=minutes) for number in range(suppliers)
        ),
    )
    starts = {number: 11 * 60 + number // panels * (minutes + 5) for number in range(suppliers)}
    places: Mapping[str, tuple[str | None, ...]] = {
        f"m{number}": (f"{start // 60:02d}:{start % 60:02d}", f"r{number % panels}")
        for number, start in starts.items()
        if start + minutes <= 16 * 60
    }
    return asked, plan_of(asked, plenary=("09:00", "hall"), lunch=("10:30", None), **places)


def parsed(svg: str) -> Element:
    # Only what draw itself has just written is read here.
    return fromstring(svg)  # noqa: S314 - what is read is our own picture


def accessible_names(root: Element) -> list[str]:
    """The names of all groups, in the order in which they are drawn."""
    return [group.findtext(f"{SVG}title", "") for group in root.iter(f"{SVG}g")]


def shown(root: Element) -> list[str]:
    """All lines of text, in the order in which they are drawn."""
    return ["|".join(text.itertext()) for text in root.iter(f"{SVG}text")]


class Extent(NamedTuple):
    """Where something stands on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    def lies_within(self, other: "Extent") -> bool:
        # Figures are rounded to a tenth.
        sideways = other.left - 0.2 <= self.left and self.right <= other.right + 0.2
        return sideways and other.top - 0.2 <= self.top and self.bottom <= other.bottom + 0.2

    def overlaps(self, other: "Extent") -> bool:
        sideways = self.left < other.right - 0.2 and other.left < self.right - 0.2
        return sideways and self.top < other.bottom - 0.2 and other.top < self.bottom - 0.2


def paper(root: Element) -> Extent:
    return Extent(*map(float, root.attrib["viewBox"].split()))


def texts(root: Element) -> list[Extent]:
    """Where each line of text stands by the estimate, measured from the top of its small letters to its baseline."""
    return list(map(_of_text, root.iter(f"{SVG}text")))


def blocks(root: Element) -> Iterator[tuple[str, Extent, list[Extent]]]:
    """Each group with a box: its name, the box, and the texts that begin in it."""
    for group in root.iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        if rect is not None:
            box = _of_rect(rect)
            inside = [text for text in map(_of_text, group.findall(f"{SVG}text")) if text.left < box.right]
            yield group.findtext(f"{SVG}title", ""), box, inside


def _of_rect(rect: Element) -> Extent:
    left, top, wide, high = (float(rect.attrib[name]) for name in ("x", "y", "width", "height"))
    return Extent(left, top, left + wide, top + high)


def _of_text(text: Element) -> Extent:
    size, left, baseline = (float(text.attrib[name]) for name in ("font-size", "x", "y"))
    looks = text.attrib.get("class", "").split()
    aside = "".join("".join(span.itertext()) for span in text)
    reach = width(text.text or "", size, bold="bold" in looks) + (ASIDE * size + width(aside, size) if aside else 0)
    left -= reach if "ends" in looks else 0
    return Extent(left, baseline - 0.6 * size, left + reach, baseline)
