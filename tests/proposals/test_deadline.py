"""A request that begins before the deadline and ends after it has come too late."""

import asyncio
import json
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, LateRule
from app.kernel import clock
from app.kernel.db import transaction
from app.proposals.models import Proposal
from tests.proposals.factories import Sender, form, proposal


async def _status(app: Any, path: str, headers: dict[str, str], body: bytes, *moments: datetime) -> int:
    """The answer's status when the halves of `body` come in at the two `moments`."""
    halves = [body[: len(body) // 2], body[len(body) // 2 :]]
    times, statuses = list(moments), []

    async def receive() -> dict[str, object]:
        # The request's own task asks for what comes in, so this is the time it sees from here on.
        clock._told.set(times.pop(0))
        return {"type": "http.request", "body": halves.pop(0), "more_body": bool(halves)}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            statuses.append(message["status"])

    lines = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "method": "POST", "path": path, "raw_path": path.encode(), "query_string": b""}
    await app({**scope, "headers": lines, "http_version": "1.1", "scheme": "http"}, receive, send)
    return int(statuses[0])


def _late(sender: Sender) -> list[bool]:
    """Whether each version is late, the first version first."""
    with transaction(reads_only=True) as db:
        mine = sa.select(Proposal.late).where(Proposal.supplier_id == sender.supplier.id)
        return list(db.scalars(mine.order_by(Proposal.version)))


def test_an_upload_that_ends_after_the_deadline_is_late_where_late_ones_are_marked(
    client: TestClient, dialogue: Dialogue, sender: Sender, db: Session
) -> None:
    """B1, B3: begun before the deadline; only the end counts."""
    db.merge(dialogue).late_rule = LateRule.MARK
    db.commit()
    due, moment = dialogue.proposals_due_at, timedelta(milliseconds=1)
    headers, body = {**sender.headers, "Content-Type": "application/json"}, json.dumps(proposal()).encode()

    statuses = [
        asyncio.run(_status(client.app, "/api/v1/proposals", headers, body, due - moment, end))
        for end in (due, due + moment)
    ]

    assert (statuses, _late(sender)) == ([201, 201], [False, True])


def test_a_request_counts_from_when_all_of_it_had_come_in(
    client: TestClient, dialogue: Dialogue, sender: Sender
) -> None:
    """B1: an upload begun before the deadline and ended after it is late, at both doors."""
    due, moment = dialogue.proposals_due_at, timedelta(milliseconds=1)
    by_form = (
        f"{sender.address}/proposal",
        {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"session={sender.token}",
        },
    )
    by_api = "/api/v1/proposals", {**sender.headers, "Content-Type": "application/json"}

    statuses = [
        asyncio.run(_status(client.app, path, headers, body, due - moment, end))
        for (path, headers), body in ((by_form, urlencode(form()).encode()), (by_api, json.dumps(proposal()).encode()))
        for end in (due, due + moment)
    ]

    assert statuses == [303, 409, 201, 409]
