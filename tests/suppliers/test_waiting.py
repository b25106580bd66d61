"""Places and the waiting list: never more than there are places, and the first to confirm is the first to get one."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import clock, trail
from app.kernel.db import transaction
from app.suppliers import queries, waiting
from app.suppliers.models import Standing, Supplier
from tests.suppliers.factories import (
    asked,
    confirm_all,
    letters,
    link_to_confirm,
    organisation_number,
    recipient_of,
    registered,
    signed_in,
    text_of,
)


def _places(client: TestClient, dialogue: Dialogue, organiser: dict[str, str], places: object) -> tuple[int, str]:
    address = f"/api/v1/dialogues/{dialogue.id}/places"
    answer = client.put(address, json={"places": places}, headers=organiser)
    return answer.status_code, answer.json()["detail"] if answer.content else ""


def _company(db: Session, dialogue: Dialogue, place: int) -> Supplier:
    number = organisation_number(place)
    return registered(
        db, dialogue, organisation_number=number, name=f"Firma {place}", contact_email=f"post@firma{place}.example"
    )


def _names(client: TestClient, dialogue: Dialogue, organiser: dict[str, str], part: str) -> list[str]:
    told = client.get(f"/api/v1/dialogues/{dialogue.id}/{part}", headers=organiser).json()
    return [supplier["name"] for supplier in told]


def test_who_comes_when_all_places_are_taken_waits_and_counts_nowhere(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    waiting.set_places(db, dialogue, 2)
    first, _, third, fourth = [_company(db, dialogue, place) for place in range(4)]
    db.commit()

    db.refresh(dialogue)
    assert _names(client, dialogue, organiser, "suppliers") == ["Firma 0", "Firma 1"]
    assert _names(client, dialogue, organiser, "waiting-list") == ["Firma 2", "Firma 3"]
    assert [one.standing for one in (first, third, fourth)] == [
        Standing.REGISTERED,
        Standing.WAITING,
        Standing.WAITING,
    ]
    assert dialogue.facts_version == 1 + 2
    told = {recipient_of(letter): letter for letter in letters()}
    assert told["post@firma2.example"]["Subject"] == "Dere står på ventelisten til «Riktig medisin til riktig tid»"
    assert "i den rekkefølgen virksomhetene bekreftet påmeldingen" in text_of(told["post@firma2.example"])


def test_when_somebody_withdraws_the_first_on_the_list_moves_up_and_is_told(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    waiting.set_places(db, dialogue, 1)
    first, second, _third = [_company(db, dialogue, place) for place in range(3)]
    db.commit()

    client.post(f"{signed_in(client, db, first)}/withdraw")

    assert _names(client, dialogue, organiser, "suppliers") == ["Firma 1"]
    assert _names(client, dialogue, organiser, "waiting-list") == ["Firma 2"]
    told = [(recipient_of(letter), letter["Subject"]) for letter in letters() if "fått plass" in letter["Subject"]]
    assert told == [("post@firma1.example", "Dere har fått plass i «Riktig medisin til riktig tid»")]
    moved = [entry for entry in trail.entries(db) if entry.action == "got a place from the waiting list"]
    assert [entry.about for entry in moved] == [second.id]


def test_who_withdraws_from_the_list_lets_nobody_in(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    waiting.set_places(db, dialogue, 1)
    _, second, _ = [_company(db, dialogue, place) for place in range(3)]
    db.commit()
    before = dialogue.facts_version

    client.post(f"{signed_in(client, db, second)}/withdraw")

    db.refresh(dialogue)
    assert dialogue.facts_version == before
    assert _names(client, dialogue, organiser, "suppliers") == ["Firma 0"]
    assert _names(client, dialogue, organiser, "waiting-list") == ["Firma 2"]


def test_the_list_is_in_the_order_of_confirming_and_not_of_asking(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    _places(client, dialogue, organiser, 1)
    numbers = [organisation_number(place) for place in range(3)]
    for place, number in enumerate(numbers):
        facts = {"name": f"Firma {place}", "contact_email": f"post@firma{place}.example"}
        client.post(f"/d/{dialogue.slug}/register", data=asked(organisation_number=number, **facts))
    links = {recipient_of(letter): link_to_confirm(letter) for letter in letters()}

    for place in (2, 1, 0):
        client.post(links[f"post@firma{place}.example"])

    assert _names(client, dialogue, organiser, "suppliers") == ["Firma 2"]
    assert _names(client, dialogue, organiser, "waiting-list") == ["Firma 1", "Firma 0"]


def test_more_places_let_in_those_who_wait_longest(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    waiting.set_places(db, dialogue, 1)
    for place in range(4):
        _company(db, dialogue, place)
    db.commit()

    assert _places(client, dialogue, organiser, 3) == (204, "")

    assert _names(client, dialogue, organiser, "suppliers") == ["Firma 0", "Firma 1", "Firma 2"]
    assert _names(client, dialogue, organiser, "waiting-list") == ["Firma 3"]
    assert _places(client, dialogue, organiser, None) == (204, "")
    assert _names(client, dialogue, organiser, "waiting-list") == []


def test_a_cut_below_those_who_have_a_place_is_refused(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    """B12."""
    for place in range(3):
        _company(db, dialogue, place)
    db.commit()

    assert _places(client, dialogue, organiser, 2) == (409, "3 companies have a place already.")
    assert _places(client, dialogue, organiser, 3) == (204, "")


@pytest.mark.parametrize("wrong", [0, -1, True, "2", 2.0, 2**63, 10_001])
def test_a_number_of_places_that_is_none_is_refused(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], wrong: object
) -> None:
    """I23."""
    assert _places(client, dialogue, organiser, wrong)[0] == 422


def test_only_the_organiser_sets_places_and_sees_the_list(client: TestClient, dialogue: Dialogue, db: Session) -> None:
    """Z5, Z13."""
    address = f"/api/v1/dialogues/{dialogue.id}"
    stranger = {"Authorization": "Bearer wrong"}

    answers = [
        client.put(f"{address}/places", json={"places": 1}),
        client.put(f"{address}/places", json={"places": 1}, headers=stranger),
        client.get(f"{address}/waiting-list"),
        client.get(f"{address}/waiting-list", headers=stranger),
    ]

    assert [answer.status_code for answer in answers] == [401] * 4


def test_many_who_confirm_at_once_never_get_more_places_than_there_are(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str]
) -> None:
    """B12: twelve for the last three places, while the organiser raises and cuts them."""
    _places(client, dialogue, organiser, 3)
    for place in range(12):
        facts = {"name": f"Firma {place}", "contact_email": f"post@firma{place}.example"}
        client.post(f"/d/{dialogue.slug}/register", data=asked(organisation_number=organisation_number(place), **facts))
    links = [link_to_confirm(letter) for letter in letters()]

    def act(place: int) -> int:
        if place < len(links):
            return client.post(links[place]).status_code
        return _places(client, dialogue, organiser, 3 + place % 2)[0]

    with ThreadPoolExecutor(16) as threads:
        answers = Counter(threads.map(act, range(len(links) + 8)))

    with transaction(reads_only=True) as db:
        places = db.get_one(Dialogue, dialogue.id).places
        assert places is not None
        assert queries.taken_places(db, dialogue.id) == places
        assert len(queries.waiting(db, dialogue.id)) == 12 - places
    assert answers[303] == 12
    assert set(answers) <= {303, 204, 409}


def test_the_pages_of_one_that_waits_tell_that_it_does_and_of_nobody_else(
    client: TestClient, dialogue: Dialogue, db: Session
) -> None:
    """Z10: neither how many wait nor who has a place."""
    waiting.set_places(db, dialogue, 1)
    suppliers = [_company(db, dialogue, place) for place in range(3)]
    own = [signed_in(client, db, supplier) for supplier in suppliers[1:]]

    pages = [[client.get(f"{home}{path}") for path in ("", "/registration", "/meeting", "/partners")] for home in own]

    assert {answer.status_code for answers in pages for answer in answers} == {200}
    assert ["ventelisten" in answer.text for answer in pages[0][:2]] == [True, True]
    second, third = (
        [_anonymous(answer.text, supplier) for answer in answers]
        for supplier, answers in zip(suppliers[1:], pages, strict=True)
    )
    assert second == third


def _anonymous(page: str, supplier: Supplier) -> str:
    for own in (str(supplier.id), supplier.name, supplier.contact_email, supplier.shown_number):
        page = page.replace(own, "…")
    return page


def test_the_public_pages_tell_how_many_places_there_are_and_not_how_many_are_left(
    client: TestClient, dialogue: Dialogue, organiser: dict[str, str], db: Session
) -> None:
    """Z10: full or empty, a stranger sees the same."""
    _places(client, dialogue, organiser, 1)
    address = f"/d/{dialogue.slug}/registered"
    before = client.get(address).text
    with clock.as_if(clock.now() + timedelta(seconds=1)):
        client.post(f"/d/{dialogue.slug}/register", data=asked())
        confirm_all(client)
    client.cookies.clear()

    assert client.get(address).text == before
    assert "Antall plasser er 1." in before
