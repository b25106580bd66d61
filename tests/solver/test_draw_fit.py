"""The picture fits: its paper, its blocks, and every line of text in them."""

import unicodedata
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.draw import draw
from solver.picture.lettering import cut, legible, width, wrap
from solver.picture.palette import look
from tests.solver.drawn import SVG, blocks, packed_day, paper, parsed, shown, texts


@pytest.mark.parametrize(
    ("suppliers", "panels", "right", "bottom"),
    [(3, 1, 800, 1131.4), (24, 6, 800, 1131.4), (24, 14, 1131.4, 1600), (60, 14, 1131.4, 1600)],
)
def test_the_paper_is_the_smallest_that_holds_the_day(suppliers: int, panels: int, right: float, bottom: float) -> None:
    root = parsed(draw(*packed_day(suppliers, panels, minutes=30)))

    lowest = max(text.bottom for text in texts(root))
    assert (paper(root).right, paper(root).bottom <= bottom) == (right, True)
    assert lowest < paper(root).bottom < lowest + 30


@pytest.mark.parametrize(("panels", "sheet"), [(1, "210mm 297mm"), (14, "297mm 420mm")])
def test_a_cropped_picture_is_printed_on_a_whole_sheet(panels: int, sheet: str) -> None:
    root = parsed(draw(*packed_day(3, panels, minutes=30)))

    wide, high = sheet.split()
    assert root.attrib["width"] == wide
    assert float(root.attrib["height"].removesuffix("mm")) < float(high.removesuffix("mm")) - 20
    assert f"@page{{size:{sheet};margin:0}}" in (root.findtext(f"{SVG}style") or "")


def test_a_day_too_full_for_a3_is_drawn_on_a_longer_paper() -> None:
    root = parsed(draw(*packed_day(120, 14, minutes=15)))

    lowest = max(text.bottom for text in texts(root))
    assert paper(root).right == 1131.4
    assert 1600 < lowest < paper(root).bottom < lowest + 40


def test_the_first_thirty_six_panels_all_look_different() -> None:
    assert len({look(number) for number in range(36)}) == 36
    assert [look(number).hue for number in range(8)] == [0, 1, 2, 3, 4, 5, 0, 1]


word = st.text(st.characters(codec="utf-8"), max_size=40)
phrase = st.lists(st.text("aeiklmnrstvøWM", min_size=1, max_size=18), min_size=1, max_size=5).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(
    names=st.lists(word | phrase, min_size=1, max_size=12),
    panels=st.integers(1, 16),
    minutes=st.sampled_from((5, 10, 15, 20, 30, 45, 60)),
    language=st.sampled_from(("nb", "nn", "en")),
)
def test_no_text_leaves_its_block_its_paper_or_another_text_alone(
    names: list[str], panels: int, minutes: int, language: str
) -> None:
    asked, answered = packed_day(len(names), panels, minutes)
    labels = {f"s{number}": name for number, name in enumerate(names)} | {"p0": names[0]}

    root = parsed(draw(asked, answered, labels=labels, title=names[-1], language=language))

    stand = texts(root)
    assert all(text.lies_within(paper(root)) for text in stand)
    assert not [pair for pair in combinations(stand, 2) if pair[0].overlaps(pair[1])]
    assert all(text.lies_within(box) for _, box, inside in blocks(root) for text in inside)
    assert not [char for text in shown(root) for char in text if unicodedata.category(char).startswith("C")]


@given(st.text(), st.floats(0, 200), st.integers(1, 4))
def test_wrapped_lines_fit_and_say_the_text_in_order(text: str, room: float, lines: int) -> None:
    clean = legible(text)

    wrapped = wrap(clean, room, 10, lines, bold=True)

    assert len(wrapped) <= lines
    assert all(width(line, 10, bold=True) <= room for line in wrapped)
    assert _letters(clean).startswith(_letters("".join(wrapped)))


@given(st.text())
def test_a_legible_text_stays_as_it_is(text: str) -> None:
    assert legible(legible(text)) == legible(text)


def test_long_words_are_broken_before_a_syllable_and_the_last_line_is_cut() -> None:
    assert wrap("Multidoseringen Nord-Norge og Svalbard", 62, 10, 3) == ("Multidose-", "ringen", "Nord-Norg…")


def test_a_word_with_a_joint_is_broken_there() -> None:
    assert wrap("Fjordlys-omsorgen", 80, 10, 2) == ("Fjordlys-", "omsorgen")
    for room in (64, 68, 72):
        assert wrap("pilleklokken-as", room, 10, 2) == ("pilleklokken-", "as")


def test_a_text_that_has_no_room_is_left_out() -> None:
    assert cut("Multidoseringen", 5, 10) == ""


def test_marks_cannot_climb_out_of_their_line() -> None:
    assert legible("Z\u0337\u0313\u0310\u0308a") == "Z\u0337\u0313a"


def _letters(text: str) -> str:
    """The text without what wrapping and cutting add or take away."""
    return "".join(char for char in text if char not in " -…")
