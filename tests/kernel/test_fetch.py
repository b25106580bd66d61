"""Fetching from addresses that others give: a little, soon, from where all may go, and never by a second look-up."""

import gzip
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.kernel import fetch as fetching
from app.kernel.fetch import MOST_BYTES, Fetched, fetch
from app.kernel.internet import Internet, Unreachable, is_public
from app.kernel.refusals import Invalid
from tests.kernel.web_server import Answer, WebServer, web_server

NOT_FETCHED = (
    "No calendar could be fetched from that address. It must be on the internet, open to all who have the link."
)
NOT_AN_ADDRESS = "Write the address of a calendar. It begins with https:// or webcal://."
CALENDAR = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as told:
        told.answers["/anne.ics"] = Answer(CALENDAR, headers={"ETag": '"one"', "Content-Type": "image/png"})
        yield told


def _refused(address: str, internet: Internet, **more: float) -> str:
    with pytest.raises(Invalid) as refusal:
        fetch(address, internet=internet, **more)  # type: ignore[arg-type]  # seconds alone
    return str(refusal.value)


@pytest.mark.parametrize("scheme", ["https", "webcal", "WEBCAL", "HTTPS"])
def test_what_stands_at_an_https_address_is_fetched_whatever_it_is_called(server: WebServer, scheme: str) -> None:
    address = server.url("/anne.ics").replace("https", scheme)

    found = fetch(address, internet=server.internet())

    assert found == Fetched(CALENDAR, '"one"')
    assert server.asked == [("/anne.ics", f"localhost:{server.port}", "")]
    assert server.names == ["localhost"]


def test_nothing_is_fetched_twice_when_nothing_has_changed(server: WebServer) -> None:
    first = fetch(server.url("/anne.ics"), internet=server.internet())
    again = fetch(server.url("/anne.ics"), etag=first.etag, internet=server.internet())
    server.answers["/anne.ics"] = Answer(b"new", headers={"ETag": '"two"'})
    changed = fetch(server.url("/anne.ics"), etag=first.etag, internet=server.internet())

    assert (again, changed) == (Fetched(None, '"one"'), Fetched(b"new", '"two"'))


def test_our_own_machine_is_not_reached(server: WebServer) -> None:
    """The control: with the check off, the same address answers."""
    checked = _refused(server.url("/anne.ics"), server.internet(reaches_all=False))
    was_asked = list(server.names)
    unchecked = fetch(server.url("/anne.ics"), internet=server.internet())

    assert (checked, was_asked, unchecked.body) == (NOT_FETCHED, [], CALENDAR)


def test_a_name_is_looked_up_once_and_the_connection_made_to_what_was_checked(server: WebServer) -> None:
    """DNS rebinding: a second answer would lead elsewhere; nobody asks for it."""
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    net = replace(server.internet(), resolve=lambda _host, _port: answers.pop(0))

    assert fetch(server.url("/anne.ics"), internet=net).body == CALENDAR
    assert answers == [["169.254.169.254"]]


def test_whoever_shows_the_certificate_of_another_is_not_heard(server: WebServer) -> None:
    """The control: the same server is heard under the name that it can prove."""
    address = f"https://calendar.example:{server.port}/anne.ics"

    assert _refused(address, server.internet()) == NOT_FETCHED
    assert (server.asked, server.names) == ([], ["calendar.example"])
    assert fetch(server.url("/anne.ics"), internet=server.internet()).body == CALENDAR


def test_one_inner_address_among_public_ones_is_enough_to_refuse(server: WebServer) -> None:
    net = replace(Internet(), resolve=lambda _host, _port: ["93.184.215.14", "10.0.0.1"])

    with pytest.raises(Unreachable):
        net.addresses("calendar.example", 443, time.monotonic() + 5)
    alone = replace(net, resolve=lambda _host, _port: ["93.184.215.14"])
    assert alone.addresses("calendar.example", 443, time.monotonic() + 5) == ["93.184.215.14"]


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.1.2.3", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1"),
        *("224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "192.0.2.1", "203.0.113.9"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808"),
        *("64:ff9b:1::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1"),
        *("2001:db8::1", "2002:7f00:1::", "2001:0:1::1", "100::1", "localhost", "", "0x7f000001"),
    ],
)
def test_an_address_that_not_all_reach_is_told_from_others(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "172.32.0.1", "2a00:1450:400f:80d::200e"])
def test_an_address_that_all_reach_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "localhost"])
def test_however_our_own_machine_is_written_it_is_not_reached(host: str) -> None:
    assert _refused(f"https://{host}/anne.ics", Internet(), seconds=5) == NOT_FETCHED


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://calendar.example/anne.ics", NOT_AN_ADDRESS),
        ("file:///etc/passwd", NOT_AN_ADDRESS),
        ("gopher://calendar.example/", NOT_AN_ADDRESS),
        ("https:calendar.ics", NOT_AN_ADDRESS),
        ("https://", NOT_AN_ADDRESS),
        ("calendar", NOT_AN_ADDRESS),
        ("", NOT_AN_ADDRESS),
        ("https://calendar.example/" + "x" * 3000, NOT_AN_ADDRESS),
        ("https://exa\nmple.com/", NOT_AN_ADDRESS),
        ("https://anne:secret@calendar.example/", "Write the address without a name and a password in it."),
        ("https://calendar.example:8443/anne.ics", NOT_FETCHED),
        ("https://calendar.example:22/", NOT_FETCHED),
    ],
)
def test_only_plain_https_addresses_are_taken(address: str, sentence: str) -> None:
    net = replace(Internet(), resolve=lambda _host, _port: pytest.fail("a name was looked up"))

    assert _refused(address, net) == sentence


def test_redirects_are_followed_three_times(server: WebServer) -> None:
    for place in range(4):
        server.answers[f"/{place}"] = Answer(
            status=302, headers={"Location": f"/{place - 1}" if place else "/anne.ics"}
        )

    assert fetch(server.url("/2"), internet=server.internet()).body == CALENDAR
    assert _refused(server.url("/3"), server.internet()) == NOT_FETCHED


@pytest.mark.parametrize(
    "location",
    [
        "http://localhost/x",
        "https://inner.example/x",
        "file:///etc/passwd",
        "https://a:b@localhost/",
        "https://localhost:22/",
    ],
)
def test_a_redirect_is_checked_like_the_first_address(server: WebServer, location: str) -> None:
    """The control: the same redirect to what may be reached is followed."""
    server.answers["/away"] = Answer(status=301, headers={"Location": location})
    server.answers["/here"] = Answer(status=301, headers={"Location": server.url("/anne.ics")})
    hosts = {"localhost": ["127.0.0.1"], "inner.example": ["10.0.0.1"]}
    net = replace(server.internet(), resolve=lambda host, _port: hosts[host], may_reach=lambda one: one == "127.0.0.1")

    assert _refused(server.url("/away"), net) == NOT_FETCHED
    assert fetch(server.url("/here"), internet=net).body == CALENDAR


def test_a_server_that_drips_is_left_in_time(server: WebServer) -> None:
    """Each byte in time for itself, and all of them never: in the headers as in the body."""
    server.answers["/drip"] = Answer(CALENDAR * 10, pause=0.05)
    began = time.monotonic()

    sentence = _refused(server.url("/drip"), server.internet(), seconds=0.6)

    assert (sentence, time.monotonic() - began < 3) == ("The server takes too long to answer.", True)


def test_a_resolver_that_hangs_is_left_in_time(server: WebServer) -> None:
    def hang(_host: str, _port: int) -> list[str]:
        time.sleep(2)
        return ["127.0.0.1"]

    began = time.monotonic()

    assert _refused(server.url("/"), replace(server.internet(), resolve=hang), seconds=0.3) == NOT_FETCHED
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("packs", [False, True])
def test_no_more_is_taken_than_a_calendar_may_be(server: WebServer, packs: bool) -> None:  # noqa: FBT001 the two cases
    """Unpacked, too: a thousandth of it would else be enough to fill the memory."""
    for name, size in (("/most", MOST_BYTES), ("/more", MOST_BYTES * (20 if packs else 1) + 1)):
        body = bytes(size)
        headers = {"Content-Encoding": "gzip"} if packs else {}
        server.answers[name] = Answer(gzip.compress(body) if packs else body, headers=headers)

    most = fetch(server.url("/most"), internet=server.internet()).body

    assert len(most or b"") == MOST_BYTES
    assert _refused(server.url("/more"), server.internet()) == "The calendar is larger than 5 MB."


@pytest.mark.parametrize(
    "answer",
    [
        *(Answer(status=404), Answer(status=500), Answer(status=304), Answer(CALENDAR, status=206), Answer(status=302)),
        *(Answer(b"torn", headers={"Content-Encoding": "gzip"}), Answer(b"x", headers={"Content-Encoding": "br"})),
    ],
)
def test_what_is_no_answer_is_told_in_one_way(server: WebServer, answer: Answer) -> None:
    server.answers["/odd"] = answer

    assert _refused(server.url("/odd"), server.internet()) == NOT_FETCHED


def test_an_etag_that_could_end_a_header_is_forgotten(server: WebServer) -> None:
    server.answers["/odd"] = Answer(CALENDAR, headers={"ETag": '"' + "x" * 300 + '"'})

    assert fetch(server.url("/odd"), internet=server.internet()) == Fetched(CALENDAR, "")


def test_by_default_the_real_internet_is_asked() -> None:
    assert (fetching.INTERNET.may_reach, fetching.INTERNET.ports) == (is_public, frozenset({443}))
