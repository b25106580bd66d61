"""Publishing while others book: each booking is in the day, or was refused; there is no third."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.kernel.db import transaction
from app.meetings.models import Booking, ClaimedCell
from app.planning import jobs, service
from app.planning.models import PlanRun, RunState
from tests.days.factories import api, organiser
from tests.meetings.factories import a_planned_dialogue, wishes


def test_a_plan_published_while_others_book_never_meets_them_halfway(client: TestClient, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    asked = wishes(db, dialogue, 12, "panel-a", "panel-b")
    headers, url = organiser(db, dialogue), api(dialogue.id)
    run = service.request_plan(db, dialogue)
    db.commit()
    jobs.load(str(run.id))
    jobs.store(str(run.id), jobs.find_plan(str(run.id)))
    barrier = threading.Barrier(1 + len(asked))

    def publish() -> int:
        barrier.wait(60)
        return client.post(f"{url}/plans/{run.id}/publish", headers=headers).status_code

    def book(place: int) -> int:
        body = {"request": str(asked[place].id), "room": ("furu", "gran")[place % 2]}
        clock = f"2099-04-08T{13 + place // 6}:{place // 2 % 3}0:00+02:00"
        barrier.wait(60)
        return client.post(f"{url}/bookings", headers=headers, json={**body, "starts_at": clock}).status_code

    with ThreadPoolExecutor(1 + len(asked)) as pool:
        publishing = pool.submit(publish)
        answers = Counter(pool.map(book, range(len(asked))))

    booked = answers.pop(201, 0)
    assert set(answers) <= {409}
    with transaction(reads_only=True) as other:
        state = other.get_one(PlanRun, run.id).state
        kept = len(other.scalars(sa.select(Booking)).all())
        cells = sa.select(ClaimedCell.resource_id).group_by(ClaimedCell.resource_id, ClaimedCell.starts_at)
        assert other.scalars(cells.having(sa.func.count() > 1)).all() == []
    # Whoever is first decides: a plan that comes first places all twelve, a booking that comes first outdates it.
    was_published = publishing.result() == 200
    assert (state, kept, booked) == (
        (RunState.PUBLISHED, len(asked), 0) if was_published else (RunState.READY, booked, kept)
    )
    assert was_published or (publishing.result() == 409 and booked > 0)
