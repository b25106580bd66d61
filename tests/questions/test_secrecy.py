"""Who asked is told to nobody: not on a page, not in a letter, not by a number, a status or a header."""

import re

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock
from app.kernel.post import Letter
from app.questions import service
from app.suppliers import service as suppliers
from app.suppliers.models import Supplier
from tests.questions import factories
from tests.questions.factories import ANSWER, CANARY, TEXT, WORDING
from tests.suppliers.factories import letters, recipient_of, registered, signed_in, text_of


def _forget_letters(db: Session) -> None:
    db.execute(sa.delete(Letter))
    db.commit()


def _seen(client: TestClient, addresses: list[str]) -> dict[str, tuple[int, str, dict[str, str]]]:
    """All that can be seen at some addresses: status, headers, and the body but for tokens of the moment."""
    answers = {address: client.get(address) for address in addresses}
    return {address: (a.status_code, a.text, dict(a.headers)) for address, a in answers.items()}


def _public(dialogue: Dialogue) -> list[str]:
    page, api = f"/d/{dialogue.slug}", f"/api/v1/dialogues/{dialogue.id}"
    return [page, f"{page}/questions", "/", "/dialogues.atom", api, f"{api}/answers", f"{page}/program.ics"]


def test_before_anything_is_published_a_question_changes_nothing_that_others_see(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, rival: Supplier
) -> None:
    """Z6: the same bytes, status and headers for the rival and for strangers, whether somebody has asked or not."""
    addresses = [f"{signed_in(client, db, rival)}/questions", *_public(dialogue)]
    before = _seen(client, addresses)
    _forget_letters(db)

    waiting, declined, drafted = (service.ask(db, asker, CANARY) for _ in range(3))
    service.decline(db, dialogue, declined.id, "Nei.")
    factories.drafted(db, dialogue, drafted)
    db.commit()

    assert _seen(client, addresses) == before
    assert letters() == []
    # The control: its own page does change, and what it asked is there for the organiser.
    own = client.get(f"{signed_in(client, db, asker)}/questions").text
    assert (CANARY in own, waiting.text) == (True, CANARY)


def test_once_published_nothing_tells_who_asked_or_how_many(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, rival: Supplier
) -> None:
    """Z5, Z6: no name, address, number, id, or own word of the one who asked."""
    question = service.ask(db, asker, CANARY)
    others = [service.ask(db, asker, f"Sak {number}?") for number in range(5)]
    service.decline(db, dialogue, others[0].id, "Nei.")
    answer = factories.published(db, dialogue, question, *others[1:3])
    db.commit()
    rivals_page = f"{signed_in(client, db, rival)}/questions"

    seen = _seen(client, [rivals_page, *_public(dialogue)])

    secrets = [CANARY, "Dosevakt", "Silje", "Arnesen", "313204863", "313 204 863", "Sak 1?", "Nei."]
    secrets += [str(one.id) for one in (asker, question, *others, answer)]
    told = [(address, secret) for address, got in seen.items() for secret in secrets if secret in str(got)]
    assert told == []
    assert WORDING in seen[rivals_page][1]
    assert re.findall(r"Spørsmål \d+", seen[f"/d/{dialogue.slug}/questions"][1]) == ["Spørsmål 1"]
    # The control: the secrets are words that a page would show.
    own = client.get(f"{signed_in(client, db, asker)}/questions").text
    assert (CANARY in own, "Sak 1?" in own) == (True, True)


def test_each_supplier_gets_one_letter_for_each_act_of_publishing(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier, rival: Supplier, organiser: dict[str, str]
) -> None:
    """Z7: one recipient each, the same words for the one who asked and for the one who did not."""
    english = registered(
        db, dialogue, organisation_number="974760673", language="en", contact_email="ann@example.com", name="Ann Ltd"
    )
    drafts = [
        factories.drafted(db, dialogue, service.ask(db, asker, CANARY)),
        factories.drafted(db, dialogue, wording="Og prisen?"),
    ]
    db.commit()
    _forget_letters(db)
    answers = f"/api/v1/dialogues/{dialogue.id}/answers"

    client.post(answers, json={"drafts": [str(draft.id) for draft in drafts]}, headers=organiser)
    published = {recipient_of(letter): letter for letter in letters()}
    _forget_letters(db)
    client.put(f"{answers}/2", json={**ANSWER, "wording": "Og prisen?", "text": "200 kr."}, headers=organiser)
    corrected = letters()

    assert set(published) == {asker.contact_email, rival.contact_email, english.contact_email}
    to_asker, to_rival = (text_of(published[one.contact_email]) for one in (asker, rival))
    swapped = to_rival.replace("Jonas Moe", "Silje Arnesen").replace("Pillebud 0 AS", "Dosevakt AS")
    assert to_asker == swapped
    for told in (WORDING, TEXT, "Og prisen?", f"http://testserver/d/{dialogue.slug}/questions"):
        assert told in to_rival
    assert CANARY not in "".join(letter.as_string() for letter in published.values())
    assert [letter["Cc"] or letter["Bcc"] for letter in published.values()] == [None] * 3
    assert str(published["ann@example.com"]["Subject"]) == (
        "Answers to questions about “Riktig medisin til riktig tid”"
    )
    assert len(corrected) == 3
    said = {"rettet, versjon 2" in text_of(letter) or "corrected, version 2" in text_of(letter) for letter in corrected}
    assert (said, WORDING in text_of(corrected[0])) == ({True}, False)


def test_who_waits_for_a_place_is_told_the_same_and_who_has_withdrawn_is_not(
    db: Session, dialogue: Dialogue, asker: Supplier, rival: Supplier
) -> None:
    waits, gone = factories.rival(db, dialogue, place=1), factories.rival(db, dialogue, place=2)
    waits.waiting_since = clock.now()
    suppliers.withdraw(db, gone)
    _forget_letters(db)

    factories.published(db, dialogue)
    db.commit()

    told = {recipient_of(letter) for letter in letters()}
    assert told == {asker.contact_email, rival.contact_email, waits.contact_email}


def test_ids_from_letters_and_calendars_grant_nothing_at_the_api(
    client: TestClient, db: Session, dialogue: Dialogue, asker: Supplier
) -> None:
    """Z4: a Message-ID, a UID, the id in the address of a page: none of them is a token."""
    factories.published(db, dialogue, service.ask(db, asker, CANARY))
    db.commit()
    message_ids = [str(letter["Message-ID"]).strip("<>") for letter in letters()]
    calendar = client.get(f"/d/{dialogue.slug}/program.ics").text
    uids = re.findall(r"UID:(\S+)", calendar)
    ids = [*message_ids, *uids, *(one.partition("@")[0] for one in (*message_ids, *uids)), str(asker.id)]
    ids += [str(dialogue.id), dialogue.slug]
    api = f"/api/v1/dialogues/{dialogue.id}"

    got = {
        client.get(f"{api}/{where}", headers={"Authorization": f"Bearer {one}"}).status_code
        for one in ids
        for where in ("questions", "answer-drafts", "suppliers", f"suppliers/{asker.id}")
    }
    client.cookies.clear()
    pages = {client.get(f"/s/{one}/questions").status_code for one in ids if "/" not in one}

    assert (len(uids) > 0, len(message_ids) > 0) == (True, True)
    assert (got, pages & {200}) == ({401}, set())


def test_a_session_opens_the_questions_of_its_own_supplier_alone(
    client: TestClient, db: Session, asker: Supplier, rival: Supplier
) -> None:
    """Z5: with the rival's cookie, another's page is no other than one that is not there."""
    service.ask(db, asker, CANARY)
    signed_in(client, db, rival)
    cookie = next(cookie for cookie in client.cookies.jar if cookie.path == f"/s/{rival.id}")
    headers = {"Cookie": f"{cookie.name}={cookie.value}"}

    answers = [
        client.get(f"/s/{whose}/questions", headers=headers)
        for whose in (asker.id, "00000000-0000-4000-8000-000000000000")
    ]
    posted = client.post(f"/s/{asker.id}/questions", data={"text": "I andres navn"}, headers=headers)

    assert len({(answer.status_code, answer.text) for answer in answers}) == 1
    assert answers[0].status_code != 200
    assert posted.status_code == answers[0].status_code
    assert client.get(f"/s/{rival.id}/questions", headers=headers).status_code == 200
