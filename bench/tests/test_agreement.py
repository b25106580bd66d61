"""Everybody, each in a process of its own, comes to the value that trying every plan comes to."""

import pytest

from bench.peers.textbook import Textbook
from bench.results import PeerRow
from bench.textbook_runs import OURS, PEERS, by_peer, by_us
from tests.bench.plain import fewest_breaks, plain_day, tiny_book

WHO_PROVE = (OURS, *(peer for peer in PEERS if peer != "timefold"))


@pytest.mark.parametrize("breaks", [3, None])
@pytest.mark.parametrize("who", WHO_PROVE)
def test_whoever_proves_comes_to_the_same_value(who: str, breaks: int | None) -> None:
    row = _asked(who, _book(breaks), seconds=10)

    assert (row.value, row.bound, row.is_proven, row.is_lawful) == (breaks, breaks, True, True)
    assert row.cost.cpu_seconds > 0
    assert row.cost.peak_mib > 10


def test_timefold_comes_to_the_same_value_and_proves_nothing() -> None:
    row = _asked("timefold", _book(3), seconds=3)

    assert (row.value, row.bound, row.is_proven, row.is_lawful) == (3, None, False, True)


def _asked(who: str, book: Textbook, seconds: float) -> PeerRow:
    if who == OURS:
        return by_us("tiny", plain_day(book), seconds, runs=1)
    return by_peer(who, "tiny", plain_day(book), seconds)


def _book(breaks: int | None) -> Textbook:
    return next(book for book in map(tiny_book, range(200)) if fewest_breaks(book) == breaks)
