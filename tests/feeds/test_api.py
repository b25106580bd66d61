"""The organiser's systems give and withdraw the addresses of feeds."""

from uuid import uuid4

import sqlalchemy as sa
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.feeds.models import FeedKind
from app.kernel.trail import TrailEntry
from tests.days.factories import api, organiser
from tests.feeds.factories import about
from tests.invitations.factories import a_booked_day
from tests.meetings.factories import a_planned_dialogue

SECRET = [kind for kind in FeedKind if kind is not FeedKind.PUBLIC]


def test_a_new_address_is_given_in_place_of_the_old(client: TestClient, db: Session) -> None:
    """T5."""
    dialogue, _ = a_booked_day(db)
    headers, abouts = organiser(db, dialogue), {kind: str(about(db, dialogue, kind)) for kind in SECRET}
    db.commit()

    for kind in SECRET:
        asked = {"kind": kind.value, "about": abouts[kind]}
        answers = [client.post(f"{api(dialogue.id)}/feeds", json=asked, headers=headers) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [201, 201]
        paths = [answer.json()["url"].removeprefix("http://testserver") for answer in answers]
        assert [client.get(path).status_code for path in paths] == [404, 200]


def test_an_address_is_withdrawn(client: TestClient, db: Session) -> None:
    """T5."""
    dialogue, _ = a_booked_day(db)
    person, headers = about(db, dialogue, FeedKind.PERSON), organiser(db, dialogue)
    db.commit()
    feeds = f"{api(dialogue.id)}/feeds"
    url = client.post(feeds, json={"kind": "person", "about": str(person)}, headers=headers).json()["url"]

    withdrawn = client.delete(f"{feeds}/person/{person}", headers=headers)

    assert (withdrawn.status_code, withdrawn.content) == (204, b"")
    assert client.get(url.removeprefix("http://testserver")).status_code == 404
    noted = db.scalars(sa.select(TrailEntry).where(TrailEntry.about == person).order_by(TrailEntry.number))
    assert [(entry.action, entry.actor) for entry in noted][-2:] == [
        ("gave the link to a feed", "organiser"),
        ("withdrew the links to a feed", "organiser"),
    ]


def test_the_public_address_is_told_and_cannot_be_withdrawn(client: TestClient, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    headers = organiser(db, dialogue)
    db.commit()
    feeds = f"{api(dialogue.id)}/feeds"

    told = client.post(feeds, json={"kind": "public", "about": str(dialogue.id)}, headers=headers)
    kept = client.delete(f"{feeds}/public/{dialogue.id}", headers=headers)

    assert (told.status_code, told.json()) == (201, {"url": f"http://testserver/d/{dialogue.slug}/program.ics"})
    assert (kept.status_code, kept.json()["detail"]) == (409, "The public calendar has no link to withdraw.")


def test_what_is_of_another_dialogue_is_not_found(client: TestClient, db: Session) -> None:
    """Z5, Z8."""
    mine, (other, _) = a_planned_dialogue(db), a_booked_day(db)
    foreign, headers = {kind: about(db, other, kind) for kind in SECRET}, organiser(db, mine)
    db.commit()
    feeds = f"{api(mine.id)}/feeds"

    for kind, its in foreign.items():
        given = client.post(feeds, json={"kind": kind.value, "about": str(its)}, headers=headers)
        withdrawn = client.delete(f"{feeds}/{kind.value}/{its}", headers=headers)
        unknown = client.delete(f"{feeds}/{kind.value}/{uuid4()}", headers=headers)

        assert (given.status_code, withdrawn.status_code) == (404, 404)
        assert withdrawn.json() == unknown.json()


def test_only_the_organiser_gives_addresses(client: TestClient, db: Session) -> None:
    dialogue, other = a_planned_dialogue(db), a_planned_dialogue(db)
    asked, foreign = {"kind": "room", "about": str(about(db, dialogue, FeedKind.ROOM))}, organiser(db, other)
    db.commit()
    feeds = f"{api(dialogue.id)}/feeds"

    answers = [client.post(feeds, json=asked), client.post(feeds, json=asked, headers=foreign)]

    assert [answer.status_code for answer in answers] == [401, 404]


def test_what_makes_no_sense_is_refused(client: TestClient, db: Session) -> None:
    dialogue = a_planned_dialogue(db)
    headers = organiser(db, dialogue)
    db.commit()
    nonsense: list[object] = [
        {},
        {"kind": "room"},
        {"kind": "secret", "about": str(uuid4())},
        {"kind": "room", "about": "furu"},
        {"kind": "room", "about": 7},
        {"kind": "room", "about": str(uuid4()), "token": "mine"},
        [],
    ]

    answers = [client.post(f"{api(dialogue.id)}/feeds", json=asked, headers=headers) for asked in nonsense]

    assert [answer.status_code for answer in answers] == [422] * len(nonsense)
