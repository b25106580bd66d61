"""A supplier's own pages: there for whoever is signed in, and alike for all others."""

import re
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access, rates
from app.kernel.access import Right
from app.suppliers.models import Supplier
from tests.suppliers.factories import organisation_number, registered


def test_nobody_tells_a_rivals_page_from_one_that_is_not_there(
    client: TestClient, db: Session, dialogue: Dialogue, supplier: Supplier
) -> None:
    """Z1: asked by nobody, by a rival and with made-up ids, every page and verb answers the same, bytes and headers."""
    rival = registered(db, dialogue, organisation_number=organisation_number(1), contact_email="rival@rival.example")
    session = access.grant(db, Right.SUPPLIER, rival.id)
    db.commit()
    ids = [str(supplier.id), str(supplier.id).upper(), "00000000-0000-4000-8000-000000000000", "x"]

    answers = []
    for path, method in sorted(_personal_pages()):
        rates._counted.cache_clear()  # guesses are counted, but not here
        answers += [
            client.request(method, path.replace("{supplier_id}", each), headers=headers)
            for each in ids
            for headers in ({}, {"Cookie": f"session={session}"})
        ]
        made_up = {"Cookie": "session=made-up"}
        answers.append(client.request(method, path.replace("{supplier_id}", str(supplier.id)), headers=made_up))

    assert len(answers) > 100
    assert {answer.status_code for answer in answers} == {303}
    assert len({(answer.text, tuple(sorted(answer.headers.items()))) for answer in answers}) == 1
    assert answers[0].headers["location"] == "/sign-in"


def _routes(router: APIRouter) -> Iterator[Any]:
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        yield from _routes(inner) if inner else [route]


def _personal_pages() -> set[tuple[str, str]]:
    """The path and the verb of every page of a supplier's own that is opened by a session."""
    from app.main import FOR_PEOPLE

    routes = [route for door in FOR_PEOPLE for route in _routes(door.router) if "{supplier_id}" in route.path]
    own = [route for route in routes if not route.path.endswith("/sign-in/{token}")]
    return {
        (re.sub(r"{(?!supplier_id)\w+(:\w+)?}", "1", route.path), method) for route in own for method in route.methods
    }


def test_the_owner_is_let_in_where_the_others_are_turned_away(
    client: TestClient, db: Session, supplier: Supplier
) -> None:
    """The control of the test above: the same pages are there for whoever is signed in."""
    session = {"Cookie": f"session={access.grant(db, Right.SUPPLIER, supplier.id)}"}
    db.commit()
    pages = sorted(path for path, method in _personal_pages() if method == "GET")

    answers = [client.get(path.replace("{supplier_id}", str(supplier.id)), headers=session) for path in pages]

    assert "/sign-in" not in {answer.headers.get("location") for answer in answers}


def test_a_token_opens_no_door_but_its_own(client: TestClient, db: Session, supplier: Supplier) -> None:
    """T6: a feed's and a sign-in link's token at the API, as a session and in every other address."""
    api = f"/api/v1/dialogues/{supplier.dialogue_id}"
    for right in (Right.SUPPLIER_FEED, Right.SIGN_IN):
        token = access.grant(db, right, supplier.id)
        db.commit()
        bearer, cookie = {"Authorization": f"Bearer {token}"}, {"Cookie": f"session={token}"}

        by_system = [
            client.get(f"{api}/suppliers", headers=bearer),
            client.delete(f"{api}/suppliers/{supplier.id}", headers=bearer),
            client.post("/api/v1/proposals", json={"answers": []}, headers=bearer),
        ]
        as_session = [
            client.request(method, path.replace("{supplier_id}", str(supplier.id)), headers=cookie)
            for path, method in sorted(_personal_pages())
        ]
        others = {Right.SUPPLIER_FEED: "/s/{0}/sign-in/{1}", Right.SIGN_IN: "/f/{1}.ics"}[right]
        paths = ["/o/{1}", "/p/{1}", f"/d/x/confirm/{token}", others]
        in_addresses = [client.get(path.format(supplier.id, token)) for path in paths]

        assert [answer.status_code for answer in by_system] == [401] * 3
        assert {(answer.status_code, answer.headers["location"]) for answer in as_session} == {(303, "/sign-in")}
        assert [answer.status_code for answer in in_addresses] == [404] * 4
