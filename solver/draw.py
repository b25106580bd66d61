"""The day as a picture: rooms across, time down, and the day of each supplier; as one SVG file, or one HTML page."""

from collections.abc import Mapping
from dataclasses import replace

from solver.picture import sentences
from solver.picture.board import board
from solver.picture.fitting import measures
from solver.picture.foot import foot
from solver.picture.head import head, heading
from solver.picture.ink import Sheet, svg
from solver.picture.leaves import leaves
from solver.picture.naming import Names
from solver.picture.page import page
from solver.picture.page_words import PAGE_WORDS
from solver.picture.parts import Paper, Part
from solver.picture.scene import Scene
from solver.picture.strips import strips
from solver.picture.tables import tables
from solver.picture.unplaced import unplaced
from solver.picture.wording import words_in
from solver.plan import Plan
from solver.problem import Problem


def draw(
    problem: Problem,
    plan: Plan,
    *,
    labels: Mapping[str, str] | None = None,
    title: str | None = None,
    language: str = "nb",
) -> str:
    """The SVG text of a plan that answers the problem: as wide as A4, or as A3 when the day asks for it.

    It is no higher than its content, and prints on a whole sheet; on a longer one when the day is too full for A3.
    `labels` gives the names of suppliers and panels by id. Raises ValueError for a language other than nb, nn, en.
    """
    scene = Scene(problem, plan, words_in(language), Names(problem, labels or {}))
    paper, parts = _arranged(scene, title)
    return svg(Sheet(paper, parts, language, heading(scene, title), sentences.description(scene)))


def draw_page(
    problem: Problem,
    plan: Plan,
    *,
    labels: Mapping[str, str] | None = None,
    title: str | None = None,
    language: str = "nb",
) -> str:
    """The HTML text of a page with the same picture, as leaves of A4 landscape, and the same plan as tables.

    It takes what `draw` takes. Raises ValueError for a language other than nb, nn, en.
    """
    scene = Scene(problem, plan, words_in(language), Names(problem, labels or {}))
    words = PAGE_WORDS[language]
    return page(scene, words, leaves(scene, title, language), tables(scene, words), title)


def _arranged(scene: Scene, title: str | None) -> tuple[Paper, tuple[Part, ...]]:
    chosen = measures(scene, title)
    paper = chosen.paper
    top = head(scene, paper, title)
    rooms = board(scene, paper, top.bottom, chosen.hour)
    left_out = unplaced(scene, paper, rooms.bottom)
    days = strips(scene, paper, left_out.bottom, chosen.row)
    cropped = replace(paper, height=foot(scene, paper, days.bottom).bottom)
    bottom = foot(scene, cropped, days.bottom)
    return cropped, tuple(part for section in (top, rooms, left_out, days, bottom) for part in section.parts)
