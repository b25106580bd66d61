"""The plain meeting problem: read from a day as it is, and its rules and breaks told without any solver."""

from dataclasses import replace

import pytest

from bench.peers.textbook import NotPlain, Textbook, textbook_of
from solver.files import read_problem, write_problem
from solver.problem import Aim, Apart, Problem, Span
from tests.bench.plain import OPENS, STEP, plain_day, tiny_book

BOOK = Textbook(
    participants=4,
    slots=4,
    tables=2,
    meetings=((0, 1), (0, 2), (1, 2), (0, 3)),
    allowed=((0, 1, 2, 3), (0, 1, 2, 3), (0, 1, 2), (1, 2, 3)),
    after=((3, 0),),
    differ_by=1,
)
PLAIN = plain_day(BOOK)


@pytest.mark.parametrize("seed", range(20))
def test_a_plain_day_gives_back_the_problem_it_holds(seed: int) -> None:
    book = tiny_book(seed)

    assert textbook_of(read_problem(write_problem(plain_day(book)))) == book


def test_free_times_of_both_and_a_pinned_start_leave_fewer_slots() -> None:
    day = plain_day(replace(BOOK, after=()))
    late = (Span(OPENS + STEP, OPENS + 4 * STEP),)
    suppliers = (replace(day.suppliers[0], free=late), *day.suppliers[1:])
    pinned = (*day.meetings[:3], replace(day.meetings[3], start=OPENS + 2 * STEP))

    assert textbook_of(replace(day, suppliers=suppliers, meetings=pinned)).allowed == (
        (1, 2, 3),
        (1, 2, 3),
        (0, 1, 2),
        (2,),
    )


@pytest.mark.parametrize(
    "day",
    [
        replace(PLAIN, aims=(Aim.BREAKS, Aim.FINISH)),
        replace(PLAIN, apart=(Apart(("s0", "s1"), 20),)),
        replace(PLAIN, meetings=(replace(PLAIN.meetings[0], required=False),)),
        replace(PLAIN, meetings=(replace(PLAIN.meetings[0], minutes=2 * STEP),)),
        replace(PLAIN, rooms=(replace(PLAIN.rooms[0], free=()), PLAIN.rooms[1])),
    ],
)
def test_a_day_that_holds_more_is_refused(day: Problem) -> None:
    with pytest.raises(NotPlain):
        textbook_of(day)


def test_a_break_is_a_run_of_idle_slots_between_two_meetings() -> None:
    assert [BOOK.breaks_of(each, (0, 3, 1, 1)) for each in range(4)] == [1, 0, 1, 0]
    assert BOOK.breaks((0, 3, 1, 1)) == 2


@pytest.mark.parametrize(
    ("chosen", "is_lawful"),
    [
        ((0, 1, 2, 3), True),
        ((0, 0, 1, 2), False),  # participant 0 twice at once
        ((0, 1, 3, 2), False),  # the third may not have the last slot
        ((3, 2, 0, 1), False),  # the fourth is to come after the first
        ((1, 0, 2, 3), True),
        ((0, 1, 2, 2), True),
    ],
)
def test_the_rules_are_those_of_the_literature(chosen: tuple[int, ...], *, is_lawful: bool) -> None:
    assert BOOK.is_lawful(chosen) is is_lawful


def test_more_meetings_than_tables_and_uneven_breaks_are_not_lawful() -> None:
    book = replace(BOOK, meetings=((0, 1), (2, 3)), allowed=((0, 1), (0, 1)), after=())

    assert book.is_lawful((0, 0))
    assert not replace(book, tables=1).is_lawful((0, 0))
    assert not replace(BOOK, differ_by=0, after=()).is_lawful((0, 3, 1, 1))
