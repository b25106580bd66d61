"""An invitation is answered by its link: looking records nothing, and what is shown is what is so."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.days.models import Person
from app.invitations import answered, answering
from app.invitations.answering import Given
from app.invitations.answers import Answer, How
from app.kernel import access, clock, rates
from app.kernel.access import Right
from app.kernel.db import transaction
from app.kernel.ical import PartStat
from app.kernel.trail import TrailEntry
from app.meetings import service as meetings
from app.suppliers import forgetting
from app.suppliers import service as suppliers
from app.suppliers.models import Supplier
from tests.days.factories import api, organiser
from tests.hostile import HOSTILE
from tests.invitations.answers import invited, link_in, told
from tests.invitations.factories import ANNE, LIV, SUPPLIER, tell, to
from tests.isolation import Caller
from tests.mail_rules import calendar_of, text_of
from tests.meetings.factories import a_supplier, place
from tests.routes import named
from tests.suppliers.factories import session_of, signed_in

I_COME = {"answer": "accepted", "sequence": "0"}


def _kept(address: str = SUPPLIER) -> tuple[Any, ...]:
    with transaction(reads_only=True) as session:
        one = answered.of_told(session, told(session, address))
    return one.answer, one.how, one.comment


def test_a_scanner_that_opens_the_link_records_nothing_and_a_person_does(client: TestClient, db: Session) -> None:
    """T4: GET and HEAD only show; the control is the POST."""
    _, _, letters = invited(db)
    link = link_in(to(SUPPLIER, letters))
    db.commit()

    scanned = [client.request(verb, link).status_code for verb in ("GET", "HEAD", "GET", "HEAD")]
    before = _kept()
    answer = client.post(link, data={**I_COME, "comment": "Vi gleder oss."})

    assert (scanned, before) == ([200] * 4, (PartStat.NEEDS_ACTION, None, ""))
    assert (answer.status_code, answer.headers["location"]) == (303, f"{link}&answered=yes")
    assert _kept() == (PartStat.ACCEPTED, How.LINK, "Vi gleder oss.")
    assert "Vi gleder oss." in client.get(link).text
    assert "Takk, svaret er kommet inn." in client.get(answer.headers["location"]).text
    entry = db.scalars(sa.select(TrailEntry).where(TrailEntry.action == "answered")).one()
    row = told(db)
    assert (entry.about, entry.actor, entry.details) == (
        row.id,
        f"recipient:{row.id}",
        {"appointment": str(row.uid), "sequence": 0, "answer": "ACCEPTED", "how": "link"},
    )


def test_the_page_shows_what_when_and_where_in_the_language_of_the_letter(client: TestClient, db: Session) -> None:
    _, _, letters = invited(db)
    db.commit()

    page = client.get(link_in(to(SUPPLIER, letters))).text

    for words in (
        "Møtet deres er onsdag 8. april kl. 10.00",
        "Onsdag 8. april 2099 kl. 10.00–10.30",
        "Furu, Kulturhuset",
        "Panel A: Anne Solvang (Vikstrand kommune), Liv Elvebakk (Elvemo kommune)",
        "Ikke svart ennå",
    ):
        assert words in page


def test_the_link_of_an_old_letter_shows_the_present_time_and_says_when_all_is_off(
    client: TestClient, db: Session
) -> None:
    dialogue, booking, letters = invited(db)
    link = link_in(to(SUPPLIER, letters))
    meetings.move(db, booking, place(db, dialogue, "11:00"))
    tell(db, dialogue)
    db.commit()
    moved = client.get(link).text
    late = client.post(link, data=I_COME)
    taken = client.post(link, data={"answer": "declined", "sequence": "1"}).status_code
    meetings.cancel(db, booking)
    tell(db, dialogue)
    db.commit()

    off, refused = client.get(link), client.post(link, data={**I_COME, "sequence": "2"})

    assert "kl. 11.00–11.30" in moved
    assert (late.status_code, taken) == (409, 303)
    assert "Tiden eller stedet er endret. Se på det her, og svar en gang til." in late.text
    assert (off.status_code, refused.status_code) == (200, 409)
    assert "Det er avlyst, eller du er ikke lenger satt opp." in off.text
    assert "<form method" not in off.text


def test_what_is_over_is_not_answered(client: TestClient, db: Session) -> None:
    _, booking, letters = invited(db)
    link = link_in(to(SUPPLIER, letters))
    db.commit()

    with clock.as_if(booking.ends_at):
        page, answer = client.get(link), client.post(link, data=I_COME)

    assert "Det er over." in page.text
    assert (answer.status_code, _kept()) == (409, (PartStat.NEEDS_ACTION, None, ""))


def test_an_answer_without_a_choice_comes_back_with_a_sentence(client: TestClient, db: Session) -> None:
    _, _, letters = invited(db)
    link = link_in(to(SUPPLIER, letters))
    db.commit()

    answer = client.post(link, data={"comment": "Kanskje", "sequence": "0"})

    assert (answer.status_code, _kept()) == (422, (PartStat.NEEDS_ACTION, None, ""))
    assert "Velg ett av de tre." in answer.text
    assert "<title>Feil: " in answer.text
    assert "Kanskje</textarea>" in answer.text


def test_a_move_asks_anew_and_a_correction_keeps_the_answer(client: TestClient, db: Session) -> None:
    """B13: what was said yes to is another time now; a name that changes is not."""
    dialogue, booking, letters = invited(db)
    db.commit()
    client.post(link_in(to(SUPPLIER, letters)), data=I_COME)
    db.expire_all()
    db.execute(sa.update(Person).where(Person.email == LIV).values(name="Liv Elvebakk Moen"))
    corrected = calendar_of(to(SUPPLIER, tell(db, dialogue)))
    db.commit()
    kept = _kept()
    meetings.move(db, booking, place(db, dialogue, "11:00"))
    moved = calendar_of(to(SUPPLIER, tell(db, dialogue)))
    db.commit()

    assert (b"PARTSTAT=ACCEPTED" in corrected, b"PARTSTAT=NEEDS-ACTION" in moved) == (True, True)
    assert (kept[0], _kept()) == (PartStat.ACCEPTED, (PartStat.NEEDS_ACTION, None, ""))


def test_the_link_opens_nothing_else_and_nothing_else_opens_it(client: TestClient, db: Session) -> None:
    """T6: at every route, in the path, as a bearer's token and as a session."""
    dialogue, _, letters = invited(db)
    supplier = db.scalars(sa.select(Supplier)).one()
    token = link_in(to(SUPPLIER, letters)).partition("?")[0].removeprefix("/r/")
    others = [access.grant(db, right, dialogue.id) for right in Right if right is not Right.ANSWER]
    ids = {"dialogue_id": dialogue.id, "supplier_id": supplier.id, "uid": told(db).uid}
    known = {"token": token, **{name: str(value) for name, value in ids.items()}}
    db.commit()
    headers = Caller("recipient", token).headers

    opened = []
    for (verb, path), door in named().items():
        if path == "/r/{token}" or door == "anybody":
            continue
        rates._counted.cache_clear()
        client.cookies.clear()
        status = client.request(verb, _filled(path, known), headers=headers).status_code
        opened += [(verb, path, status)] if status not in (303, 401, 404, 422) else []
    answers = [client.get(f"/r/{other}").status_code for other in others]

    assert opened == []
    assert answers == [404] * len(others)


def _filled(path: str, known: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda name: known.get(name[1], str(UUID(int=1))), path)


def test_guessed_links_are_all_the_same_and_soon_refused(client: TestClient, db: Session) -> None:
    """T9."""
    invited(db)
    db.commit()

    answers = [client.request(verb, f"/r/guess{n}") for n in range(65) for verb in ("GET", "POST")]

    statuses = [answer.status_code for answer in answers]
    assert statuses == [404] * 120 + [429] * 10
    assert len({answer.text for answer in answers[0:120:2]}) == 1


def test_hostile_words_are_refused_or_shown_as_words(client: TestClient, db: Session) -> None:
    """I1, I5, I6, I8, I10, I11: in the message that goes with an answer."""
    _, _, letters = invited(db)
    link = link_in(to(SUPPLIER, letters))
    db.commit()
    client.post(link, data={**I_COME, "comment": "A"})
    tags = client.get(link).text.count("<")

    for words in (words for case in ("I1", "I5", "I6", "I8", "I10", "I11") for words in HOSTILE[case]):
        rates._counted.cache_clear()
        answer = client.post(link, data={**I_COME, "comment": words})
        page = client.get(link).text
        assert answer.status_code in (303, 422)
        assert page.count("<") == tags


def test_a_supplier_answers_on_its_own_page_and_sees_there_what_it_has_answered(
    client: TestClient, db: Session
) -> None:
    _, booking, _ = invited(db)
    supplier = db.scalars(sa.select(Supplier)).one()
    home = signed_in(client, db, supplier)

    before = client.get(f"{home}/meeting").text
    page = client.get(f"{home}/answer/{booking.request_id}")
    answer = client.post(f"{home}/answer/{booking.request_id}", data={"answer": "tentative", "sequence": "0"})
    after = client.get(f"{home}/meeting").text

    assert ("Ikke svart ennå" in before, f"{home}/answer/{booking.request_id}" in before) == (True, True)
    assert (page.status_code, answer.status_code) == (200, 303)
    assert "Vet ikke ennå" in after
    assert _kept() == (PartStat.TENTATIVE, How.PAGE, "")


def test_a_panel_member_answers_on_its_own_page(client: TestClient, db: Session) -> None:
    _, booking, _ = invited(db)
    person = db.scalars(sa.select(Person).where(Person.email == ANNE)).one()
    home = f"/p/{access.grant(db, Right.PERSON, person.id)}"
    db.commit()

    answer = client.post(f"{home}/answer/{booking.request_id}", data={"answer": "declined", "sequence": "0"})

    assert answer.status_code == 303
    assert "Kommer ikke" in client.get(home).text
    assert (_kept(ANNE), _kept(LIV)[0]) == ((PartStat.DECLINED, How.PAGE, ""), PartStat.NEEDS_ACTION)


def test_a_supplier_answers_nobody_elses_invitation(client: TestClient, db: Session) -> None:
    """Z1: another's appointment is as if it were not there."""
    dialogue, booking, _ = invited(db)
    rival = a_supplier(db, dialogue, 1)
    client.cookies.set("session", session_of(db, rival), path=f"/s/{rival.id}")
    db.commit()

    answers = [
        client.request(verb, f"/s/{rival.id}/answer/{uid}", data=I_COME)
        for uid in (booking.request_id, UUID(int=5))
        for verb in ("GET", "POST")
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({answer.text for answer in answers}) == 1
    assert _kept()[0] is PartStat.NEEDS_ACTION


def test_letters_that_take_back_or_go_to_nobody_who_answers_hold_no_link(db: Session) -> None:
    dialogue, booking, letters = invited(db)
    meetings.cancel(db, booking)

    off = tell(db, dialogue)

    assert ["/r/" in text_of(letter) for letter in letters] == [True] * 3
    assert ["/r/" in text_of(letter) for letter in off] == [False] * 3


def test_who_is_erased_leaves_no_words_and_no_way_to_answer(client: TestClient, db: Session) -> None:
    """G2."""
    _, _, letters = invited(db)
    link = link_in(to(SUPPLIER, letters))
    db.commit()
    client.post(link, data={**I_COME, "comment": "Hilsen Kari Nordmann"})
    db.expire_all()

    answering.forget(db, told(db).id)
    db.commit()

    kept = db.scalars(sa.select(Answer).where(Answer.told_id == told(db).id)).one()
    assert (kept.answer, kept.comment, kept.fingerprint) == (PartStat.ACCEPTED, "", None)
    assert client.get(link).status_code == 404
    assert suppliers.of_dialogue(db, told(db).dialogue_id) != []


def test_the_organisers_system_reads_the_answers_and_keeps_the_time(client: TestClient, db: Session) -> None:
    dialogue, booking, letters = invited(db)
    headers, address = organiser(db, dialogue), f"{api(dialogue.id)}/letters/answers"
    times = (booking.starts_at + timedelta(hours=2), booking.ends_at + timedelta(hours=2))
    given = Given(How.MAIL, PartStat.TENTATIVE, 0, clock.now(), "Heller kl. 12", proposed=times)
    answering.answer(db, told(db), given)
    db.commit()

    read = client.get(address, headers=headers).json()
    kept = [client.post(f"{address}/{one['id']}/keep-time", headers=headers).status_code for one in read]
    after = client.get(address, headers=headers).json()

    mine = next(one for one in read if one["address"] == SUPPLIER)
    assert {name: mine[name] for name in ("appointment", "answer", "how", "comment", "proposed")} == {
        "appointment": str(booking.request_id),
        "answer": "TENTATIVE",
        "how": "mail",
        "comment": "Heller kl. 12",
        "proposed": {"starts_at": "2099-04-08T10:00:00Z", "ends_at": "2099-04-08T10:30:00Z"},
    }
    assert (len(read), sorted(kept), [one["proposed"] for one in after]) == (3, [202, 409, 409], [None] * 3)
    assert len(letters) == 3


def test_a_supplier_that_asks_for_all_of_it_reads_what_it_was_told_and_has_answered(db: Session) -> None:
    """G1: its own, and nothing of others."""
    _, booking, _ = invited(db)
    supplier = db.scalars(sa.select(Supplier)).one()
    for address, words in ((SUPPLIER, "Vi gleder oss"), (ANNE, "Jeg er på ferie")):
        answering.answer(db, told(db, address), Given(How.LINK, PartStat.ACCEPTED, 0, clock.now(), words))

    (mine,) = forgetting.everything(db, supplier)["invitations"]

    assert (mine["appointment"], mine["answer"], mine["comment"]) == (
        str(booking.request_id),
        "ACCEPTED",
        "Vi gleder oss",
    )
    assert (mine["told"]["address"], mine["told"]["room"]) == (SUPPLIER, "Furu")
