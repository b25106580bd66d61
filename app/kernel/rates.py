"""How often somebody may: counted in this process, in a window that moves along, and over it the answer is 429.

A client is the address that the request came from. `X-Forwarded-For` is not believed: where a proxy stands in front,
the server is told which one (`FORWARDED_ALLOW_IPS`), and takes the client's address from that one alone.
"""

import ipaddress
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import StrEnum
from functools import cache
from math import ceil

import structlog
from fastapi import Request
from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.kernel.limits import holds_token
from app.kernel.refusals import TooMany

log = structlog.get_logger()


class Rate(StrEnum):
    """What is counted."""

    SIGN_IN = "sign in"
    REGISTRATION = "registration"
    WRONG_TOKEN = "wrong token"  # noqa: S105 the name of what is counted
    BOOKING = "booking"
    QUESTION = "question"
    CALENDAR = "calendar"
    ANSWER = "answer"


# Many suppliers may sit behind one address: what is counted by client is generous, the rest is counted by supplier.
LIMITS = {
    Rate.SIGN_IN: "30/minute; 200/hour",  # by client
    Rate.REGISTRATION: "60/minute; 300/hour",  # by client
    Rate.WRONG_TOKEN: "120/minute",  # by client
    Rate.BOOKING: "20/minute; 100/hour",  # by supplier
    Rate.QUESTION: "20/minute; 100/hour",  # by supplier
    Rate.CALENDAR: "10/minute; 60/hour",  # that is read, by the person whose it is
    Rate.ANSWER: "20/minute; 100/hour",  # by invitation
}
_MOST_NAMES = 20_000  # that are remembered at once; beyond them those with nothing left to count are forgotten


class _Counted(MovingWindowRateLimiter):
    """What has been counted in this process."""

    def __init__(self) -> None:
        self.memory = MemoryStorage()
        super().__init__(self.memory)


@cache
def _counted() -> _Counted:
    return _Counted()


@cache
def _items(rate: Rate) -> list[RateLimitItem]:
    return parse_many(LIMITS[rate])


def spend(rate: Rate, who: str) -> None:
    """Count once more for `who`, a client or the id of a supplier; raises TooMany when that is too often."""
    _forget_idle()
    check(rate, who)
    if not all(_counted().hit(item, rate, who) for item in _items(rate)):
        raise TooMany(_seconds_left(rate, who))


def check(rate: Rate, who: str) -> None:
    """Let `who` pass who may do it once more, without counting it; raises TooMany for others."""
    if not all(_counted().test(item, rate, who) for item in _items(rate)):
        raise TooMany(_seconds_left(rate, who))


def by_client(rate: Rate) -> Callable[[Request], Awaitable[None]]:
    """A dependency that counts each request of a client; it raises TooMany before anything else is done."""

    async def count(request: Request) -> None:
        spend(rate, client_of(request))

    return count


def client_of(request: Request) -> str:
    """The address that the request came from; of IPv6 the network, since whoever has one address there has them all."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((host, 64), strict=False)) if address.version == 6 else host


async def refuse_guessers(request: Request) -> None:
    """Take no token, wrong or right, from a client that has shown too many wrong ones; raises TooMany."""
    if not holds_token(request.url.path) and "authorization" not in request.headers:
        return
    check(Rate.WRONG_TOKEN, client_of(request))


def is_guesser(request: Request) -> bool:
    """Whether no token is taken from this client for now, wrong or right."""
    if not _counted().memory.events:  # nobody has guessed
        return False
    try:
        check(Rate.WRONG_TOKEN, client_of(request))
    except TooMany:
        return True
    return False


def note_wrong_token(request: Request) -> None:
    """Count a token that opened nothing, and sound the alarm in the log when its client is refused from now on."""
    who = client_of(request)
    with suppress(TooMany):
        spend(Rate.WRONG_TOKEN, who)
        try:
            check(Rate.WRONG_TOKEN, who)
        except TooMany:
            log.warning("many wrong tokens", client=who)


def _seconds_left(rate: Rate, who: str) -> int:
    stats = (_counted().get_window_stats(item, rate, who) for item in _items(rate))
    return max([1, *(ceil(each.reset_time - time.time()) for each in stats if each.remaining <= 0)])


def _forget_idle() -> None:
    storage = _counted().memory
    if len(storage.events) > _MOST_NAMES:
        for name in [name for name, events in list(storage.events.items()) if not events]:
            storage.clear(name)
