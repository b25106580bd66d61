"""`python -m bench.booking DAY.json`: suppliers book by themselves, one after another, and each answer is timed.

First everybody looks; then, in an order drawn by lot, each looks again and takes one of its openings, drawn by lot.
"""

import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import TypeVar

import typer

from solver.files import read_problem
from solver.openings import Session
from solver.problem import Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Booked:
    """Milliseconds to open the day, of each query and of each booking; `naive` and `safe` summed over all bookings."""

    build_milliseconds: float
    query_milliseconds: tuple[float, ...]
    booking_milliseconds: tuple[float, ...]
    naive: int
    safe: int
    booked: int


def book_all(day: Problem, random: Random) -> Booked:
    """What it takes until everybody who can has booked."""
    session, build = _timed(partial(Session, day))
    names = sorted(day.meeting)
    queries = [_timed(partial(session.openings, name))[1] for name in names]
    bookings: list[float] = []
    naive = safe = 0
    for name in random.sample(names, len(names)):
        found, milliseconds = _timed(partial(session.openings, name))
        queries.append(milliseconds)
        naive, safe = naive + found.naive, safe + found.safe
        if found.openings:
            opening = random.choice(found.openings)
            bookings.append(_timed(partial(session.book, name, opening.start, opening.room))[1])
    return Booked(build, tuple(queries), tuple(bookings), naive, safe, len(bookings))


def _timed(ask: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    answer = ask()
    return answer, 1000 * (time.perf_counter() - began)


def report(day: Path) -> None:
    """Print what it took, as JSON."""
    booked = book_all(read_problem(day.read_bytes()), Random(1))  # noqa: S311 - no secret
    typer.echo(json.dumps(asdict(booked)))


if __name__ == "__main__":
    typer.run(report)
