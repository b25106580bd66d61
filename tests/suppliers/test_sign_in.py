"""Signing in by letter: what the link does, and what ends it."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock
from app.kernel.settings import settings
from app.suppliers import service
from app.suppliers.models import Supplier
from tests.suppliers.factories import letters, organisation_number, registered, text_of
from tests.suppliers.mailed import LINK, SILJE, asked_for
from tests.suppliers.mailed import link as link_of


def test_a_contact_signs_in_by_the_letter_and_signs_out(client: TestClient, supplier: Supplier) -> None:
    link, own = link_of(client), f"/s/{supplier.id}"

    asked, entered = client.get(link), client.post(link)
    page, left = client.get(own), client.post(f"{own}/sign-out")

    assert "Logg inn som Dosevakt AS" in asked.text
    assert (entered.status_code, entered.headers["location"]) == (303, own)
    assert re.sub(r"=[\w-]{43};", "=…;", entered.headers["set-cookie"]) == (
        f"session=…; HttpOnly; Max-Age=604800; Path={own}; SameSite=lax"
    )
    assert (page.status_code, f'action="{own}/sign-out"' in page.text) == (200, True)
    assert (left.status_code, left.headers["location"]) == (303, "/signed-out")
    assert "Du er logget ut" in client.get("/signed-out").text
    assert client.get(own).headers["location"] == "/sign-in"


def test_signing_out_ends_the_session_itself_and_no_other(client: TestClient, supplier: Supplier) -> None:
    own = f"/s/{supplier.id}"
    first, second = (client.post(link_of(client)).cookies["session"] for _ in range(2))
    client.cookies.clear()

    client.post(f"{own}/sign-out", headers={"Cookie": f"session={first}"})

    statuses = [client.get(own, headers={"Cookie": f"session={each}"}).status_code for each in (first, second)]
    assert statuses == [303, 200]


def test_the_cookie_travels_only_over_tls_where_the_installation_does(
    client: TestClient, supplier: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = link_of(client)
    monkeypatch.setenv("DIALOGDAG_BASE_URL", "https://dialog.example")
    settings.cache_clear()

    assert client.post(link).headers["set-cookie"].endswith("SameSite=lax; Secure")


def test_a_link_works_once(client: TestClient, supplier: Supplier) -> None:
    """T3: used twice."""
    link = link_of(client)

    answers = [client.post(link), client.post(link), client.get(link)]

    assert [answer.status_code for answer in answers] == [303, 404, 404]
    assert "Lenken virker ikke lenger" in answers[1].text
    assert "set-cookie" not in answers[1].headers


def test_of_two_that_use_a_link_at_once_one_gets_in(client: TestClient, supplier: Supplier) -> None:
    """T3."""
    link = link_of(client)

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: client.post(link).status_code, range(8)))

    assert sorted(statuses) == [303, *[404] * 7]


def test_a_link_works_for_ten_minutes_and_a_session_for_seven_days(client: TestClient, supplier: Supplier) -> None:
    """T3: after ten minutes."""
    late, in_time, now = link_of(client), link_of(client), clock.now()

    with clock.as_if(now + timedelta(minutes=11)):
        refused = client.post(late)
    with clock.as_if(now + timedelta(minutes=9)):
        taken = client.post(in_time)
    pages = []
    for days in (6, 8):
        with clock.as_if(now + timedelta(days=days)):
            pages.append(client.get(f"/s/{supplier.id}").status_code)

    assert [refused.status_code, taken.status_code, *pages] == [404, 303, 200, 303]


def test_a_change_of_address_ends_links_and_sessions(client: TestClient, db: Session, supplier: Supplier) -> None:
    """T3: after a change of address."""
    open_link, own = link_of(client), f"/s/{supplier.id}"
    client.post(link_of(client))
    before = client.get(own).status_code

    service.close_doors(db, supplier)
    db.commit()

    assert (before, client.get(own).status_code, client.post(open_link).status_code) == (200, 303, 404)


def test_a_withdrawal_ends_links_and_sessions(client: TestClient, db: Session, supplier: Supplier) -> None:
    """T5."""
    open_link = link_of(client)
    client.post(link_of(client))

    service.withdraw(db, supplier)
    db.commit()

    assert [client.get(f"/s/{supplier.id}").status_code, client.post(open_link).status_code] == [303, 404]
    asked_before = len(letters())
    client.post("/sign-in", data={"email": SILJE})
    assert len(letters()) == asked_before


def test_a_scanner_that_fetches_the_link_uses_nothing_up(client: TestClient, supplier: Supplier) -> None:
    """T4: GET and HEAD, as often as they like."""
    link = link_of(client)

    fetched = [client.request(method, link) for method in ("GET", "HEAD", "OPTIONS") * 3]

    assert {answer.headers.get("set-cookie") for answer in fetched} == {None}
    assert client.post(link).status_code == 303


def test_a_link_opens_the_supplier_it_was_written_for_and_no_other(
    client: TestClient, db: Session, dialogue: Dialogue, supplier: Supplier
) -> None:
    """T6: the wrong supplier's address uses nothing up."""
    rival = registered(db, dialogue, organisation_number=organisation_number(1), contact_email="rival@rival.example")
    db.commit()
    link = link_of(client)

    wrong = client.post(link.replace(str(supplier.id), str(rival.id)))

    assert (wrong.status_code, "set-cookie" in wrong.headers) == (404, False)
    assert client.post(link).headers["location"] == f"/s/{supplier.id}"


def test_a_system_uses_the_link_for_a_token_once(client: TestClient, db: Session, supplier: Supplier) -> None:
    """T3: the page and the API use up the same link."""
    path, token = LINK.search(text_of(asked_for(client)[-1])).groups()  # type: ignore[union-attr] # the letter holds one
    link = {"supplier_id": str(supplier.id), "token": token}

    begun, again = (client.post("/api/v1/sessions", json=link) for _ in range(2))

    assert (begun.status_code, begun.json()["supplier_id"]) == (201, str(supplier.id))
    assert (again.status_code, again.json()["detail"]) == (401, "That token opens nothing.")
    assert client.post(path).status_code == 404
    assert service.by_bearer(db, begun.json()["token"]).id == supplier.id
