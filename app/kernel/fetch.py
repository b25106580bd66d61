"""Fetching a file from an https address that somebody has given us: a little, soon, and only from where all may go.

The address is a secret of whoever gave it: it stands in no refusal and no log. What went wrong is told in few ways,
so that nobody learns by us what stands in our own network.
"""

import ssl
import time
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from threading import BoundedSemaphore

import httpcore
import httpx

from app.kernel.internet import Internet, Pinned, Unreachable
from app.kernel.refusals import Invalid, Unavailable

MOST_BYTES = 5_000_000
MOST_SECONDS = 10.0
MOST_REDIRECTS = 3
_MOST_ETAG = 200
_AT_A_TIME = 65_536
_AT_ONCE = BoundedSemaphore(8)  # a slow server each: they must leave most of our threads to others
_MOST_ADDRESS = 2_000
INTERNET = Internet()
_MOVED = {301, 302, 303, 307, 308}
_NOT_AN_ADDRESS = "Write the address of a calendar. It begins with https:// or webcal://."
_NOT_FETCHED = (
    "No calendar could be fetched from that address. It must be on the internet, open to all who have the link."
)
_FAULTS = (
    *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, httpcore.ConnectionNotAvailable),
    *(OSError, ssl.SSLError, zlib.error, UnicodeError),
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was there: its bytes, None where they are those of the `etag` that was asked with; and the present one."""

    body: bytes | None
    etag: str


def fetch(address: str, *, etag: str = "", seconds: float = MOST_SECONDS, internet: Internet | None = None) -> Fetched:
    """What the address holds; `webcal:` is read as `https:`.

    With the `etag` of last time, an answer that nothing has changed will do. Raises Invalid, with a sentence that
    never holds the address, and Unavailable while too many wait for slow servers.
    """
    place = _https(address)
    if not _AT_ONCE.acquire(timeout=seconds):
        raise Unavailable("Other calendars are being read just now. Try again in a few seconds.")
    try:
        return _followed(place, etag, time.monotonic() + seconds, internet or INTERNET)
    except httpcore.TimeoutException as slow:
        raise Invalid("The server takes too long to answer.") from slow
    except (Unreachable, httpx.InvalidURL, *_FAULTS) as fault:
        raise Invalid(_NOT_FETCHED) from fault
    finally:
        _AT_ONCE.release()


def _followed(place: httpx.URL, etag: str, ends: float, internet: Internet) -> Fetched:
    for _ in range(MOST_REDIRECTS + 1):
        answer = _asked(place, etag, ends, internet)
        if isinstance(answer, Fetched):
            return answer
        place = place.join(answer)
        if place.scheme != "https" or place.userinfo:
            break
    raise Unreachable


def _https(address: str) -> httpx.URL:
    scheme, colon, rest = address.strip().partition(":")
    is_ours = scheme.lower() in {"https", "webcal", "webcals"} and colon and len(address) <= _MOST_ADDRESS
    try:
        place = httpx.URL(f"https:{rest}" if is_ours else "")
    except httpx.InvalidURL as odd:
        raise Invalid(_NOT_AN_ADDRESS) from odd
    if not place.host:
        raise Invalid(_NOT_AN_ADDRESS)
    if place.userinfo:
        raise Invalid("Write the address without a name and a password in it.")
    return place


def _asked(place: httpx.URL, etag: str, ends: float, internet: Internet) -> Fetched | str:
    """What one server answers: the file, or where it is."""
    port = place.port or 443
    if port not in internet.ports:
        raise Unreachable
    host = place.raw_host.decode("ascii")
    backend = Pinned(internet.addresses(host, port, ends), ends)
    with (
        httpcore.ConnectionPool(ssl_context=internet.tls(), network_backend=backend, max_connections=1) as pool,
        pool.stream("GET", _target(place, port), headers=_headers(place, etag)) as answer,
    ):
        headers = {name.lower(): value for name, value in answer.headers}
        if answer.status in _MOVED and b"location" in headers:
            return headers[b"location"].decode("ascii")
        return _taken(answer, headers, etag)


def _target(place: httpx.URL, port: int) -> httpcore.URL:
    return httpcore.URL(scheme=b"https", host=place.raw_host, port=port, target=place.raw_path)


def _headers(place: httpx.URL, etag: str) -> list[tuple[bytes, bytes]]:
    asked = {b"Host": place.netloc, b"Accept": b"text/calendar, */*;q=0.1", b"Accept-Encoding": b"gzip"}
    asked[b"User-Agent"] = b"Dialogdag"
    if etag:
        asked[b"If-None-Match"] = etag.encode("ascii")
    return list(asked.items())


def _taken(answer: httpcore.Response, headers: dict[bytes, bytes], etag: str) -> Fetched:
    if answer.status == HTTPStatus.NOT_MODIFIED and etag:
        return Fetched(None, etag)
    if answer.status != HTTPStatus.OK:
        raise Unreachable
    pieces = _unpacked(answer.iter_stream(), headers.get(b"content-encoding", b"identity").lower())
    return Fetched(_bounded(pieces), _etag_of(headers))


def _etag_of(headers: dict[bytes, bytes]) -> str:
    told = headers.get(b"etag", b"").decode("latin-1")
    return told if len(told) <= _MOST_ETAG and told.isascii() and told.isprintable() else ""


def _unpacked(pieces: Iterable[bytes], packing: bytes) -> Iterable[bytes]:
    if packing == b"identity":
        yield from pieces
        return
    if packing not in {b"gzip", b"x-gzip"}:
        raise Unreachable
    unpacker = zlib.decompressobj(wbits=31)
    for piece in pieces:
        # A few bytes may unpack to all there is memory for: so only as much at a time as will be looked at.
        unpacked, rest = unpacker.decompress(piece, _AT_A_TIME), unpacker.unconsumed_tail
        yield unpacked
        while rest or len(unpacked) == _AT_A_TIME:
            unpacked, rest = unpacker.decompress(rest, _AT_A_TIME), unpacker.unconsumed_tail
            yield unpacked


def _bounded(pieces: Iterable[bytes]) -> bytes:
    taken = bytearray()
    for piece in pieces:
        taken += piece
        if len(taken) > MOST_BYTES:
            raise Invalid("The calendar is larger than {megabytes} MB.", megabytes=MOST_BYTES // 1_000_000)
    return bytes(taken)
