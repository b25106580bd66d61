"""The peers that need no packages of their own find what trying every plan finds."""

import pytest

from bench.peers import cp_sat_first_try, rc2
from bench.peers.answer import Answer, Watch
from bench.peers.textbook import Textbook
from tests.bench.plain import fewest_breaks, tiny_book

PEERS = {"cp_sat_first_try": cp_sat_first_try.solve, "rc2": rc2.solve}


def _told(book: Textbook, answer: Answer) -> tuple[int | None, int | None, bool]:
    assert answer.slots is None or book.is_lawful(answer.slots)
    return None if answer.slots is None else book.breaks(answer.slots), answer.bound, answer.is_proven


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_proves_the_fewest_breaks_or_that_there_is_no_plan(name: str) -> None:
    books = [tiny_book(seed) for seed in range(40)]

    told = [_told(book, PEERS[name](book, Watch(seconds=10.0))) for book in books]

    best = [fewest_breaks(book) for book in books]
    assert told == [(fewest, fewest, True) for fewest in best]
    assert None in best
    assert max(fewest or 0 for fewest in best) > 1


def test_a_watch_remembers_the_latest_improvement() -> None:
    watch = Watch(seconds=10.0)

    rc2.solve(tiny_book(0), watch)

    assert watch.wall_seconds > 0
    assert watch.cpu_seconds > 0
