"""What is true at every door for whoever stands outside: no other host, no cache, no frame, no token in the log."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.kernel import rates
from app.kernel.settings import settings
from app.suppliers.door import COOKIE
from tests.isolation import a_dialogue_to_answer, a_victim, absent_ids, owner_of
from tests.routes import Door, named
from tests.suppliers.factories import letters, text_of

EVIL = {
    "Host": "y.invalid",
    "X-Forwarded-Host": "y.invalid",
    "X-Forwarded-Proto": "gopher",
    "Forwarded": "host=y.invalid",
}
OTHERS = {"plan_id", "document_id", "answer_id", "booking_id"}


def _paths(*doors: Door, verb: str = "GET", **known: str) -> list[str]:
    absent = absent_ids()
    filler = {**absent, **dict.fromkeys(OTHERS, absent["file_id"]), **known}
    paths = [path for (each, path), door in sorted(named().items()) if each == verb and door in doors]
    for name, value in filler.items():
        paths = [path.replace("{" + name + "}", value) for path in paths]
    return paths


def test_no_answer_leads_to_the_host_that_a_request_names(client: TestClient) -> None:
    """A slash too many, a door that is closed, and a form that goes on: each Location is a path of ours."""
    answers = [client.get(path + tail, headers=EVIL) for path in _paths(*Door) for tail in ("", "/", "//")]

    assert {name for answer in answers for name in answer.headers if "y.invalid" in answer.headers[name]} == set()
    assert [answer.text for answer in answers if "y.invalid" in answer.text] == []


def test_letters_lead_to_our_own_host_whatever_host_the_request_names(client: TestClient, db: Session) -> None:
    """T3: a sign-in link to another's host would give the session away."""
    dialogue = a_dialogue_to_answer(db)
    a_victim(db, dialogue)
    db.commit()
    before = len(letters())

    client.post("/sign-in", data={"email": "kari@kanarifugl.example"}, headers=EVIL)

    (letter,) = letters()[before:]
    links = [word for word in text_of(letter).split() if "://" in word]
    assert links
    assert all(link.startswith("http://testserver/") for link in links)


def test_what_is_for_one_reader_is_kept_by_no_cache_and_found_by_no_search(client: TestClient, db: Session) -> None:
    """T7: the supplier's own pages, every link, the API, and the way back to signing in."""
    victim = a_victim(db, a_dialogue_to_answer(db))
    owner = owner_of(db, victim)
    db.commit()
    paths = _paths(Door.OWN_PAGE, Door.OWN_LINK, Door.SIGN_IN, Door.ORGANISER, token="x", **victim.ids)

    answers = {
        (path, who): client.get(path, headers=h) for path in paths for who, h in (("", {}), ("own", owner.headers))
    }

    kept = {
        (where, answer.headers.get("cache-control"), answer.headers.get("x-robots-tag"))
        for where, answer in answers.items()
        if (answer.headers.get("cache-control"), answer.headers.get("x-robots-tag")) != ("private, no-store", "noindex")
    }
    assert kept == set()
    assert {answer.status_code for answer in answers.values()} >= {200, 303, 401, 404}


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/sent", "/", "/s/x", "/o/x", "/no-such-page"])
def test_no_page_can_be_framed_and_none_names_where_its_reader_came_from(client: TestClient, path: str) -> None:
    """T7: a page that asks for an address, too."""
    headers = client.get(path).headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "form-action 'self'" in headers["content-security-policy"]
    assert (headers["referrer-policy"], headers["x-content-type-options"]) == ("no-referrer", "nosniff")


def test_no_token_of_any_route_is_in_the_log(client: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    """T8: in a path, a query, a header and a cookie, at every route, with every verb."""
    canary = "kanari0token0" * 3
    headers = {"Authorization": f"Bearer {canary}", "Cookie": f"{COOKIE}={canary}"}
    for verb in ("GET", "POST", "PUT", "DELETE", "HEAD"):
        for path in _paths(*Door, verb=verb, token=canary, slug=canary, supplier_id=canary):
            rates._counted.cache_clear()
            client.request(verb, f"{path}?token={canary}", headers=headers)

    logged = "".join(capfd.readouterr())
    assert logged.count("route=") + logged.count('"route"') > 100
    assert canary not in logged


def test_a_session_that_was_there_before_is_not_the_one_that_signing_in_begins(
    client: TestClient, db: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fixed session opens nothing afterwards; the new one goes to this supplier's pages alone, and to no script."""
    victim = a_victim(db, a_dialogue_to_answer(db))
    db.commit()
    before = len(letters())
    client.post("/sign-in", data={"email": "kari@kanarifugl.example"})
    link = next(word for word in text_of(letters()[before]).split() if "/sign-in/" in word)
    home = f"/s/{victim.ids['supplier_id']}"
    monkeypatch.setenv("DIALOGDAG_BASE_URL", "https://dialog.example")
    settings.cache_clear()

    answer = client.post(link.removeprefix("http://testserver"), headers={"Cookie": f"{COOKIE}=fixed"})

    cookie = answer.headers["set-cookie"]
    given, *how = cookie.split("; ")
    assert sorted(how) == ["HttpOnly", "Max-Age=604800", f"Path={home}", "SameSite=lax", "Secure"]
    client.cookies.clear()
    opened = [client.get(home, headers={"Cookie": each}).status_code for each in (given, f"{COOKIE}=fixed")]
    assert (given == f"{COOKIE}=fixed", opened) == (False, [200, 303])
