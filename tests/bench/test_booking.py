"""Suppliers who book one after another all get a meeting, though the day is nearly full."""

from random import Random

from bench import days
from bench.booking import book_all


def test_everybody_books_and_every_answer_is_timed() -> None:
    day = days.day(days.OPENINGS["20"])

    booked = book_all(day, Random(3))  # noqa: S311 - no secret

    assert (booked.booked, len(booked.query_milliseconds), len(booked.booking_milliseconds)) == (20, 40, 20)
    assert 20 <= booked.safe < booked.naive
    assert min(booked.build_milliseconds, *booked.query_milliseconds, *booked.booking_milliseconds) > 0
