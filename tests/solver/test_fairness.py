"""How a plan treats each supplier, counted by hand, and as tables and JSON tell it."""

import json
from pathlib import Path

import pytest

from solver.fairness import Fairness, Spread, SupplierDay, fairness
from solver.problem import Wish
from solver.verdict import judge
from tests.solver.command_line import run, write_day_and_plan
from tests.solver.factories import SHA256, at, meeting, panel, person, plan_of, problem, session, spans, supplier

WISHES = (Wish(spans("09:00-12:00")[0], 3), Wish(spans("10:00-10:30")[0], 1))
DAY = problem(
    people=(person("kari"), person("ola")),
    panels=(panel("p1", "kari"), panel("p2", "ola")),
    suppliers=(supplier("acme", wishes=WISHES), supplier("beta"), supplier("cito"), supplier("dora", wishes=WISHES)),
    sessions=(session("plenary", 60, suppliers=("acme", "dora")),),
    meetings=(
        meeting("m1", "acme", "p1"),
        meeting("m2", "beta", "p2"),
        meeting("m3", "cito", "p1", minutes=45),
        meeting("m4", "cito", "p2"),
        meeting("m5", "dora", "p2"),
    ),
)
PLAN = plan_of(
    DAY,
    plenary=("08:00", "r1"),
    m1=("10:00", "r1", "kari"),
    m2=("10:00", "r2", "ola"),
    m3=("12:00", "r1", "kari"),
    m4=("13:00", "r2", "ola"),
)


def test_every_supplier_has_its_wait_its_place_in_the_day_and_its_length() -> None:
    assert fairness(DAY, PLAN) == Fairness(
        suppliers=(
            SupplierDay("acme", 1, 30, 60, 1, at("10:00"), 1, 25, 2, 2),
            SupplierDay("beta", 1, 30, 0, 0, at("10:00"), 1, 25, 0, 0),
            SupplierDay("cito", 2, 75, 15, 1, at("12:00"), 3, 50, 0, 0),
            SupplierDay("dora", 0, 0, 0, 0, None, None, None, 0, 2),
        ),
        spread={"minutes": Spread(30, 75), "wait": Spread(0, 60), "breaks": Spread(0, 1)},
    )


def test_the_table_stands_in_columns_and_the_spread_in_words() -> None:
    assert list(fairness(DAY, PLAN).lines()) == [
        "supplier  meetings  minutes  wait  breaks  first  place  day gone  wishes met",
        "acme             1       30    60       1  10:00      1      25 %      2 of 2",
        "beta             1       30     0       0  10:00      1      25 %           –",
        "cito             2       75    15       1  12:00      3      50 %           –",
        "dora             0        0     0       0      –      –         –      0 of 2",
        "Suppliers have from 30 to 75 minutes of meetings: 45 apart.",
        "Suppliers wait from 0 to 60 minutes: 60 apart.",
        "Suppliers have from 0 to 1 breaks: 1 apart.",
    ]


def test_where_all_are_treated_alike_that_is_said() -> None:
    told = list(fairness(DAY, plan_of(DAY, m1=("10:00", "r1", "kari"), m2=("10:00", "r2", "ola"))).lines())

    assert told[-3:] == [
        "Every supplier that meets anybody has 30 minutes of meetings.",
        "Every supplier that meets anybody waits 0 minutes.",
        "Every supplier that meets anybody has as many breaks: 0.",
    ]


def test_where_nobody_meets_there_is_nothing_to_compare() -> None:
    nobody = fairness(DAY, plan_of(DAY))

    assert (len(nobody.suppliers), nobody.spread, len(list(nobody.lines()))) == (4, {}, 5)


def test_the_check_tells_a_program_how_each_supplier_is_treated() -> None:
    told = json.loads(judge(DAY, PLAN, SHA256).as_json())

    assert told["suppliers"][0] == {
        "id": "acme",
        "meetings": 1,
        "minutes": 30,
        "wait": 60,
        "breaks": 1,
        "first": "10:00",
        "place": 1,
        "day_gone": 25,
        "wishes_met": 2,
        "wishes": 2,
    }
    assert [supplier["first"] for supplier in told["suppliers"]] == ["10:00", "10:00", "12:00", None]
    assert told["spread"] == {
        "minutes": {"least": 30, "most": 75},
        "wait": {"least": 0, "most": 60},
        "breaks": {"least": 0, "most": 1},
    }


def test_the_check_shows_the_table_to_whoever_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_day_and_plan(tmp_path)

    plain, asked = run("check", "day.json", "plan.json"), run("check", "day.json", "plan.json", "--suppliers")

    assert (asked.exit_code, asked.stderr) == (0, "")
    assert asked.stdout.removeprefix(plain.stdout).splitlines() == [
        "",
        "supplier  meetings  minutes  wait  breaks  first  place  day gone  wishes met",
        "acme             1       30     0       0  09:00      1       0 %           –",
        "beta             0        0     0       0      –      –         –           –",
        "Every supplier that meets anybody has 30 minutes of meetings.",
        "Every supplier that meets anybody waits 0 minutes.",
        "Every supplier that meets anybody has as many breaks: 0.",
    ]
