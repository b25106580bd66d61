"""Signing in by letter: who gets one, what its link does, and what ends it."""

import hashlib
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import sqlalchemy as sa
from fastapi import APIRouter
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import access, clock, rates
from app.kernel.access import Right
from app.kernel.db import Table, transaction
from app.kernel.post import Letter
from app.kernel.settings import settings
from app.suppliers import service, signing
from app.suppliers.models import Supplier
from tests.dialogues.factories import published
from tests.suppliers.factories import DOSEVAKT, letters, organisation_number, recipient_of, registered, text_of

SILJE = DOSEVAKT["contact_email"]
LINK = re.compile(r"http://testserver(/s/[0-9a-f-]{36}/sign-in/([\w-]{43}))\s")


@pytest.fixture
def supplier(db: Session, dialogue: Dialogue) -> Supplier:
    made = registered(db, dialogue)
    db.commit()
    return made


def _asked_for(client: TestClient, address: str = SILJE) -> list[EmailMessage]:
    """The sign-in letters there are when somebody has asked with this address."""
    client.post("/sign-in", data={"email": address})
    return [letter for letter in letters() if "logge inn" in letter["Subject"]]


def _link(client: TestClient) -> str:
    found = LINK.search(text_of(_asked_for(client)[-1]))
    assert found is not None
    return found[1]


def test_a_contact_signs_in_by_the_letter_and_signs_out(client: TestClient, supplier: Supplier) -> None:
    link, own = _link(client), f"/s/{supplier.id}"

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
    first, second = (client.post(_link(client)).cookies["session"] for _ in range(2))
    client.cookies.clear()

    client.post(f"{own}/sign-out", headers={"Cookie": f"session={first}"})

    statuses = [client.get(own, headers={"Cookie": f"session={each}"}).status_code for each in (first, second)]
    assert statuses == [303, 200]


def test_the_cookie_travels_only_over_tls_where_the_installation_does(
    client: TestClient, supplier: Supplier, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = _link(client)
    monkeypatch.setenv("DIALOGDAG_BASE_URL", "https://dialog.example")
    settings.cache_clear()

    assert client.post(link).headers["set-cookie"].endswith("SameSite=lax; Secure")


def test_a_link_works_once(client: TestClient, supplier: Supplier) -> None:
    """T3: used twice."""
    link = _link(client)

    answers = [client.post(link), client.post(link), client.get(link)]

    assert [answer.status_code for answer in answers] == [303, 404, 404]
    assert "Lenken virker ikke lenger" in answers[1].text
    assert "set-cookie" not in answers[1].headers


def test_of_two_that_use_a_link_at_once_one_gets_in(client: TestClient, supplier: Supplier) -> None:
    """T3."""
    link = _link(client)

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: client.post(link).status_code, range(8)))

    assert sorted(statuses) == [303, *[404] * 7]


def test_a_link_works_for_ten_minutes_and_a_session_for_seven_days(client: TestClient, supplier: Supplier) -> None:
    """T3: after ten minutes."""
    late, in_time, now = _link(client), _link(client), clock.now()

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
    open_link, own = _link(client), f"/s/{supplier.id}"
    client.post(_link(client))
    before = client.get(own).status_code

    service.close_doors(db, supplier)
    db.commit()

    assert (before, client.get(own).status_code, client.post(open_link).status_code) == (200, 303, 404)


def test_a_withdrawal_ends_links_and_sessions(client: TestClient, db: Session, supplier: Supplier) -> None:
    """T5."""
    open_link = _link(client)
    client.post(_link(client))

    service.withdraw(db, supplier)
    db.commit()

    assert [client.get(f"/s/{supplier.id}").status_code, client.post(open_link).status_code] == [303, 404]
    asked_before = len(letters())
    client.post("/sign-in", data={"email": SILJE})
    assert len(letters()) == asked_before


def test_a_scanner_that_fetches_the_link_uses_nothing_up(client: TestClient, supplier: Supplier) -> None:
    """T4: GET and HEAD, as often as they like."""
    link = _link(client)

    fetched = [client.request(method, link) for method in ("GET", "HEAD", "OPTIONS") * 3]

    assert {answer.headers.get("set-cookie") for answer in fetched} == {None}
    assert client.post(link).status_code == 303


def test_the_page_of_a_link_leaks_it_nowhere(client: TestClient, supplier: Supplier) -> None:
    """T7: no referrer, no cache, nothing loaded from elsewhere, and the token not even in the page."""
    link = _link(client)

    for page in (client.get(link), client.post(link), client.post(link)):
        assert page.headers["referrer-policy"] == "no-referrer"
        assert page.headers["cache-control"] == "private, no-store"
        assert page.headers["x-robots-tag"] == "noindex"
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//', page.text) == []
        assert link.rpartition("/")[2] not in page.text


def test_every_address_gets_the_same_answer_and_only_a_known_one_a_letter(
    client: TestClient, supplier: Supplier
) -> None:
    """L3, Z2: nobody learns who has registered."""
    answers = [
        client.post("/sign-in", data={"email": address})
        for address in (SILJE, SILJE.upper(), "nobody@rival.example", "post@vikstrand.example")
    ]

    shapes = {(answer.status_code, answer.text, tuple(answer.headers.items())) for answer in answers}
    assert len(shapes) == 1
    assert answers[0].headers["location"] == "/sign-in/sent"
    sent = [recipient_of(letter) for letter in letters() if "logge inn" in letter["Subject"]]
    assert sent == [SILJE, SILJE]


def test_an_address_that_is_none_is_refused_beside_the_field(client: TestClient, supplier: Supplier) -> None:
    for wrong in ("", "silje", "a@b\r\nBcc: c@d.example"):
        answer = client.post("/sign-in", data={"email": wrong})

        assert answer.status_code == 422
        assert answer.text.count("Skriv e-postadressen slik: navn@virksomhet.no") == 2
    assert [letter for letter in letters() if "logge inn" in letter["Subject"]] == []


def test_one_letter_holds_a_link_for_each_company_of_a_contact(
    client: TestClient, db: Session, dialogue: Dialogue, supplier: Supplier
) -> None:
    elsewhere = registered(db, published(db, title="Elsykler til alle"), name="Dosevakt Nord AS")
    registered(db, dialogue, organisation_number=organisation_number(1), contact_email="rival@rival.example")
    gone = registered(db, dialogue, organisation_number=organisation_number(2), name="Borte AS")
    service.withdraw(db, gone)
    db.commit()

    (letter,) = _asked_for(client)

    text = text_of(letter)
    assert [path.split("/")[2] for path, _ in LINK.findall(text)] == [str(elsewhere.id), str(supplier.id)]
    assert [
        f"{one.name}, “{title}”" in text
        for one, title in ((elsewhere, "Elsykler til alle"), (supplier, dialogue.title))
    ]
    assert "Borte AS" not in text
    for path, _ in LINK.findall(text):
        assert f'href="http://testserver{path}"' in text_of(letter, "html")
        assert client.post(path).headers["location"] == path.partition("/sign-in")[0]
    assert [client.get(f"/s/{one.id}").status_code for one in (elsewhere, supplier)] == [200, 200]


def test_a_further_contact_signs_in_too_and_is_written_to_by_name(
    client: TestClient, db: Session, dialogue: Dialogue
) -> None:
    kari = {"name": "Kari Å. Nordmann", "email": "Kari_N%@dosevakt.example"}
    supplier = registered(db, dialogue, more_contacts=[kari])
    registered(
        db, dialogue, organisation_number=organisation_number(1), contact_email="karixn%@dosevakt.example", name="Rival"
    )
    db.commit()

    (letter,) = _asked_for(client, "kari_n%@dosevakt.example")

    assert (recipient_of(letter), "Hei Kari Å. Nordmann" in text_of(letter)) == ("Kari_N%@dosevakt.example", True)
    assert [path.split("/")[2] for path, _ in LINK.findall(text_of(letter))] == [str(supplier.id)]


def test_a_part_of_an_address_is_none_of_ours(client: TestClient, db: Session, dialogue: Dialogue) -> None:
    registered(db, dialogue, more_contacts=[{"name": "Kari", "email": "kari@dosevakt.example"}])
    parts = ["dosevakt.example", SILJE[:-1], f"{SILJE}x", f"x{SILJE}", "%", "_", "Kari", ""]

    assert [signing.registrations_of(db, part) for part in parts] == [[]] * len(parts)
    assert len(signing.registrations_of(db, "KARI@dosevakt.example")) == 1


@pytest.mark.parametrize(
    ("language", "subject"),
    [("nb", "Lenken din for å logge inn"), ("nn", "Lenkja di for å logge inn"), ("en", "Your link to sign in")],
)
def test_the_letter_speaks_the_language_of_the_registration(
    client: TestClient, db: Session, dialogue: Dialogue, language: str, subject: str
) -> None:
    registered(db, dialogue, language=language)
    db.commit()

    client.post("/sign-in", data={"email": SILJE})

    assert (letters()[-1]["Subject"], letters()[-1]["Content-Language"]) == (subject, language)


def test_nobody_fills_anothers_mailbox(client: TestClient, supplier: Supplier) -> None:
    """L3: three letters an hour, and the one who asks is told nothing of it."""
    now = clock.now()
    answers = [client.post("/sign-in", data={"email": SILJE}) for _ in range(5)]

    assert {(answer.status_code, answer.headers["location"]) for answer in answers} == {(303, "/sign-in/sent")}
    assert len(_asked_for(client)) == 3
    with clock.as_if(now + timedelta(minutes=61)):
        assert len(_asked_for(client)) == 4


def test_a_link_opens_the_supplier_it_was_written_for_and_no_other(
    client: TestClient, db: Session, dialogue: Dialogue, supplier: Supplier
) -> None:
    """T6: the wrong supplier's address uses nothing up."""
    rival = registered(db, dialogue, organisation_number=organisation_number(1), contact_email="rival@rival.example")
    db.commit()
    link = _link(client)

    wrong = client.post(link.replace(str(supplier.id), str(rival.id)))

    assert (wrong.status_code, "set-cookie" in wrong.headers) == (404, False)
    assert client.post(link).headers["location"] == f"/s/{supplier.id}"


def test_every_link_that_signs_nobody_in_gets_the_same_answer(
    client: TestClient, db: Session, supplier: Supplier
) -> None:
    """T3, T6, T9: used, over, made up, of another right, or for an id that is none."""
    used, over = _link(client), _link(client)
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
    link = _link(client)
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
    link = _link(client)
    session = client.post(link).cookies["session"]
    for token in tokens:
        client.get(f"/s/{supplier.id}/sign-in/{token}")
        client.get(f"/s/{supplier.id}", headers={"Cookie": f"session={token}"})
    client.get("/api/v1/dialogues/x", headers={"Authorization": f"Bearer {tokens[0]}"})

    out, err = capfd.readouterr()

    assert out.count("/s/{supplier_id}/sign-in/{token}") >= 50
    assert not any(token in out + err for token in (*tokens, session, link.rpartition("/")[2], SILJE))


def test_nobody_tells_a_rivals_page_from_one_that_is_not_there(
    client: TestClient, db: Session, dialogue: Dialogue, supplier: Supplier
) -> None:
    """Z1: asked by nobody, by a rival and with made-up ids, every page and verb answers the same, bytes and headers."""
    rival = registered(db, dialogue, organisation_number=organisation_number(1), contact_email="rival@rival.example")
    session = access.grant(db, Right.SUPPLIER, rival.id)
    db.commit()
    ids = [str(supplier.id), str(supplier.id).upper(), "00000000-0000-4000-8000-000000000000", "x", "%00", "1" * 300]

    answers = []
    for path, method in sorted(_personal_pages()):
        rates._counted.cache_clear()  # guesses are counted, but not here
        answers += [
            client.request(method, path.replace("{supplier_id}", each), headers=headers)
            for each in ids
            for headers in ({}, {"Cookie": f"session={session}"}, {"Cookie": "session=made-up"})
        ]

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


def test_a_system_uses_the_link_for_a_token_once(client: TestClient, db: Session, supplier: Supplier) -> None:
    """T3: the page and the API use up the same link."""
    path, token = LINK.search(text_of(_asked_for(client)[-1])).groups()  # type: ignore[union-attr] # the letter holds one
    link = {"supplier_id": str(supplier.id), "token": token}

    begun, again = (client.post("/api/v1/sessions", json=link) for _ in range(2))

    assert (begun.status_code, begun.json()["supplier_id"]) == (201, str(supplier.id))
    assert (again.status_code, again.json()["detail"]) == (401, "That token opens nothing.")
    assert client.post(path).status_code == 404
    assert service.by_bearer(db, begun.json()["token"]).id == supplier.id


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
