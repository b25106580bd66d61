"""The page of the day: the picture on leaves and the plan as tables, in one file that asks nobody for anything."""

import re
from dataclasses import replace
from itertools import combinations
from xml.etree.ElementTree import tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.draw import draw_page
from solver.picture.ink import element
from solver.picture.leaves import leaves
from solver.picture.naming import Names
from solver.picture.scene import Scene
from solver.picture.wording import words_in
from solver.plan import Move, Place
from tests.solver.drawn import LABELS, Drawn, autumn_day, blocks, packed_day, paper, parsed, texts
from tests.solver.factories import at
from tests.solver.paged import Node, read, table
from tests.solver.test_draw_fit import phrase, word

CAPTIONS = {
    "nb": ["Flyttet siden planen ble kunngjort", "Dagen i rekkefølge", "Dagen for hver leverandør", "Ikke plassert"],
    "nn": ["Flytta sidan planen vart kunngjord", "Dagen i rekkjefølgje", "Dagen for kvar leverandør", "Ikkje plassert"],
    "en": ["Moved since the plan was announced", "The day in order", "The day of each supplier", "Not placed"],
}
MOVED = (
    Move("m1", Place(at("09:00"), "r2"), Place(at("10:30"), "r1")),
    Move("m4", Place(at("11:00"), "hall"), None),
)


def moved_day() -> Drawn:
    asked, answered = autumn_day()
    return asked, replace(answered, moved=MOVED)


def page_of(drawn: Drawn, language: str = "nb", title: str | None = None) -> Node:
    return read(draw_page(*drawn, labels=LABELS, language=language, title=title))


def test_the_day_is_told_in_order() -> None:
    assert table(page_of(autumn_day()), "Dagen i rekkefølge") == [
        ["Tid", "Rom", "Hva", "Panel", "Til stede fra panelet"],
        ["09.00–10.00", "hall", "Dialogkonferanse", "Alle leverandører og alle paneler", ""],
        ["10.00–10.30", "Uten rom", "Lunsj", "Alle leverandører og alle paneler", ""],
        ["10.30–11.15", "Furu", "Acme AS", "A (Helse)", "kari"],
        ["10.45–11.30", "r2", "Beta AS", "B (Panel B)", "ola"],
        ["10.45–11.30", "hall", "Verksted", "2 leverandører", ""],
        ["11.30–12.15", "Furu", "Core AB", "A (Helse)", "kari"],
    ]


def test_every_supplier_has_its_day_and_its_wait() -> None:
    assert table(page_of(autumn_day(), "en"), "The day of each supplier") == [
        ["Supplier", "Meetings", "Wait", "Breaks"],
        ["Acme AS", "10:30–11:15, Furu, A", "0 min", "0"],
        ["Beta AS", "10:45–11:30, r2, B", "15 min", "1"],
        ["Core AB", "11:30–12:15, Furu, A", "15 min", "1"],
        ["delta", "No meeting", "–", "–"],
        ["echo", "Asked for none", "–", "–"],
    ]


def test_who_is_moved_and_what_found_no_place_is_told() -> None:
    root = page_of(moved_day(), "nn")

    assert table(root, "Flytta sidan planen vart kunngjord") == [
        ["Møte", "Kunngjort", "No"],
        ["Acme AS + Helse", "09.00, r2", "10.30, Furu"],
        ["delta + Panel B", "11.00, hall", "Går ut"],
    ]
    assert table(root, "Ikkje plassert") == [["Møte", "Panel", "Lengde"], ["delta", "B (Panel B)", "30 min"]]


@pytest.mark.parametrize("language", list(CAPTIONS))
def test_a_table_has_its_caption_and_heads_for_its_columns_and_its_rows(language: str) -> None:
    root = page_of(moved_day(), language)

    assert [each.text for each in root.all("caption")] == CAPTIONS[language]
    assert [each.attributes for each in root.all("html")] == [{"lang": language}]
    for each in root.all("table"):
        heads, *rows = each.all("tr")
        columns = [cell for cell in heads.inner if isinstance(cell, Node)]
        looks = [cell.attributes["class"] for cell in columns]
        assert [(cell.tag, cell.attributes["scope"]) for cell in columns] == [("th", "col")] * len(columns)
        assert set(looks) <= {"time", "name", "words"}
        assert all([cell.attributes["scope"] for cell in row.all("th")] == ["row"] for row in rows)
        assert all([cell.attributes["class"] for cell in row.inner if isinstance(cell, Node)] == looks for row in rows)


def test_every_span_of_time_stands_where_it_is_not_broken() -> None:
    html = draw_page(*moved_day(), labels=LABELS)
    root = read(html)

    told = [each.text for body in root.all("tbody") for each in body.all("tr")]
    spans = re.findall(r"\d\d\.\d\d–\d\d\.\d\d", " ".join(told))
    assert [(each.text, each.attributes) for body in root.all("tbody") for each in body.all("span")] == [
        (span, {"class": "time"}) for span in spans
    ]
    assert len(spans) == 9
    assert ".time{white-space:nowrap}" in html


def test_tables_without_rows_are_left_out() -> None:
    asked, answered = autumn_day()
    placed = replace(asked, meetings=asked.meetings[:3])

    assert [each.text for each in page_of((placed, answered)).all("caption")] == CAPTIONS["nb"][1:3]


def test_the_page_has_a_title_a_heading_and_one_picture_with_a_name() -> None:
    root = page_of(autumn_day(), title="Min dag")

    assert [each.text for each in (*root.all("title")[:1], *root.all("h1"))] == ["Min dag", "Min dag"]
    (picture,) = root.all("svg")
    assert picture.attributes["role"] == "img"
    named, described = (picture.attributes[f"aria-{word}"] for word in ("labelledby", "describedby"))
    ids = {each.attributes["id"]: each.text for each in picture.every() if "id" in each.attributes}
    assert (ids[named], (ids[described] or "")[:26]) == ("Min dag", "3 av 4 leverandører har mø")
    assert root.all("footer")[0].text == (
        f"Bevist: ingen plan er bedre · Tallet fra loddtrekningen: 1 · Oppgavens fingeravtrykk: {'0' * 64}"
    )


def test_a_large_day_stands_on_several_leaves_with_ids_of_their_own() -> None:
    root = page_of(packed_day(120, 14, minutes=15))

    ids = [each.attributes["id"] for each in root.every() if "id" in each.attributes]
    assert [each.attributes["aria-labelledby"] for each in root.all("svg")] == [f"leaf-{n}-name" for n in range(1, 5)]
    assert len(ids) == len(set(ids)) == 8


def test_nothing_is_fetched_or_run_and_that_is_also_forbidden() -> None:
    html = draw_page(*moved_day())
    root = read(html)

    assert {each.tag for each in root.every()}.isdisjoint(
        {"script", "link", "img", "image", "use", "iframe", "a", "base"}
    )
    attributes = {name for each in root.every() for name in each.attributes}
    assert attributes.isdisjoint({"src", "href", "xlink:href", "style", "action"})
    assert not any(name.startswith("on") for name in attributes)
    assert ("url(" in html, "@import" in html) == (False, False)
    policy = [each.attributes.get("content") or "" for each in root.all("meta") if "http-equiv" in each.attributes]
    assert [each.split(";")[0] for each in policy] == ["default-src 'none'"]


def test_the_page_is_printed_on_a4_landscape() -> None:
    html = draw_page(*autumn_day())

    assert html.count("@page") == 1
    assert "@page{size:A4 landscape;" in html


def test_hostile_text_stays_text() -> None:
    asked, answered = autumn_day()
    hostile = "</title></style><script>alert(1)</script>\u202e\x00&amp;"
    named = replace(asked, people=tuple(replace(each, id=f"{each.id}<b>") for each in asked.people))
    panels = tuple(replace(each, members=tuple(f"{name}<b>" for name in each.members)) for each in asked.panels)
    met = tuple(replace(each, people=tuple(f"{name}<b>" for name in each.people)) for each in answered.meetings)
    sessions = tuple(replace(each, people=()) for each in asked.sessions)
    drawn = replace(named, panels=panels, sessions=sessions), replace(answered, meetings=met)

    root = read(draw_page(*drawn, labels={"acme": hostile, "p1": hostile}, title=hostile))

    seen = "</title></style><script>alert(1)</script>&amp;"
    assert (root.all("script"), root.all("b")) == ([], [])
    assert [root.all("h1")[0].text, root.all("title")[0].text] == [seen, seen]
    assert table(root, "Dagen i rekkefølge")[3] == ["10.30–11.15", "Furu", seen, f"A ({seen})", "kari<b>"]


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match="There are no words for “fr”"):
        draw_page(*autumn_day(), language="fr")


@pytest.mark.parametrize(
    ("suppliers", "panels", "papers"),
    [
        (3, 1, [1131]),
        (24, 6, [1131, 1131]),
        (60, 14, [1131, 1131, 1131]),
        (60, 20, [1600, 1131, 1131]),
        (400, 30, [1600, *[1131] * 10]),
    ],
)
def test_a_leaf_has_the_shape_of_a4_landscape_or_is_shorter(suppliers: int, panels: int, papers: list[int]) -> None:
    asked, answered = packed_day(suppliers, panels, minutes=30)
    scene = Scene(asked, answered, words_in("nb"), Names(asked, {}))

    sheets = list(leaves(scene, None, "nb"))

    assert [int(sheet.paper.width) for sheet in sheets] == papers
    assert all(sheet.paper.height / sheet.paper.width <= 210 / 297 + 0.001 for sheet in sheets)
    drawn = "".join(sheet.description + sheet.name for sheet in sheets)
    assert all(f"s{number}:" in drawn for number in range(suppliers)) or len(sheets) == 1


@settings(max_examples=30, deadline=None)
@given(
    names=st.lists(word | phrase, min_size=1, max_size=60),
    panels=st.integers(1, 24),
    minutes=st.sampled_from((5, 15, 30, 60)),
    language=st.sampled_from(("nb", "nn", "en")),
)
def test_no_text_on_a_leaf_leaves_its_block_its_paper_or_another_text_alone(
    names: list[str], panels: int, minutes: int, language: str
) -> None:
    asked, answered = packed_day(len(names), panels, minutes)
    labels = {f"s{number}": name for number, name in enumerate(names)}
    scene = Scene(asked, answered, words_in(language), Names(asked, labels))

    for sheet in leaves(scene, names[-1], language):
        root = parsed(tostring(element(sheet), encoding="unicode"))
        stand = texts(root)
        assert all(text.lies_within(paper(root)) for text in stand)
        assert not [pair for pair in combinations(stand, 2) if pair[0].overlaps(pair[1])]
        assert all(text.lies_within(box) for _, box, inside in blocks(root) for text in inside)
