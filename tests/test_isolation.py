"""Z1: at every route, what a supplier has is to all others as if it were not there, and nothing of it leaks."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.dialogues.service import organiser_link
from app.kernel import clock, rates
from tests.isolation import CANARIES, Caller, Victim, a_dialogue_to_answer, a_victim, absent_ids, callers, owner_of
from tests.routes import Door, named, served
from tests.suppliers.factories import DOSEVAKT, organisation_number

ELSEWHERE = "00000000-0000-4000-8000-000000000000"
HARMLESS = {"version": "1", "number": "1", "kind": "supplier"}
STARTS = "2099-04-08T10:00:00+02:00"

Sent = dict[str, Any]
Told = tuple[int, str, list[tuple[str, str]]]


def _sent(verb: str, path: str, ids: dict[str, str]) -> Sent:
    """What is sent to a route: where its body may name something of a supplier's, with these ids in it."""
    tail, number = path.rpartition("/")[2], ids.get("organisation_number", organisation_number(7))
    form = {"meeting": ids["request_id"], "starts_at": STARTS, f"keep-{ids['file_id']}": "true", "answer-1": "Ja"}
    kept = {"answers": [{"number": 1, "text": "Ja"}], "keeps_files": [{"id": ids["file_id"]}]}
    bodies: dict[tuple[str, str], Sent] = {
        ("POST", "registrations"): {"json": {**DOSEVAKT, "organisation_number": number}},
        ("POST", "register"): {"data": {**DOSEVAKT, "organisation_number": number, "seats": "2"}},
        ("POST", "sign-in"): {"data": {"email": ids.get("email", "nobody@example.no")}},
        ("POST", "feeds"): {"json": {"kind": "supplier", "about": ids["about"]}},
        ("POST", "meeting-requests"): {"json": {"supplier": ids["handle"], "panel": "panel-a"}},
        ("POST", "bookings"): {"json": {"request": ids["request_id"], "room": "furu", "starts_at": STARTS}},
        ("POST", "barred"): {"json": {"supplier": ids["handle"], "person": "anne"}},
        ("POST", "answer-drafts"): {"json": {"questions": [ids["question_id"]], "wording": "Hva?", "text": "Ja."}},
        ("POST", "drafts"): {"data": {"questions": ids["question_id"], "wording": "Hva?", "text": "Ja."}},
        ("POST", "proposals"): {"json": kept},
        ("PUT", "{request_id}"): {"json": {"starts_at": STARTS}},
        ("PUT", "{booking_id}"): {"json": {"room": "furu", "starts_at": STARTS}},
    }
    if "/s/{supplier_id}/" in path and verb == "POST":
        return {"data": form}
    return bodies.get((verb, tail), {})


def _known(dialogue: Dialogue, caller: Caller) -> dict[str, str]:
    return {
        "dialogue_id": str(dialogue.id),
        "slug": dialogue.slug,
        "token": caller.token,
        **dict.fromkeys(("plan_id", "document_id", "answer_id", "letter_id"), ELSEWHERE),
        **HARMLESS,
    }


def _addresses(victim: Victim, caller: Caller, path: str) -> Iterator[dict[str, str]]:
    """What stands in an address beside the ids of a supplier: of the victim's dialogue, and of the caller's own."""
    there = _known(victim.dialogue, caller)
    yield there
    if any("{" + name + "}" in path for name in caller.own):
        yield {**there, **caller.own}


def _filled(path: str, known: dict[str, str]) -> str:
    for name, value in known.items():
        path = path.replace("{" + name + "}", value)
    assert "{" not in path, path
    return path


def _ask(client: TestClient, caller: Caller, verb: str, address: str, sent: Sent) -> Any:
    rates._counted.cache_clear()  # guesses are counted, but not here
    client.cookies.clear()
    return client.request(verb, address, headers=caller.headers, **sent)


def _told(answer: Any, ids: dict[str, str]) -> Told:
    """What an answer tells apart from what was asked: its status, body and headers, without the ids that were sent."""
    texts = [answer.text, *(value for _, value in answer.headers.items())]
    for value in sorted(set(ids.values()), key=len, reverse=True):
        texts = [text.replace(value, "…") for text in texts]
    return answer.status_code, texts[0], sorted(zip(answer.headers, texts[1:], strict=True))


def _may_enter(caller: Caller, door: Door, known: dict[str, str]) -> bool:
    """Whether this door is the caller's own, or anybody's."""
    is_own = caller.own.items() <= known.items()
    doors = {
        "nobody": set(),
        "organiser": {Door.OWN_LINK, Door.ORGANISER} if is_own else {Door.OWN_LINK},
    }
    suppliers = {Door.OWN_PAGE, Door.SUPPLIER} if is_own else {Door.SUPPLIER}
    return door in {Door.PUBLIC} | doors.get(caller.name, suppliers)


def _is_its_own(caller: Caller, verb: str, path: str, known: dict[str, str]) -> bool:
    """Whether a caller would change what is its own, and no more: withdraw, sign out, register for its dialogue."""
    if caller.name == "organiser":
        return path.endswith("/registrations") and known["dialogue_id"] == caller.own["dialogue_id"]
    is_own_page = path.startswith("/s/{supplier_id}") and known.get("supplier_id", "") == caller.own.get("supplier_id")
    is_about_others = any(part in path for part in ("/booking/", "/proposal"))
    return is_own_page and verb == "POST" and not is_about_others


def test_every_route_is_named_with_its_door(client: TestClient) -> None:
    """Z1, Z15: a new route without a policy fails here."""
    assert sorted(named()) == sorted(set(served(client.app)))  # type: ignore[arg-type]  # the app that it was made with


@pytest.mark.parametrize("who", ["nobody", "rival", "stranger", "organiser"])
def test_what_a_supplier_has_is_to_others_as_if_it_were_not_there(client: TestClient, db: Session, who: str) -> None:
    """Z1, Z2, Z3, Z8, Z12: same status, body and headers as for what never was, and no word of it anywhere."""
    victim = a_victim(db, a_dialogue_to_answer(db))
    caller = callers(db, victim.dialogue)[who]
    db.commit()
    theirs = {**victim.ids, "organisation_number": "313204863", "email": "kari@kanarifugl.example"}
    never_was, faults, asked = absent_ids(), [], 0

    with clock.as_if(clock.now()):
        for verb, path in sorted(named()):
            for known in _addresses(victim, caller, path):
                if _is_its_own(caller, verb, path, known):
                    continue
                # What is the caller's own stands in the address in place of the victim's.
                theirs_asked, absent_asked = (
                    (_filled(path, {**ids, **known}), _sent(verb, path, ids)) for ids in (theirs, never_was)
                )
                there = absent = _told(_ask(client, caller, verb, *theirs_asked), theirs)
                if absent_asked != theirs_asked:
                    absent = _told(_ask(client, caller, verb, *absent_asked), never_was)
                asked += 1
                faults += _faults(f"{verb} {path}", there, absent, victim)
                if there[0] < 300 and not _may_enter(caller, named()[verb, path], known):
                    faults.append(f"{verb} {path}: {there[0]}")

    assert (faults, asked > 130) == ([], True)


def _faults(route: str, there: Told, absent: Told, victim: Victim) -> list[str]:
    found = [f"{route}: {there} is not {absent}"] if there != absent else []
    if there[0] >= 500:
        found.append(f"{route}: {there[0]}")
    return found + [
        f"{route}: {secret} is told" for secret in (*victim.secrets, *victim.ids.values()) if secret in repr(there)
    ]


def test_those_whose_it_is_find_every_word_of_it(client: TestClient, db: Session) -> None:
    """Z1: the control: the words that the others do not find are there to be found."""
    victim = a_victim(db, a_dialogue_to_answer(db))
    owner = owner_of(db, victim)
    organiser = Caller("organiser", organiser_link(db, victim.dialogue).rpartition("/")[2])
    db.commit()

    pages = [path for (verb, path), door in named().items() if (verb, door) == ("GET", Door.OWN_PAGE)]
    links = ["/o/{token}", "/o/{token}/suppliers.csv", "/o/{token}/questions"]
    files = "/api/v1/dialogues/{dialogue_id}/suppliers/{supplier_id}/proposal"
    known = {**victim.ids, "dialogue_id": str(victim.dialogue.id), "token": organiser.token}
    told = "".join(_ask(client, owner, "GET", _filled(path, known), {}).text for path in pages)
    told += "".join(_ask(client, organiser, "GET", _filled(path, known), {}).text for path in (*links, files))

    assert [word for word in CANARIES if word not in told] == []


@pytest.mark.parametrize("who", ["nobody", "rival"])
def test_nothing_that_others_see_changes_when_a_supplier_comes(client: TestClient, db: Session, who: str) -> None:
    """Z1, Z6, Z10: not a figure, a date, a tag or a length on any page, feed or list, in body or headers."""
    dialogue = a_dialogue_to_answer(db)
    caller = callers(db, dialogue)[who]
    db.commit()
    known = {**_known(dialogue, caller), **absent_ids(), **caller.own}
    addresses = {
        _filled(path, known)
        for (verb, path), door in named().items()
        if verb == "GET" and _may_enter(caller, door, known)
    }

    with clock.as_if(clock.now()):
        before = {address: _told(_ask(client, caller, "GET", address, {}), {}) for address in sorted(addresses)}
        a_victim(db, dialogue)
        db.commit()
        after = {address: _told(_ask(client, caller, "GET", address, {}), {}) for address in sorted(addresses)}

    assert sum(status == 200 for status, *_ in before.values()) > {"nobody": 15, "rival": 25}[who]
    assert [(address, told, after[address]) for address, told in before.items() if told != after[address]] == []
