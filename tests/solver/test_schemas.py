"""The published JSON Schemas: they take whatever the reader takes, and refuse what is plainly wrong."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator

from solver.files import FileFault, read_problem, write_plan, write_problem
from solver.plan import Move, Place
from solver.problem import DEFAULT_AIMS, Aim
from tests.solver.day_files import Document, as_file, fullest, smallest, with_change
from tests.solver.random_days import day_documents
from tests.solver.test_files_faults import FAULTS
from tests.solver.test_files_plan import PLAN, plan_document

ROOT = Path(__file__).parents[2]
DAY_SCHEMA, PLAN_SCHEMA = (
    json.loads((ROOT / "docs" / "schemas" / f"{name}.schema.json").read_bytes()) for name in ("day", "plan")
)
DAYS, PLANS = Draft202012Validator(DAY_SCHEMA), Draft202012Validator(PLAN_SCHEMA)
ODD: list[object] = [
    None,
    True,
    False,
    0,
    1,
    15,
    1.0,
    "",
    " ",
    "\u200b",
    "x" * 1_000,
    "all",
    "people",
    "acme",
    "kari",
    "r1",
]
ODD += [
    "09:00",
    "23:45",
    [],
    {},
    [[]],
    ["acme"],
    ["kari", "ola"],
    ["r1"],
    ["m1"],
    ["09:00", "09:15"],
    [["09:00", "09:15"]],
]
MORE_PATHS = {"rooms[0].features", "people[0].buyer", "people[0].skills", "panels[0].needs", "panels[0].pause_minutes"}
MORE_PATHS |= {"suppliers[0].seats", "sessions[0].title", "sessions[0].kind", "travel", "apart[0].minutes", "limits"}
MORE_PATHS |= {"limits.breaks_differ_by", "announced", "announced.meetings", "suppliers[0].wishes", "rests", "apart"}
MOVED = (Move("m1", Place(780, "r1"), Place(780, "aula")), Move("m2", Place(780, "r1"), None))
EXAMPLES = sorted((ROOT / "examples").glob("*.day.json"))


@pytest.mark.parametrize("schema", [DAY_SCHEMA, PLAN_SCHEMA], ids=["day", "plan"])
def test_a_schema_is_a_schema(schema: Document) -> None:
    Draft202012Validator.check_schema(schema)

    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name.removesuffix(".day.json"))
def test_every_example_is_as_the_schema_says(example: Path) -> None:
    assert _faults(DAYS, json.loads(example.read_bytes())) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(day_documents())
def test_the_schema_takes_any_day_that_the_reader_takes_and_any_that_is_written(document: Document) -> None:
    written = json.loads(write_problem(read_problem(as_file(document))))

    assert _faults(DAYS, document) == []
    assert _faults(DAYS, written) == []


def test_the_schema_takes_whatever_the_reader_takes_anywhere() -> None:
    paths = sorted({path for path, _, _ in FAULTS} | MORE_PATHS)
    changed = [with_change(fullest(), path, value) for path in paths for value in ODD]

    taken = [document for document in changed if _is_taken(document)]

    assert len(taken) > 100
    assert [_faults(DAYS, document) for document in taken] == [[]] * len(taken)


def test_the_schema_takes_every_plan_that_is_written() -> None:
    assert _faults(PLANS, json.loads(write_plan(PLAN))) == []
    assert _faults(PLANS, json.loads(write_plan(replace(PLAN, moved=MOVED)))) == []
    assert _faults(PLANS, {**plan_document(), "status": "infeasible", "sessions": [], "meetings": []}) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", "dialogdag.day/2"),
        ("rooms", []),
        ("rooms[0].seats", 8.5),
        ("rooms[0].seats", -1),
        ("rooms[0].id", ""),
        ("rooms[0].id", "a\nb"),
        ("meetings[0].colour", "red"),
        ("meetings[0].rooms", []),
        ("meetings[0].parties", ["acme"]),
        ("meetings[0].parties", ["acme", "acme"]),
        ("meetings[0].start", "9:00"),
        ("meetings[0].windows", [["09:00"]]),
        ("panels[0].stretch", {"minutes": 60}),
        ("panels[0].needs.skills.ict", "one"),
        ("sessions[0].people", "some"),
        ("rests[0].who", "panels"),
        ("travel.between[0]", ["aula", "r1"]),
        ("day.step_minutes", 0),
        ("day.timezone", "../zone"),
        ("aims", ["placed", "placed"]),
    ],
)
def test_the_schema_refuses_what_is_plainly_wrong(path: str, value: object) -> None:
    assert _faults(DAYS, with_change(fullest(), path, value)) != []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("format", "dialogdag.day/1"),
        ("status", "good"),
        ("seed", -1),
        ("meetings[0].room", None),
        ("meetings[0].people", ["kari", "kari"]),
        ("aims[0].proven", 1),
        ("moved", [{"id": "m1", "from": None, "to": None}]),
        ("moved", [{"id": "m1", "from": {"start": "13:00", "room": "r1"}}]),
        ("note", ""),
    ],
)
def test_the_schema_refuses_what_is_plainly_no_plan(path: str, value: object) -> None:
    assert _faults(PLANS, with_change(plan_document(), path, value)) != []


def test_the_day_and_the_plan_in_the_description_are_as_the_schemas_say() -> None:
    described = (ROOT / "docs" / "day-format.md").read_text()
    day, plan = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", described, re.DOTALL))

    assert len(read_problem(as_file(day)).meetings) == 2
    assert (_faults(DAYS, day), _faults(PLANS, plan)) == ([], [])


def test_the_schema_names_the_aims_and_their_default_order() -> None:
    aims = DAY_SCHEMA["properties"]["aims"]

    assert aims["items"]["enum"] == list(Aim)
    assert aims["default"] == list(DEFAULT_AIMS)
    assert PLAN_SCHEMA["$defs"]["aim_result"]["properties"]["aim"]["enum"] == list(Aim)


def test_the_schema_names_every_key_and_its_default() -> None:
    written = json.loads(write_problem(read_problem(as_file(smallest()))))

    assert _keys(DAY_SCHEMA) == set(fullest())
    for part, kind in (("rooms", "room"), ("people", "person"), ("panels", "panel"), ("suppliers", "supplier")):
        assert _keys(DAY_SCHEMA["$defs"][kind]) == set(written[part][0])
    assert _keys(DAY_SCHEMA["$defs"]["meeting"]) == set(written["meetings"][0])
    assert _keys(DAY_SCHEMA["$defs"]["session"]) == set(fullest()["sessions"][0])


def _is_taken(document: Document) -> bool:
    try:
        read_problem(as_file(document))
    except FileFault:
        return False
    return True


def _keys(schema: Document) -> set[str]:
    return set(schema["properties"])


def _faults(validator: Draft202012Validator, document: object) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(document)]
