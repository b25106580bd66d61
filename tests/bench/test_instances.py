"""The instances of the bench are plain days, published where there are any and drawn elsewhere."""

from pathlib import Path

import pytest

from bench.b2b import FOLDER
from bench.b2b_generator import SIZES
from bench.instances import HARDER, instances, one_meeting
from bench.peers.textbook import Textbook, textbook_of

TINY = """
nBusiness = 3; nMeetings = 2; nTables = 1; nTotalSlots = 4; nMorningSlots = 2;
requested = [|1, 2, 3,
|3, 2, 1, |];
meetingsxBusiness = [{1},{1,2},{2}];
forbidden = [{0},{0,4},{0}];
fixed = [3,0];
precedences = [{2},{}];
"""


def test_a_published_instance_becomes_the_plain_problem_that_it_is(tmp_path: Path) -> None:
    (tmp_path / "tiny.dzn").write_text(TINY)

    ((name, day),) = instances(tmp_path)

    assert name == "tiny"
    assert textbook_of(day) == Textbook(
        participants=3,
        slots=4,
        tables=1,
        meetings=((0, 1), (2, 1)),
        allowed=((2,), (0, 1)),
        after=((0, 1),),
        differ_by=2,
    )


def test_without_published_instances_others_of_their_sizes_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)

    found = [(name, textbook_of(day)) for name, day in instances(None)]

    drawn = [*((size, "original") for size in SIZES), *HARDER]
    assert sorted((name, len(book.meetings), book.slots, book.tables) for name, book in found) == sorted(
        (f"{size}-drawn1.{variant}", SIZES[size].meetings, SIZES[size].slots, SIZES[size].tables)
        for size, variant in drawn
    )
    assert [len(book.meetings) for _, book in found] == sorted(len(book.meetings) for _, book in found)


def test_a_single_meeting_is_a_plain_day_too() -> None:
    book = textbook_of(one_meeting())

    assert (book.meetings, book.breaks((0,))) == (((0, 1),), 0)
