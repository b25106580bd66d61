"""A day that is too small is explained, and both halves of it are timed."""

from bench import days
from bench.explaining import explain
from bench.shape import Shape


def test_a_day_that_is_too_small_has_a_conflict_and_remedies() -> None:
    told = explain(days.day(Shape(suppliers=4, panels=1, meetings=4, minutes=60, plenary_minutes=180, closes=16 * 60)))

    assert told.conflicts > 0
    assert "close_later" in told.remedies
    assert 0 < told.conflict_seconds < told.remedies_seconds
