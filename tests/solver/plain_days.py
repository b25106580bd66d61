"""Tiny days on which suppliers meet suppliers at the beat of a quarter, and their fewest breaks by trying all plans."""

from collections.abc import Iterator, Sequence
from itertools import pairwise, product
from random import Random

from solver.constraints import constrain
from solver.problem import Aim, Problem, Span
from solver.variables import Choices
from tests.solver.factories import at, day, meeting, problem, room, supplier

QUARTER = 15
OPENS = at("08:00")


def plain_day(pairs: Sequence[str], slots: Sequence[Sequence[int]], tables: int, most_slots: int = 8) -> Problem:
    """A day with a meeting for each pair such as `"ab"`, in one of its slots, the first being slot 0."""
    return problem(
        frame=day(closes=f"{8 + most_slots * QUARTER // 60:02}:{most_slots * QUARTER % 60:02}", step=QUARTER),
        rooms=tuple(room(f"table{number}") for number in range(tables)),
        suppliers=tuple(supplier(name) for name in sorted({name for pair in pairs for name in pair})),
        meetings=tuple(
            meeting(f"m{number}", *pair, minutes=QUARTER, required=True, windows=tuple(map(_span, allowed)))
            for number, (pair, allowed) in enumerate(zip(pairs, slots, strict=True))
        ),
        aims=(Aim.BREAKS,),
    )


def tiny_day(random: Random) -> Problem:
    """A day of three or four suppliers, most of whom meet, in some of up to five slots."""
    names = "abcd"[: random.randint(3, 4)]
    pairs = [one + other for one in names for other in names if one < other]
    pairs = random.sample(pairs, random.randint(2, len(pairs)))
    last = random.randint(3, 5)
    slots = [sorted(random.sample(range(last), random.randint(1, last))) for _ in pairs]
    return plain_day(pairs, slots, random.randint(1, 2))


def choices_of(day: Problem) -> Choices:
    choices = Choices(day)
    constrain(choices)
    return choices


def fewest_of_all_plans(day: Problem) -> int | None:
    """The fewest breaks of any lawful plan; None when there is none."""
    return min((sum(map(gaps, _times(day, starts).values())) for starts in _lawful(day)), default=None)


def gaps(starts: Sequence[int]) -> int:
    return sum(later > earlier + QUARTER for earlier, later in pairwise(sorted(starts)))


def _lawful(day: Problem) -> Iterator[tuple[int, ...]]:
    for starts in product(*([window.start for window in each.windows] for each in day.meetings)):
        is_busy_once = all(len(set(times)) == len(times) for times in _times(day, starts).values())
        if is_busy_once and max(map(starts.count, starts)) <= len(day.rooms):
            yield starts


def _times(day: Problem, starts: Sequence[int]) -> dict[str, list[int]]:
    return {
        each.id: [start for meeting, start in zip(day.meetings, starts, strict=True) if each.id in meeting.parties]
        for each in day.suppliers
    }


def _span(slot: int) -> Span:
    return Span(OPENS + slot * QUARTER, OPENS + (slot + 1) * QUARTER)
