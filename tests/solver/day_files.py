"""Day files as JSON documents: the smallest, and one that uses every key."""

import copy
import json
import re
from typing import Any

# A document is whatever JSON can hold: tests take it apart by key and by place.
Document = dict[str, Any]


def as_file(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def with_change(document: Document, path: str, value: object) -> Document:
    """The document with another value at a path such as `meetings[0].parties[0]`."""
    changed = copy.deepcopy(document)
    holder, last = _at(changed, path)
    holder[last] = value
    return changed


def without(document: Document, path: str) -> Document:
    """The document without the key at a path."""
    changed = copy.deepcopy(document)
    holder, last = _at(changed, path)
    del holder[last]
    return changed


def _at(document: Document, path: str) -> tuple[Any, str | int]:
    *way, last = [int(step) if step.isdigit() else step for step in re.split(r"\]?[.\[]", path.removesuffix("]"))]
    holder: Any = document
    for step in way:
        holder = holder[step]
    return holder, last


def smallest() -> Document:
    return {
        "format": "dialogdag.day/1",
        "day": {"date": "2027-04-08", "timezone": "Europe/Oslo", "opens": "09:00", "closes": "12:00"},
        "rooms": [{"id": "r1", "seats": 8}],
        "people": [{"id": "kari", "buyer": "larvik"}],
        "panels": [{"id": "p1", "members": ["kari"]}],
        "suppliers": [{"id": "acme"}, {"id": "beta"}],
        "meetings": [{"id": "m1", "parties": ["acme", "p1"], "minutes": 30}],
    }


def fullest() -> Document:
    return {
        "format": "dialogdag.day/1",
        "day": {
            "date": "2027-04-08",
            "timezone": "Europe/Oslo",
            "opens": "08:30",
            "closes": "16:30",
            "step_minutes": 15,
        },
        "rooms": [
            {"id": "aula", "name": "Aulaen", "seats": 120, "features": ["video"], "free": [["08:30", "16:00"]]},
            {"id": "r1", "name": "Bjørk", "seats": 8, "features": [], "free": []},
        ],
        "travel": {"minutes": 7, "between": [["aula", "r1", 12]]},
        "people": [
            {
                "id": "kari",
                "buyer": "larvik",
                "skills": ["health", "minutes"],
                "free": [["08:30", "15:00"]],
                "barred": ["acme"],
            },
            {"id": "ola", "buyer": "skien", "skills": [], "free": [["08:30", "16:30"]], "barred": []},
        ],
        "panels": [
            {
                "id": "p1",
                "members": ["kari", "ola"],
                "needs": {"people": 2, "buyers": 2, "skills": {"minutes": 1}},
                "rooms": ["r1"],
                "stays": False,
                "pause_minutes": 7,
                "stretch": {"minutes": 100, "rest_minutes": 10},
            }
        ],
        "suppliers": [
            {
                "id": "acme",
                "seats": 3,
                "online": True,
                "free": [["10:45", "16:30"]],
                "wishes": [{"from": "12:30", "to": "14:00", "weight": 2}],
            },
            {"id": "beta", "seats": 1, "online": False, "free": [["08:30", "16:30"]], "wishes": []},
        ],
        "sessions": [
            {
                "id": "plenary",
                "title": "Dialogkonferanse",
                "kind": "plenary",
                "minutes": 120,
                "windows": [["09:00", "12:00"]],
                "rooms": ["aula"],
                "suppliers": ["acme", "beta"],
                "panels": ["p1"],
                "people": ["kari", "ola"],
                "after": [],
            },
            {
                "id": "lunch",
                "title": "Lunsj",
                "kind": "break",
                "minutes": 30,
                "windows": [["11:00", "13:00"]],
                "suppliers": [],
                "panels": [],
                "people": ["kari"],
                "after": ["plenary"],
            },
        ],
        "meetings": [
            {
                "id": "m1",
                "parties": ["acme", "p1"],
                "minutes": 45,
                "required": True,
                "weight": 3,
                "after": ["lunch"],
                "windows": [["12:30", "16:30"]],
                "rooms": ["r1"],
                "start": "13:00",
                "room": "r1",
            }
        ],
        "rests": [{"who": ["beta", "kari"], "minutes": 20, "window": ["13:00", "15:00"]}],
        "apart": [{"suppliers": ["acme", "beta"], "minutes": 10}],
        "limits": {"breaks_differ_by": 1},
        "announced": {"meetings": [{"id": "m1", "start": "13:00", "room": "r1"}], "fixed_until": "10:00"},
        "aims": ["placed", "finish"],
    }
