"""An explanation tells why and what would help, in short sentences in three languages, and as JSON."""

import json
import re
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings

from solver.explain import explain
from solver.explaining.advice import advice
from solver.explaining.instances import named
from solver.explaining.said_of_remedies import REMEDIES
from solver.explaining.said_of_rules import RULES
from solver.explaining.wording import LANGUAGES, Words
from solver.problem import Needs, Problem, Room
from solver.rules import Rule
from tests.solver.culprits import FIRST
from tests.solver.factories import panel, person, room, session, spans, supplier
from tests.solver.morning import KARI, morning
from tests.solver.strategies import small_days
from tests.solver.test_capacity import asked
from tests.solver.test_explain_conflicts import NAMED, every_meeting_required
from tests.solver.test_remedies import CASES

OLA_AWAY = morning(
    FIRST,
    people=(KARI, person("ola", "skien", skills=("law",), free=spans("08:00-08:30"))),
    panels=(panel("p1", "kari", "ola", needs=Needs(people=2, buyers=2, skills={"law": 1})),),
)

SMALL_HALL = replace(
    asked(2),
    rooms=(room("r0", seats=4),),
    suppliers=tuple(replace(each, seats=3) for each in asked(2).suppliers),
    sessions=(session("talk", 30, rooms=("r0",), suppliers=("s00", "s01"), panels=("p0",)),),
)


def sentences(problem: Problem, language: str) -> dict[str, str]:
    """The sentence of each rule and wish of the first conflict, under the rule and what it is about."""
    (conflict, *_) = json.loads(explain(problem, 60, language).as_json())["conflicts"]
    return {" ".join((each["rule"], *each["about"])): each["text"] for each in conflict["rules"]}


# -- the contract --------------------------------------------------------------------------------------------------


def test_the_json_is_that_of_the_day_format() -> None:
    found = json.loads(explain(NAMED["R8 one room for all"][0], 60, "en").as_json())
    assert found == {
        "conflicts": [
            {
                "rules": [
                    {"rule": "R5", "about": ["meeting:m1", "room:r2"], "text": "Meeting m1 cannot be in room r2."},
                    {"rule": "R5", "about": ["meeting:m2", "room:r1"], "text": "Meeting m2 cannot be in room r1."},
                    {"rule": "R8", "about": ["panel:p1"], "text": "Panel p1 has all its meetings in one room."},
                    {
                        "rule": "placed",
                        "about": ["meeting:m1"],
                        "text": "Meeting m1 of 60 minutes is wished for by acme and p1.",
                    },
                    {
                        "rule": "placed",
                        "about": ["meeting:m2"],
                        "text": "Meeting m2 of 60 minutes is wished for by beta and p1.",
                    },
                ]
            }
        ],
        "remedies": [
            {
                "change": {"kind": "let_panel_move", "panels": ["p1"]},
                "text": "Let panel p1 change rooms between meetings. Then all 2 meetings fit.",
                "placed": 2,
                "verified": True,
            },
            {
                "change": {"kind": "add_room", "rooms": 1, "seats": 2, "features": []},
                "text": "Find one more room, with at least 2 seats. Then all 2 meetings fit.",
                "placed": 2,
                "verified": True,
            },
            {
                "change": {"kind": "second_day", "suppliers": ["beta"]},
                "text": "Meet supplier beta on another day. Where several were equal, lots were drawn."
                " Then the meeting fits.",
                "placed": 1,
                "verified": True,
            },
        ],
    }


def test_a_required_meeting_is_told_by_its_rule() -> None:
    found = sentences(every_meeting_required(NAMED["R6 needs people"][0]), "en")
    assert found["R13 meeting:m1"] == "Meeting m1 of 60 minutes must take place."


def test_a_day_that_holds_everything_has_nothing_to_explain() -> None:
    nothing = explain(asked(3), 60, "en")
    assert not nothing.has_conflicts
    assert json.loads(nothing.as_json()) == {"conflicts": [], "remedies": []}
    assert nothing.lines() == ["There is nothing to explain: all that is wished for fits."]


@pytest.mark.parametrize("problem", [asked(8), *(problem for problem, _ in list(NAMED.values())[::6])])
def test_the_order_of_the_lists_in_a_file_changes_no_word(problem: Problem) -> None:
    assert explain(turned(problem), 60, "nb").as_json() == explain(problem, 60, "nb").as_json()


@given(problem=small_days(5))
@settings(max_examples=8, deadline=None)
def test_whatever_the_day_the_order_of_its_lists_changes_no_word(problem: Problem) -> None:
    assert explain(turned(problem), 60, "nb").as_json() == explain(problem, 60, "nb").as_json()


def turned(problem: Problem) -> Problem:
    """The day with every list the other way round."""
    return replace(
        problem,
        rooms=problem.rooms[::-1],
        people=problem.people[::-1],
        panels=tuple(replace(each, members=each.members[::-1], rooms=each.rooms[::-1]) for each in problem.panels)[
            ::-1
        ],
        suppliers=problem.suppliers[::-1],
        sessions=tuple(replace(each, suppliers=each.suppliers[::-1]) for each in problem.sessions)[::-1],
        meetings=tuple(replace(each, parties=each.parties[::-1], rooms=each.rooms[::-1]) for each in problem.meetings)[
            ::-1
        ],
        rests=problem.rests[::-1],
        apart=problem.apart[::-1],
        announced=problem.announced[::-1],
    )


def test_an_explanation_of_a_great_day_ends_soon_after_the_seconds_that_were_asked() -> None:
    began = time.process_time()
    explain(asked(40, 5, panels=12, pause=5), 0.2, "nb")
    assert time.process_time() - began < 20


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(ValueError, match="There are no words for “sv”; there are for nb, nn, en"):
        explain(asked(1), 60, "sv")


def test_without_time_it_says_that_nothing_is_settled() -> None:
    problem, _ = NAMED["R4 of a supplier"]
    unsettled = explain(problem, 0, "en")
    assert not unsettled.findings.is_settled
    assert unsettled.lines() == ["Whether there are more conflicts did not become clear in time."]


def test_what_counting_knows_is_said_without_any_time() -> None:
    assert explain(asked(9), 0, "en").has_conflicts


def test_the_same_day_is_explained_in_the_same_words() -> None:
    assert explain(asked(8), 60, "nb").as_json() == explain(asked(8), 60, "nb").as_json()


def test_explaining_loads_no_or_tools() -> None:
    code = """
import sys
import time
from solver.explain import explain
from tests.solver.strategies import small_days
from tests.solver.test_capacity import asked
assert len(explain(asked(8), 60, "nb").remedies) >= 3
assert "ortools" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


# -- lines ---------------------------------------------------------------------------------------------------------


def test_the_lines_say_it_to_a_person() -> None:
    assert explain(asked(8), 60, "nb").lines() == [
        "Dagen kan planlegges, men ikke alle ønskede møter får plass.",
        (
            "Det er ønsket 8 møter med panelene, som har plass til"
            " enten 7 møter på 30 minutter eller 10 møter på 20 minutter."
        ),
        "",
        "Konflikt 1: alt dette kan ikke holdes samtidig.",
        "  R1 day: Dagen varer fra 12.30 til 16.00.",
        "  R3 panel:p0: Panelet p0 kan bare være på ett sted om gangen. Det er plass til 7 av disse 8 møtene.",
        *(f"  placed meeting:m0{n}: Møtet m0{n} på 30 minutter er ønsket av s0{n} og p0." for n in range(8)),
        "",
        "Hvert av disse hjelper. Det som krever minst, står først:",
        "  1. La ingen møter vare mer enn 25 minutter. Da får alle 8 møtene plass.",
        (
            "  2. Steng 30 minutter senere, klokken 16.30. Det som kunne vare til stengetid, kan vare til da."
            " Da får alle 8 møtene plass."
        ),
        (
            "  3. Åpne 30 minutter tidligere, klokken 12.00. Det som kunne begynne ved åpning, kan begynne da."
            " Da får alle 8 møtene plass."
        ),
        (
            "  4. Sett opp ett panel til, slik som panelet p0, og la det ta møtet m04."
            " Hvert av de nye panelene trenger et rom til. Da får alle 8 møtene plass."
        ),
        (
            "  5. Ta møtene med leverandøren s04 en annen dag. Der flere stod likt, er det trukket lodd."
            " Da får alle 7 møtene plass."
        ),
    ]


def test_what_is_said_of_several_meetings_is_said_once() -> None:
    after = tuple(replace(each, after=("talk",)) for each in asked(4).meetings)
    talk = session("talk", 120, windows=spans("12:30-14:30"), rooms=("r0",))
    lines = explain(replace(asked(4), meetings=after, sessions=(talk,)), 60, "nb").lines()
    assert [line for line in lines if line.startswith("  R9")] == [
        (
            "  R9 meeting:m00, meeting:m01, meeting:m02, meeting:m03, session:talk:"
            " Møtene m00, m01, m02 og m03 kan ikke begynne før økten talk er slutt."
        )
    ]


def test_what_is_said_of_one_meeting_and_many_rooms_is_said_once() -> None:
    rooms = tuple(room(f"r{number}", seats=2) for number in (1, 2, 3))
    small = morning(FIRST, rooms=rooms, suppliers=(supplier("acme", seats=3),))
    lines = explain(small, 60, "nn").lines()
    assert [line for line in lines if line.startswith("  R5")] == [
        ("  R5 meeting:m1, room:r1, room:r2, room:r3: Møtet m1 treng 4 plassar, fleire enn dei 2 i romma r1, r2 og r3.")
    ]


def test_six_panels_are_said_to_hold_thirty_short_meetings_and_eighteen_long_ones() -> None:
    lines = explain(asked(5, 60, panels=6, pause=15), 60, "en").lines()
    assert lines[1] == (
        "30 meetings with the panels are wished for; there is room for either 18 meetings of 60 minutes,"
        " 18 meetings of 45 minutes, 30 meetings of 30 minutes or 36 meetings of 20 minutes."
    )


def test_nothing_is_said_of_the_room_for_meetings_where_the_sessions_alone_do_not_fit() -> None:
    talk = session("talk", 90, windows=spans("12:30-13:30"), panels=("p0",))
    found = explain(replace(asked(8), sessions=(talk,)), 60, "nb")
    assert [each.instance.about for each in found.conflicts[0]] == [("session:talk",), ("session:talk",)]
    assert [line for line in found.lines() if "har plass til" in line] == []


def test_a_room_with_too_few_seats_is_said_to_need_so_many() -> None:
    assert sentences(SMALL_HALL, "en")["R5 session:talk room:r0"] == (
        "Session talk needs 7 seats, more than the 4 of room r0."
    )
    found = explain(SMALL_HALL, 60, "nn").remedies
    assert [advice(Words(SMALL_HALL, language), found[0]) for language in LANGUAGES] == [
        ("Skaff 7 plasser i rommet r0, eller sett inn et rom med 7 plasser i stedet. Da får alle 2 møtene plass."),
        ("Skaff 7 plassar i rommet r0, eller set inn eit rom med 7 plassar i staden. Då får alle 2 møta plass."),
        "Provide 7 seats in room r0, or put a room with 7 seats in its place. Then all 2 meetings fit.",
    ]


def test_a_day_that_cannot_be_planned_at_all_is_told_apart() -> None:
    lines = explain(every_meeting_required(NAMED["R6 needs people"][0]), 60, "en").lines()
    assert lines[0] == "The day cannot be planned: not all that is required can be kept."


# -- sentences -----------------------------------------------------------------------------------------------------


def test_who_is_left_of_a_panel_is_said_in_three_languages() -> None:
    about = "R6 panel:p1 meeting:m1"
    assert [sentences(OLA_AWAY, language)[about] for language in LANGUAGES] == [
        (
            "Panelet p1 trenger 2 personer, 2 ulike oppdragsgivere og 1 som kan «law» i møtet m1."
            " Uten ola er bare kari igjen."
        ),
        (
            "Panelet p1 treng 2 personar, 2 ulike oppdragsgivarar og 1 som kan «law» i møtet m1."
            " Utan ola er berre kari igjen."
        ),
        (
            "Panel p1 needs 2 people, 2 different buyers and 1 with the skill “law” in meeting m1."
            " Without ola only kari is left."
        ),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("problem", [problem for problem, _ in NAMED.values()], ids=NAMED)
def test_every_rule_has_a_sentence_that_names_what_it_is_about(problem: Problem, language: str) -> None:
    for told in explain(problem, 60, language).conflicts[0]:
        ids = [named(about)[1] for about in told.instance.about if about != "day"]
        assert [name for name in ids if name not in told.text] == []
        assert told.text.endswith(".")
        assert not re.search(r"[{}]|None", told.text)


def test_every_rule_stands_in_some_example() -> None:
    rules = {told.instance.rule for problem, _ in NAMED.values() for told in explain(problem, 60, "en").conflicts[0]}
    assert rules == set(Rule)


def test_every_kind_of_remedy_has_a_sentence_in_every_language() -> None:
    for problem, kind, _, _ in CASES.values():
        found = explain(problem, 60, "nb").remedies
        assert kind in {each.change.kind for each in found}
        for language in LANGUAGES:
            texts = [advice(Words(problem, language), each) for each in found]
            assert [text for text in texts if not text.endswith(".") or re.search(r"[{}]|None", text)] == []


@pytest.mark.parametrize("key", [*RULES, *REMEDIES])
def test_every_sentence_is_said_in_every_language_with_the_same_facts(key: str) -> None:
    said = {**RULES, **REMEDIES}[key]
    facts = [set(re.findall(r"{(\w+)}", sentence)) for sentence in said]
    assert len(said) == len(LANGUAGES)
    assert all(said)
    assert facts == [facts[0]] * len(LANGUAGES)


def test_rooms_and_sessions_go_by_their_names() -> None:
    problem, _ = NAMED["R2 of the only room"]
    hall = replace(problem, rooms=(replace(problem.rooms[0], name="Aulaen"),))
    assert sentences(hall, "nb")["R2 room:r1"] == "Rommet Aulaen er ledig bare 08.00–08.45."


def test_who_is_never_free_is_said_to_be_so() -> None:
    problem, _ = NAMED["R2 of the only room"]
    shut = replace(problem, rooms=(Room("r1", "r1", 9, frozenset(), ()),))
    assert sentences(shut, "en")["R2 room:r1"] == "Room r1 is never free."
    never = replace(problem, meetings=(replace(problem.meetings[0], windows=()),))
    assert sentences(never, "en")["R2 meeting:m1"] == "Meeting m1 has no time at which it can be."
