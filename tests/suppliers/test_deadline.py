"""B1: a registration, or a change of one, counts from when all of it had come in, at every door alike."""

import asyncio
import json
from datetime import timedelta
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import db as kernel_db
from tests.proposals.test_deadline import _status
from tests.suppliers.factories import asked, organisation_number, registered, session_of

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PARTICIPATION = {"wants_meeting": "true", "online": "false", "seats": "3", "preference": "any"}


def test_a_registration_counts_from_when_all_of_it_had_come_in(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    """B1: begun before the deadline; ended at it, and a millisecond after it."""
    closes, moment = dialogue.registration_closes_at, timedelta(milliseconds=1)
    supplier = registered(db, dialogue, organisation_number=organisation_number(9))
    cookie = {"Cookie": f"session={session_of(db, supplier)}"}
    db.commit()
    by_system = f"/api/v1/dialogues/{dialogue.id}/registrations"
    whole = json.dumps(asked()).encode()
    doors = [
        (f"/d/{dialogue.slug}/register", FORM, urlencode(asked()).encode()),
        (by_system, {"Content-Type": "application/json"}, whole),
        (by_system, {"Content-Type": "application/json", **organiser}, whole),
        (f"/s/{supplier.id}/registration/participation", {**FORM, **cookie}, urlencode(PARTICIPATION).encode()),
    ]

    statuses = [
        [asyncio.run(_status(client.app, *door, closes - moment, end)) for end in (closes, closes + moment)]
        for door in doors
    ]

    assert statuses == [[303, 409], [202, 409], [201, 409], [303, 409]]


def test_a_company_that_is_known_and_one_that_is_not_take_the_database_the_same_work(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    """Z10: nobody hears by the time of the answer what the answer does not say."""
    known = organisation_number(1)
    registered(db, dialogue, organisation_number=known, contact_email="kari@example.no")
    db.commit()
    client.post(f"/d/{dialogue.slug}/register", data=asked(organisation_number=organisation_number(3)))

    counts = [_statements(client, dialogue, number) for number in (known, organisation_number(2))]

    assert abs(counts[0] - counts[1]) <= 4, counts


def _statements(client: TestClient, dialogue: Dialogue, number: str) -> int:
    counted = 0

    def count(*_: object) -> None:
        nonlocal counted
        counted += 1

    engine = kernel_db.engine()
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        client.post(f"/d/{dialogue.slug}/register", data=asked(organisation_number=number))
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return counted
