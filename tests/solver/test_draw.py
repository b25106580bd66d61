"""The picture of the day: complete, legible, safe, and the same every time."""

import re
import subprocess
import sys
from dataclasses import replace

import pytest

from solver.draw import draw
from solver.plan import Status
from solver.problem import Problem
from tests.solver.drawn import (
    LABELS,
    SVG,
    Drawn,
    accessible_names,
    autumn_day,
    blocks,
    packed_day,
    parsed,
    shown,
    texts,
)
from tests.solver.factories import meeting, panel, plan_of, problem, session, supplier


def test_the_outcome_is_told_to_a_screen_reader() -> None:
    root = parsed(draw(*autumn_day(), labels=LABELS))

    assert (root.tag, root.attrib["role"], root.attrib["lang"]) == (f"{SVG}svg", "img", "nb")
    assert root.findtext(f"{SVG}title") == "Dialogdag torsdag 8. april 2027"
    assert root.findtext(f"{SVG}desc") == (
        "3 av 4 leverandører har møte. Lengste venting 15 min. Ikke plassert: 1 møte. "
        "Dialogkonferanse, 09.00–10.00, hall, alle leverandører og alle paneler. "
        "Lunsj, 10.00–10.30, alle leverandører og alle paneler. "
        "Ikke fått møte: delta."
    )
    assert {root.attrib["aria-labelledby"], root.attrib["aria-describedby"]} == {
        element.attrib["id"] for element in root.iter() if "id" in element.attrib
    }


def test_every_panel_room_session_meeting_and_supplier_has_its_name() -> None:
    root = parsed(draw(*autumn_day(), labels=LABELS))

    plenary = "Dialogkonferanse, 09.00–10.00, hall, alle leverandører og alle paneler"
    lunch = "Lunsj, 10.00–10.30, alle leverandører og alle paneler"
    workshop = "Verksted, 10.45–11.30, hall, 2 leverandører"
    acme = "Acme AS: møte med panel A (Helse), 10.30–11.15, Furu"
    beta = "Beta AS: møte med panel B, 10.45–11.30, r2"
    core = "Core AB: møte med panel A (Helse), 11.30–12.15, Furu"
    assert accessible_names(root) == [
        *("panel A (Helse)", "panel B"),
        *("hall, 100 plasser", "Furu, 8 plasser, panel A (Helse)", "r2, 100 plasser, panel B"),
        "r2 er stengt 12.00–15.30",
        *(plenary, lunch, workshop, acme, core, beta),
        "delta: møte med panel B, 30 min",
        *("Acme AS: panel A (Helse) 10.30–11.15, venter 0 min i alt", plenary, lunch, acme),
        *("Beta AS: panel B 10.45–11.30, venter 15 min i alt", plenary, lunch, beta),
        *("Core AB: panel A (Helse) 11.30–12.15, venter 15 min i alt", plenary, lunch, workshop, core),
        *("delta: ikke fått møte", plenary, lunch, workshop),
        *("echo: ikke bedt om møte", plenary, lunch),
        *("Konferanse", "Pause", "Annen økt", "Venting", "Stengt"),
    ]


def test_the_lines_of_the_suppliers_tell_their_waits_in_words() -> None:
    lines = shown(parsed(draw(*autumn_day(), labels=LABELS)))

    strips = lines[lines.index("Dagen for hver leverandør") :]
    assert strips == [
        *("Dagen for hver leverandør", "Venting", "08", "09", "10", "11", "12", "13", "14", "15"),
        *("Acme AS", "A", "0 min", "Beta AS", "B", "15 min", "Core AB", "A", "15 min"),
        *("delta", "Ikke fått møte", "echo", "Ikke bedt om møte"),
        *("Konferanse", "Pause", "Annen økt", "Venting", "Stengt"),
        f"Bevist: ingen plan er bedre · Tallet fra loddtrekningen: 1 · Oppgavens fingeravtrykk: {'0' * 12}",
    ]


def test_meetings_without_a_place_are_listed() -> None:
    lines = shown(parsed(draw(*autumn_day())))

    assert lines[lines.index("Ikke plassert: 1 møte") + 1] == "delta · B · 30 min"


@pytest.mark.parametrize(
    ("language", "outcome", "figures"),
    [
        (
            "nb",
            "3 av 4 leverandører har møte · Lengste venting 15 min · Ikke plassert: 1 møte",
            "Torsdag 8. april 2027 · 08.00–15.30 · 3 rom · 2 paneler · 3 møter",
        ),
        (
            "nn",
            "3 av 4 leverandørar har møte · Lengste venting 15 min · Ikkje plassert: 1 møte",
            "Torsdag 8. april 2027 · 08.00–15.30 · 3 rom · 2 panel · 3 møte",
        ),
        (
            "en",
            "3 of 4 suppliers have a meeting · Longest wait 15 min · Not placed: 1 meeting",
            "Thursday 8 April 2027 · 08:00–15:30 · 3 rooms · 2 panels · 3 meetings",
        ),
    ],
)
def test_the_picture_speaks_three_languages(language: str, outcome: str, figures: str) -> None:
    root = parsed(draw(*autumn_day(), title="Min dag", language=language))

    assert (root.attrib["lang"], shown(root)[:3]) == (language, ["Min dag", outcome, figures])


def test_another_language_is_refused() -> None:
    with pytest.raises(ValueError, match=r"There are no words for “fr”; there are for en, nb, nn\."):
        draw(*autumn_day(), language="fr")


def test_nothing_is_fetched_or_run() -> None:
    svg = draw(*autumn_day())

    tags = {element.tag.removeprefix(SVG) for element in parsed(svg).iter()}
    attributes = {name for element in parsed(svg).iter() for name in element.attrib}
    assert tags == {"svg", "title", "desc", "style", "rect", "g", "text", "tspan", "line", "path"}
    assert attributes.isdisjoint({"style", "href", "xlink:href"})
    assert not any(name.startswith("on") for name in attributes)
    assert "url(" not in svg
    assert "@import" not in svg


def test_dark_readers_and_printers_get_colours_of_their_own() -> None:
    style = parsed(draw(*autumn_day())).findtext(f"{SVG}style") or ""

    light, rest = style.split("@media (prefers-color-scheme:dark){")
    dark, printed = rest.split("@media print{")
    papers = [part[part.index(".paper{fill:") :][:20] for part in (light, dark, printed)]
    assert papers == [".paper{fill:#ffffff}", ".paper{fill:#17191c}", ".paper{fill:#ffffff}"]
    assert printed.endswith("@page{size:210mm 297mm;margin:0}")


def test_the_same_plan_gives_the_same_picture_however_long_it_was_sought() -> None:
    asked, answered = autumn_day()

    assert draw(asked, answered, labels=LABELS) == draw(asked, replace(answered, seconds=29.5), labels=dict(LABELS))


def test_hostile_text_stays_text() -> None:
    asked, answered = autumn_day()
    labels = {
        "acme": "<script>alert(1)</script>",
        "beta": '"&amp;]]><!--',
        "core": "a\x00b\u202ec\u200bd\ud800\ufffe\n e",
    }

    root = parsed(draw(asked, answered, labels=labels, title="</svg>\x1b"))

    names = accessible_names(root)
    assert "<script>alert(1)</script>: møte med panel A (p1), 10.30–11.15, Furu" in names
    assert '"&amp;]]><!--: møte med panel B (p2), 10.45–11.30, r2' in names
    assert "abcd e: møte med panel A (p1), 11.30–12.15, Furu" in names
    assert root.findtext(f"{SVG}title") == "</svg>"
    assert next(root.iter(f"{SVG}script"), None) is None


def test_who_has_no_label_stands_with_its_id() -> None:
    names = accessible_names(parsed(draw(*autumn_day(), labels={"acme": " \u200b", "beta": "Beta"})))

    assert "acme: møte med panel A (p1), 10.30–11.15, Furu" in names


def test_consortia_joint_panels_and_meetings_among_suppliers_are_told_apart() -> None:
    asked = problem(
        panels=(panel("p1"), panel("p2")),
        suppliers=tuple(map(supplier, ("acme", "beta", "core"))),
        meetings=(
            meeting("m1", "acme", "p1", "beta"),
            meeting("m2", "p2", "core", "p1"),
            meeting("m3", "acme", "core"),
            meeting("m4", "p1", "p2"),
        ),
    )
    answered = plan_of(asked, m1=("09:00", "r1"), m2=("10:00", "r1"), m3=("11:00", "r1"), m4=("12:00", "r1"))

    root = parsed(draw(asked, answered))

    expected = [
        ("acme og beta: møte med panel A (p1), 09.00–09.30, r1", ["acme + beta", "A|09.00–09.30"]),
        ("core: møte med panel B (p2) og panel A (p1), 10.00–10.30, r1", ["core", "B+A|10.00–10.30"]),
        ("acme: møte med core, 11.00–11.30, r1", ["acme + core", "11.00–11.30"]),
        ("panel A (p1): møte med panel B (p2), 12.00–12.30, r1", ["p1 + p2", "A+B|12.00–12.30"]),
    ]
    groups = list(root.iter(f"{SVG}g"))[4:8]
    assert [(group.findtext(f"{SVG}title"), shown(group)) for group in groups] == expected
    assert accessible_names(root)[-1] == "Møte uten panel"


def test_letters_go_on_after_z() -> None:
    panels = tuple(panel(f"p{number}") for number in range(28))

    names = accessible_names(parsed(draw(*_empty(replace(problem(), panels=panels)))))

    assert names[:28:9] == ["panel A (p0)", "panel J (p9)", "panel S (p18)", "panel AB (p27)"]


def test_a_common_session_stands_over_all_rooms_and_a_partial_break_beside_them() -> None:
    asked = problem(
        suppliers=(supplier("acme"), supplier("beta")),
        sessions=(
            session("plenary", suppliers=("acme", "beta")),
            session("early", kind="break", suppliers=("acme",)),
            session("late", kind="break", suppliers=("beta",)),
        ),
    )

    root = parsed(draw(asked, plan_of(asked, plenary=("09:00", "r1"), early=("10:00", None), late=("10:15", None))))

    plenary, early, late = [box for _, box, _ in blocks(root)][:3]
    assert plenary.right - plenary.left > 700
    assert "09.00–09.30 · r1 · Alle leverandører" in "".join(shown(root))
    assert 400 < early.left < early.right <= late.left
    assert accessible_names(root)[:3] == ["r1, 100 plasser", "r2, 100 plasser", "Uten rom"]


@pytest.mark.parametrize(
    ("kind", "suppliers", "panels", "is_wide"),
    [
        ("plenary", ("acme", "beta"), ("p1",), True),
        ("plenary", ("acme",), (), True),
        ("workshop", ("acme", "beta"), ("p1",), True),
        ("workshop", ("acme",), ("p1",), False),
        ("workshop", ("acme", "beta"), (), False),
    ],
)
def test_what_is_neither_a_plenary_nor_for_everyone_stands_in_its_own_room_only(
    kind: str, suppliers: tuple[str, ...], panels: tuple[str, ...], *, is_wide: bool
) -> None:
    asked = problem(
        panels=(panel("p1"),),
        suppliers=(supplier("acme"), supplier("beta")),
        sessions=(session("plenary", 120, kind=kind, suppliers=suppliers, panels=panels),),
    )

    root = parsed(draw(asked, plan_of(asked, plenary=("09:00", "r2"))))

    plenary = next(box for name, box, _ in blocks(root) if name.startswith("plenary"))
    other, own = (text for text in texts(root) if text.top > 100 and text.bottom < plenary.top and text.left > 64)
    assert plenary.right > own.right
    assert (plenary.left < other.right) is is_wide


def test_a_session_in_its_room_tells_who_comes_where_there_is_room() -> None:
    asked = problem(
        suppliers=(supplier("acme"), supplier("beta")),
        sessions=(session("talk", 120, kind="workshop", suppliers=("acme",)),),
    )

    root = parsed(draw(asked, plan_of(asked, talk=("09:00", "r1"))))

    (said,) = [shown(group) for group in root.iter(f"{SVG}g") if "09.00" in group.findtext(f"{SVG}title", "")][:1]
    assert said == ["talk", "09.00–11.00", "1 leverandør"]


def test_the_hours_span_the_whole_day_as_the_heading_says() -> None:
    lines = shown(parsed(draw(*autumn_day(), title="Min dag")))

    assert "08.00–15.30" in lines[2]
    assert [each for each in lines if re.fullmatch(r"\d\d\.\d\d", each)] == [
        *("08.00", "09.00", "10.00", "11.00", "12.00", "13.00", "14.00", "15.00", "15.30"),
    ]


def test_the_hours_reach_as_far_as_a_plan_goes_beyond_the_day() -> None:
    asked = problem(suppliers=(supplier("acme"),), sessions=(session("late", 60, suppliers=("acme",)),))

    lines = shown(parsed(draw(asked, plan_of(asked, late=("18:00", "r1")))))

    assert [each for each in lines if re.fullmatch(r"\d\d\.\d\d", each)][-1] == "19.00"


def test_a_name_stands_as_given_and_loses_its_legal_form_only_where_it_does_not_fit() -> None:
    asked, answered = packed_day(12, 6, minutes=15)
    labels = {"s0": "Liv AS", "s1": "Kvitveis Hels AS"}

    root = parsed(draw(asked, answered, labels=labels))

    told = [(group.findtext(f"{SVG}title", ""), shown(group)) for group in root.iter(f"{SVG}g")]
    blocks_of = [said for name, said in told if name.startswith(tuple(f"{each}: møte" for each in labels.values()))]
    assert blocks_of[:2] == [["A", "Liv AS|11.00"], ["B", "Kvitveis Hels"]]
    assert [said[0] for name, said in told if name.endswith("i alt")][:2] == list(labels.values())


def test_a_plan_that_could_not_be_found_says_so() -> None:
    asked, answered = _empty(problem(suppliers=(supplier("acme"),), meetings=(meeting("m1", "acme", "acme"),)))

    root = parsed(draw(asked, replace(answered, status=Status.INFEASIBLE)))

    assert root.findtext(f"{SVG}desc") == (
        "Ingen plan: alt som er påkrevd, kan ikke holdes samtidig. 0 av 1 leverandører har møte. "
        "Ikke plassert: 1 møte. Ikke fått møte: acme."
    )


def test_drawing_needs_no_solver() -> None:
    code = "import sys, solver.draw; print(sorted({'ortools', 'pysat', 'solver.solve'} & sys.modules.keys()))"

    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert run.stdout == "[]\n"


def _empty(asked: Problem) -> Drawn:
    return asked, plan_of(asked)
