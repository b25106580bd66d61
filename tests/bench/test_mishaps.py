"""What happens to the days of the bench: each mishap changes its own part of the day, and the file stays lawful."""

from dataclasses import replace

import pytest

from bench import days, mishaps
from solver.files import read_problem, write_problem
from solver.problem import Problem, Span

TOLD = days.announced_day()


@pytest.mark.parametrize("what", mishaps.REPAIRS)
def test_a_day_with_a_mishap_is_a_day_file_with_180_announced_meetings(what: str) -> None:
    day = mishaps.REPAIRS[what](TOLD)

    assert read_problem(write_problem(day)) == day
    assert len(day.announced) == 180


def test_when_a_member_is_ill_the_panel_cannot_hold_its_last_meetings() -> None:
    day = mishaps.member_ill(TOLD)

    (ill,) = set(TOLD.person) - set(day.person)
    (panel,) = (panel for panel in day.panels if ill in TOLD.panel[panel.id].members)
    last = max(told.start for told in TOLD.announced if panel.id in TOLD.meeting[told.id].parties)
    assert ill not in str(write_problem(day))
    assert len([member for member in panel.members if day.person[member].free[0].end > last]) < panel.needs.people


def test_a_lost_room_was_the_room_of_a_whole_panel() -> None:
    day = mishaps.room_lost(TOLD)

    (lost,) = (room.id for room in day.rooms if not room.free)
    assert len([told for told in day.announced if told.room == lost]) == 12


def test_a_late_supplier_had_been_told_an_earlier_time_that_is_not_yet_fixed() -> None:
    day = mishaps.supplier_late(TOLD)

    (late,) = (each for each in day.suppliers if each != TOLD.supplier[each.id])
    starts = [told.start for told in day.announced if late.id in day.meeting[told.id].parties]
    assert late.free == (Span(mishaps.LATE_UNTIL, day.day.closes),)
    assert mishaps.BEGUN <= min(starts) < mishaps.LATE_UNTIL
    assert late.id not in day.session["plenary"].suppliers
    assert _unchanged(day) == _unchanged(TOLD)


def test_minutes_are_required_and_cannot_be_taken_all_day() -> None:
    day = mishaps.minutes_not_taken(days.day(days.REAL["30x10"]))

    takers = [day.person[each] for each in day.panels[0].members if "minutes" in day.person[each].skills]
    assert {taker.free for taker in takers} == {(Span(day.day.opens, mishaps.MINUTES_TAKEN_UNTIL),)}
    assert all(meeting.required for meeting in day.meetings)


def _unchanged(day: Problem) -> Problem:
    return replace(day, suppliers=(), sessions=(), fixed_until=None)
