"""Feeds as calendar programs fetch them: rules N01 to N07, by their ids."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.feeds import service
from app.feeds.models import Feed, FeedKind
from app.kernel import access
from app.kernel.access import Right
from app.kernel.freshness import http_date, is_fresh
from app.meetings import service as meetings
from app.suppliers import service as suppliers
from tests.days.factories import a_dialogue
from tests.feeds.factories import about, link
from tests.invitations.factories import a_booked_day
from tests.meetings.factories import a_planned_dialogue, place
from tests.suppliers.factories import session_of


@pytest.fixture
def path(db: Session) -> str:
    """The secret feed of a supplier with a meeting."""
    dialogue, _ = a_booked_day(db)
    given = link(db, dialogue, FeedKind.SUPPLIER)
    db.commit()
    return given


@pytest.mark.parametrize("kind", [FeedKind.PUBLIC, FeedKind.PANEL])
def test_a_feed_has_the_headers_that_programs_go_by(client: TestClient, db: Session, kind: FeedKind) -> None:
    """T7: nothing of it is kept where others read it, and no address is passed on."""
    dialogue, _ = a_booked_day(db)
    given = link(db, dialogue, kind)
    db.commit()

    headers = client.get(given).headers

    expected = {
        "content-type": "text/calendar; charset=utf-8",  # N01
        "cache-control": "private, max-age=300, must-revalidate",  # N03
        "x-content-type-options": "nosniff",  # N07
        "referrer-policy": "no-referrer",  # N07
        "x-robots-tag": "noindex",  # N07
    }
    assert {name: headers[name] for name in expected} == expected
    assert not {"set-cookie", "vary", "location"} & set(headers)  # N05


def test_a_feed_is_the_same_whatever_its_reader_says_it_accepts(client: TestClient, path: str) -> None:
    """N01: some programs say nothing of what they accept."""
    asked = [{}, {"Accept": "text/html"}, {"Accept": ""}, {"Accept-Language": "en"}, {"Cookie": "language=en"}]

    answers = {client.get(path, headers=headers).content for headers in asked}

    assert len(answers) == 1


def test_the_tag_is_strong_and_is_that_of_the_bytes(client: TestClient, path: str) -> None:
    """N02, N04: and both are the same when nothing has changed."""
    first, second = client.get(path), client.get(path)

    assert first.headers["ETag"] == second.headers["ETag"]
    assert first.headers["ETag"].startswith('"')
    assert (len(first.headers["ETag"]), first.content) == (66, second.content)


def test_the_head_of_a_feed_is_that_of_the_whole(client: TestClient, path: str) -> None:
    """N06."""
    head, whole = client.head(path), client.get(path)

    assert (head.status_code, head.content, dict(head.headers)) == (200, b"", dict(whole.headers))
    assert head.headers["Content-Length"] == str(len(whole.content))


LATER, EARLIER = timedelta(hours=1), timedelta(hours=-1)
CONDITIONS = {
    "the tag it has": ("{etag}", None, 304),
    "the tag, weak": ("W/{etag}", None, 304),
    "a list with the tag": ('"abc", {etag}', None, 304),
    "a list with the tag, weak and without spaces": ('"abc",W/{etag},"def"', None, 304),
    "anything": ("*", None, 304),
    "another tag": ('"abc"', None, 200),
    "a list of others": ('"abc", W/"def"', None, 200),
    "the tag without its quotation marks": ("{bare}", None, 200),
    "the tag with more in it": ('"{bare}x"', None, 200),
    "nothing to match": ("", None, 200),
    "a later moment": (None, LATER, 304),
    "an earlier moment": (None, EARLIER, 200),
    "another tag and a later moment": ('"abc"', LATER, 200),
    "the tag and an earlier moment": ("{etag}", EARLIER, 304),
}


def test_whoever_has_the_latest_gets_no_more(client: TestClient, path: str) -> None:
    """N02."""
    etag = client.get(path).headers["ETag"]

    for condition, (_, _, status) in CONDITIONS.items():
        for method in ("GET", "HEAD"):
            answer = client.request(method, path, headers=_asked(condition, etag))

            assert (condition, answer.status_code) == (condition, status)
            assert answer.headers["ETag"] == etag
            assert answer.headers["Cache-Control"] == "private, max-age=300, must-revalidate"
            assert bool(answer.content) == (status == 200 and method == "GET")


def _asked(condition: str, etag: str) -> dict[str, str]:
    tags, moment, _ = CONDITIONS[condition]
    headers = {}
    if tags is not None:
        headers["If-None-Match"] = tags.format(etag=etag, bare=etag.strip('"'))
    if moment is not None:
        headers["If-Modified-Since"] = http_date(datetime.now(UTC) + moment)
    return headers


@pytest.mark.parametrize(
    "moment", ["", "yesterday", "Thu, 99 Apr 2027 11:45:00 GMT", "0", "Thu, 08 Apr 20270 11:45 GMT"]
)
def test_a_moment_that_is_none_is_not_heeded(moment: str) -> None:
    assert not is_fresh({"if-modified-since": moment}, "abc", datetime(2027, 4, 8, tzinfo=UTC))


def test_a_moment_is_compared_in_whole_seconds() -> None:
    changed_at = datetime(2027, 4, 8, 11, 45, 0, 900_000, tzinfo=UTC)

    assert is_fresh({"if-modified-since": "Thu, 08 Apr 2027 11:45:00 GMT"}, "abc", changed_at)
    assert not is_fresh({"if-modified-since": "Thu, 08 Apr 2027 11:44:59 GMT"}, "abc", changed_at)


def test_whoever_has_an_older_one_gets_the_new_one(client: TestClient, db: Session) -> None:
    dialogue, booking = a_booked_day(db)
    given = link(db, dialogue, FeedKind.SUPPLIER)
    db.commit()
    before = client.get(given)

    meetings.move(db, booking, place(db, dialogue, "11:00"))
    service.refresh(db, dialogue.id)
    db.commit()
    after = client.get(given, headers={"If-None-Match": before.headers["ETag"]})

    assert after.status_code == 200
    assert before.headers["ETag"] != after.headers["ETag"]
    assert b"T110000" in after.content


def test_an_unknown_address_is_not_found(client: TestClient) -> None:
    """T9."""
    for given in ("/f/unknown.ics", "/f/.ics", "/f/%00.ics", "/d/unknown/program.ics", "/d/%00/program.ics"):
        answer = client.get(given)

        assert (given, answer.status_code, "location" in answer.headers) == (given, 404, False)


def test_the_feed_of_a_draft_is_not_found(client: TestClient, db: Session) -> None:
    """T10."""
    dialogue = a_dialogue(db, is_open=False)
    db.commit()

    assert client.get(f"/d/{dialogue.slug}/program.ics").status_code == 404


def test_a_withdrawn_link_is_not_found_at_once_and_a_new_one_is(client: TestClient, db: Session) -> None:
    """T5, T9: as one that never was."""
    dialogue, _ = a_booked_day(db)
    old = link(db, dialogue, FeedKind.PERSON)
    new = service.new_link(db, FeedKind.PERSON, about(db, dialogue, FeedKind.PERSON), dialogue)
    db.commit()

    unknown = client.get("/f/unknown.ics")
    refused = client.get(old)

    assert client.get(new.removeprefix("http://testserver")).status_code == 200
    assert (refused.status_code, refused.text.replace(old, "")) == (404, unknown.text.replace("/f/unknown.ics", ""))


def test_the_link_of_a_supplier_that_withdraws_is_not_found(client: TestClient, db: Session, path: str) -> None:
    """T5."""
    before = client.get(path).status_code
    (dialogue,) = db.query(Dialogue).all()
    supplier = suppliers.of_dialogue(db, dialogue.id)[0]
    suppliers.withdraw(db, supplier)
    left_over = access.grant(db, Right.SUPPLIER_FEED, supplier.id)
    db.commit()

    after = [client.get(given).status_code for given in (path, f"/f/{left_over}.ics")]
    assert (before, after) == (200, [404, 404])


def test_a_link_opens_its_feed_and_nothing_else(client: TestClient, db: Session, path: str) -> None:
    """T6."""
    token = path.removeprefix("/f/").removesuffix(".ics")

    opened = {given: client.get(given).status_code for given in (f"/o/{token}", f"/p/{token}", f"/f/{token}")}
    changed = {method: client.request(method, path).status_code for method in ("POST", "PUT", "DELETE")}

    assert (opened, changed) == (dict.fromkeys(opened, 404), dict.fromkeys(changed, 405))


def test_the_token_of_a_session_opens_no_feed(client: TestClient, db: Session) -> None:
    """T6."""
    dialogue, _ = a_booked_day(db)
    token = session_of(db, suppliers.of_dialogue(db, dialogue.id)[0])
    db.commit()

    assert client.get(f"/f/{token}.ics").status_code == 404


def test_an_address_is_short_enough_for_every_program(db: Session) -> None:
    dialogue = a_planned_dialogue(db)

    given = service.feed_link(db, FeedKind.ROOM, about(db, dialogue, FeedKind.ROOM), dialogue)

    # Google takes 116 characters: that leaves 66 for the name of the house.
    assert len(given.removeprefix("http://testserver")) == 50


def test_the_address_is_nowhere_in_the_feed_or_in_the_database(client: TestClient, db: Session, path: str) -> None:
    """T2."""
    token = path.removeprefix("/f/").removesuffix(".ics")

    body = client.get(path).content

    assert token.encode() not in body.replace(b"\r\n ", b"")
    assert not [feed for feed in db.query(Feed) if token.encode() in feed.body]
