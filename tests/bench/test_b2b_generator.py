"""Drawn events: the same from the same seed, of the published sizes, and all their meetings can be had."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from bench.b2b import Event, day_file
from bench.b2b_generator import SIZES, VARIANTS, draw_event, hidden_timetable
from bench.peers.textbook import Textbook, textbook_of
from solver.files import read_problem


def book_of(event: Event) -> Textbook:
    return textbook_of(read_problem(json.dumps(day_file(event)).encode()))


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("size", SIZES)
def test_the_hidden_timetable_keeps_every_rule_but_evenness(size: str, variant: str) -> None:
    book = book_of(draw_event(size, variant, seed=1))
    slots = [cell.slot for cell in hidden_timetable(size, seed=1)]

    assert replace(book, differ_by=None).is_lawful(slots)


@pytest.mark.parametrize("size", SIZES)
def test_an_event_is_as_large_as_the_published_one(size: str) -> None:
    event, shape = draw_event(size, "original", seed=2), SIZES[size]

    assert (event.participants, len(event.meetings), event.slots, event.morning_slots, event.tables) == (
        shape.participants,
        shape.meetings,
        shape.slots,
        shape.morning_slots,
        shape.tables,
    )


def test_nobody_meets_the_same_participant_twice() -> None:
    met = Counter(wanted.parties for wanted in draw_event("tic-13", "original", seed=1).meetings)

    assert set(met.values()) == {1}


def test_a_variant_adds_what_it_is_called_after_and_nothing_else() -> None:
    counts = {
        variant: (sum(map(len, event.forbidden.values())), len(event.fixed), sum(map(len, event.after.values())))
        for variant in VARIANTS
        for event in [draw_event("forum-13", variant, seed=1)]
    }

    assert counts == {"original": (0, 0, 0), "forb": (79, 0, 0), "fixed": (0, 28, 0), "prec": (0, 0, 38)}


def test_the_same_seed_gives_the_same_event_and_another_seed_another() -> None:
    assert draw_event("tic-12", "prec", seed=1) == draw_event("tic-12", "prec", seed=1)
    assert draw_event("tic-12", "prec", seed=1).meetings != draw_event("tic-12", "prec", seed=2).meetings
