"""What holds a sign-in token, for how long, and where none may be found."""

import hashlib
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.kernel import access, clock
from app.kernel.access import Right
from app.kernel.db import Table, transaction
from app.kernel.post import Letter
from app.suppliers.models import Supplier
from tests.suppliers.mailed import SILJE
from tests.suppliers.mailed import link as link_of


def test_the_page_of_a_link_leaks_it_nowhere(client: TestClient, supplier: Supplier) -> None:
    """T7: no referrer, no cache, nothing loaded from elsewhere, and the token not even in the page."""
    link = link_of(client)

    for page in (client.get(link), client.post(link), client.post(link)):
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "private, no-store"
        assert page.headers["x-robots-tag"] == "noindex"
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page.text) == []
        assert link.rpartition("/")[2] not in page.text


def test_every_link_that_signs_nobody_in_gets_the_same_answer(
    client: TestClient, db: Session, supplier: Supplier
) -> None:
    """T3, T6, T9: used, over, made up, of another right, or for an id that is none."""
    used, over = link_of(client), link_of(client)
    client.post(used)
    client.cookies.clear()
    rights = [access.grant(db, right, supplier.id) for right in Right if right is not Right.SIGN_IN]
    db.commit()
    token = access.grant(db, Right.SIGN_IN, supplier.id)
    db.commit()
    wrong = [used, *(f"/s/{supplier.id}/sign-in/{each}" for each in (*rights, "x", "x" * 5000, "%F0%9F%A7%AA"))]
    wrong += [f"/s/{place}/sign-in/{token}" for place in ("x", "00000000-0000-4000-8000-000000000000")]

    answers = [client.request(method, path) for path in wrong for method in ("GET", "POST")]
    with clock.as_if(clock.now() + timedelta(minutes=11)):
        answers += [client.get(over), client.post(over)]

    assert {answer.status_code for answer in answers} == {404}
    assert len({(answer.text, tuple(sorted(answer.headers.items()))) for answer in answers}) == 1


def _dump() -> Iterator[str]:
    with transaction(reads_only=True) as db:
        for table in Table.metadata.sorted_tables:
            yield from (repr(tuple(row)) for row in db.execute(sa.select(table)))


def test_the_database_holds_hashes_of_tokens_and_nothing_else_of_them(client: TestClient, supplier: Supplier) -> None:
    """T2: the letter's row holds the link until the letter has left, when it is emptied."""
    link = link_of(client)
    session = client.post(link).cookies["session"]
    tokens = (link.rpartition("/")[2], session)
    with transaction() as db:
        written = db.scalars(sa.select(Letter).where(Letter.key.startswith("sign in "))).one()
        before, written.mime = written.mime, b""  # as the post empties it

    dump = "\n".join(_dump())

    assert tokens[0].encode() in before.replace(b"=\r\n", b"").replace(b"=\n", b"")
    assert not any(token in dump for token in tokens)
    assert all(hashlib.sha256(token.encode()).hexdigest() in dump for token in tokens)


def test_tokens_stand_in_no_log(client: TestClient, supplier: Supplier, capfd: pytest.CaptureFixture[str]) -> None:
    """T8: after 100 requests with tokens, faults included."""
    tokens = [f"canary{number:03d}{'x' * 34}" for number in range(50)]
    link = link_of(client)
    session = client.post(link).cookies["session"]
    for token in tokens:
        client.get(f"/s/{supplier.id}/sign-in/{token}")
        client.get(f"/s/{supplier.id}", headers={"Cookie": f"session={token}"})
    client.get("/api/v1/dialogues/x", headers={"Authorization": f"Bearer {tokens[0]}"})

    out, err = capfd.readouterr()

    assert out.count("/s/{supplier_id}/sign-in/{token}") >= 50
    assert not any(token in out + err for token in (*tokens, session, link.rpartition("/")[2], SILJE))
