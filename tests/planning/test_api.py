"""From the facts to a published plan, over the API and with the real solver."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.kernel import trail
from app.kernel.settings import settings
from app.meetings.models import Booking
from app.meetings.queries import appointments
from app.planning.models import PlanRun, RunState
from solver.files import problem_sha256, read_plan, read_problem
from solver.score import false_figures
from solver.verify import breaches
from tests.days.factories import a_dialogue, a_session, api, organiser
from tests.meetings.factories import a_planned_dialogue, a_supplier, wishes

Wait = Callable[..., Any]
pytestmark = pytest.mark.usefixtures("running_engine")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, house: object) -> None:
    monkeypatch.setenv("DIALOGDAG_SOLVER_SECONDS", "20")
    settings.cache_clear()


def _ready_to_plan(db: Session, meetings: int = 4) -> tuple[Dialogue, str, dict[str, str]]:
    dialogue = a_planned_dialogue(db)
    wishes(db, dialogue, meetings, "panel-a", "panel-b")
    headers = organiser(db, dialogue)
    db.commit()
    return dialogue, api(dialogue.id) + "/plans", headers


def _made(client: TestClient, url: str, headers: dict[str, str], wait_until: Wait, **body: object) -> dict[str, Any]:
    asked = client.post(url, headers=headers, json=body)
    assert asked.status_code == 202

    def ended() -> dict[str, Any] | None:
        told: dict[str, Any] = client.get(asked.headers["location"], headers=headers).json()
        return told if told["finished_at"] else None

    made: dict[str, Any] = wait_until(ended, seconds=60)
    return made


def test_a_plan_is_asked_for_made_looked_at_and_published(client: TestClient, db: Session, wait_until: Wait) -> None:
    dialogue, url, headers = _ready_to_plan(db)

    made = _made(client, url, headers, wait_until, seed=7)

    own = f"{url}/{made['id']}"
    assert (made["state"], made["seed"], made["fault"], made["published_at"]) == ("ready", 7, None, None)
    assert made["progress"]["steps"] >= made["progress"]["step"] >= 1
    day, plan = (client.get(f"{own}/{name}", headers=headers).content for name in ("day.json", "plan.json"))
    problem = read_problem(day)
    found = read_plan(plan, problem)
    assert (len(found.meetings), found.unplaced, found.seed) == (4, (), 7)
    assert (breaches(problem, found), false_figures(problem, found, problem_sha256(day))) == ((), ())
    picture = client.get(f"{own}/picture.svg", headers=headers)
    assert picture.headers["content-type"] == "image/svg+xml"
    assert all(name in picture.text for name in ("Firma 0 AS", "Firma 3 AS", "Furu", "Trygg hjemme"))

    letters = client.get(f"{own}/letters", headers=headers).json()
    published = client.post(f"{own}/publish", headers=headers)

    assert (len(letters), {one["kind"] for one in letters}) == (20, {"invited"})
    assert (published.status_code, published.json()["state"]) == (200, "published")
    db.refresh(dialogue)
    assert dialogue.phase is Phase.PLANNED
    told = {(placed.start, placed.room, placed.people) for placed in found.meetings}
    meetings = [one for one in appointments(db, dialogue.id) if one.kind == "meeting"]
    assert {_as_placed(one) for one in meetings} == told
    assert sorted(one.title for one in appointments(db, dialogue.id) if one.title) == ["Dialogkonferanse", "Lunsj"]
    actions = [(entry.action, entry.kind) for entry in trail.entries(db) if entry.kind == "plan_runs"]
    assert actions == [("requested", "plan_runs"), ("ready", "plan_runs"), ("published", "plan_runs")]
    assert trail.first_flaw(db) is None
    db.commit()
    assert client.post(f"{own}/publish", headers=headers).json()["detail"] == "This plan is published already."


def _as_placed(meeting: Any) -> tuple[int, str, tuple[str, ...]]:
    start = (meeting.starts_at.hour + 2) * 60 + meeting.starts_at.minute
    return start, meeting.room.handle, tuple(person.handle for person in meeting.people)


def test_a_plan_made_on_old_facts_is_not_published(client: TestClient, db: Session, wait_until: Wait) -> None:
    dialogue, url, headers = _ready_to_plan(db, 2)
    made = _made(client, url, headers, wait_until)
    a_supplier(db, dialogue, 50)
    db.commit()

    refused = client.post(f"{url}/{made['id']}/publish", headers=headers)

    assert (refused.status_code, refused.json()["detail"]) == (
        409, "Something has changed since this plan was made. Make a new plan, and publish that.",
    )  # fmt: skip
    assert db.scalars(sa.select(Booking)).all() == []
    assert client.get(f"{url}/{made['id']}", headers=headers).json()["published_at"] is None


def test_a_second_plan_moves_nobody_who_need_not_move(client: TestClient, db: Session, wait_until: Wait) -> None:
    dialogue, url, headers = _ready_to_plan(db, 3)
    first = _made(client, url, headers, wait_until)
    client.post(f"{url}/{first['id']}/publish", headers=headers)
    before = _where(db, dialogue)
    client.post(f"{url.removesuffix('/plans')}/rooms", headers=headers, json={"name": "Bjørk", "seats": 6})

    second = _made(client, url, headers, wait_until)
    client.post(f"{url}/{second['id']}/publish", headers=headers)

    db.expire_all()
    assert _where(db, dialogue) == before
    plan = client.get(f"{url}/{second['id']}/plan.json", headers=headers).json()
    assert [aim["value"] for aim in plan["aims"] if aim["aim"] == "kept"] == [0]


def _where(db: Session, dialogue: Dialogue) -> dict[UUID, tuple[datetime, str, datetime]]:
    found = {
        one.uid: (one.starts_at, one.room.handle if one.room else "", one.changed_at)
        for one in appointments(db, dialogue.id)
    }
    db.commit()
    return found


def test_a_day_that_cannot_be_held_is_told_to_be_impossible(client: TestClient, db: Session, wait_until: Wait) -> None:
    dialogue, url, headers = _ready_to_plan(db, 1)
    a_session(db, dialogue, "Omvisning", "workshop", 60, "09:00", "10:00")  # at the same time as the plenary
    db.commit()

    made = _made(client, url, headers, wait_until)

    assert (made["state"], made["fault"]) == ("infeasible", None)
    plan = client.get(f"{url}/{made['id']}/plan.json", headers=headers)
    assert (plan.status_code, plan.json()["detail"]) == (409, "There is no finished plan to look at.")


def test_only_one_plan_is_made_at_a_time_and_none_of_nothing(client: TestClient, db: Session) -> None:
    dialogue, url, headers = _ready_to_plan(db, 1)
    empty = a_dialogue(db, title="Tom dialog")
    theirs = organiser(db, empty)
    db.add(PlanRun(dialogue_id=dialogue.id, seed=1))
    db.commit()

    second = client.post(url, headers=headers)
    of_nothing = client.post(f"{api(empty.id)}/plans", headers=theirs)

    assert (second.status_code, second.json()["detail"]) == (409, "A plan is being made already.")
    assert (of_nothing.status_code, of_nothing.json()["detail"]) == (404, "The hours of the day have not been set.")


def test_strangers_and_other_organisers_reach_no_plan(client: TestClient, db: Session) -> None:
    dialogue, url, _ = _ready_to_plan(db, 1)
    other = a_dialogue(db, title="En annen dialog")
    theirs = organiser(db, other)
    run = PlanRun(dialogue_id=dialogue.id, seed=1, state=RunState.FAILED)
    db.add(run)
    db.commit()

    for path in ("", f"/{run.id}", f"/{run.id}/day.json", f"/{run.id}/plan.json", f"/{run.id}/picture.svg"):
        assert client.get(url + path).status_code == 401
        assert client.get(url + path, headers=theirs).status_code == 404
    assert client.get(f"{api(other.id)}/plans/{run.id}", headers=theirs).status_code == 404
    assert client.post(url, headers=theirs).status_code == 404
    assert client.post(f"{url}/{run.id}/publish", headers=theirs).status_code == 404


@pytest.mark.parametrize(
    "body", ['{"seed": true}', '{"seed": -1}', '{"seed": 9999999999999999999999}', "[]", '{"x": 1}']
)
def test_an_odd_request_for_a_plan_is_refused(client: TestClient, db: Session, body: str) -> None:
    _, url, headers = _ready_to_plan(db, 1)

    assert client.post(url, headers=headers, content=body).status_code == 422
