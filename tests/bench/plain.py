"""Tiny plain meeting problems, the days that hold them, and their best plans, found by trying all."""

from datetime import date
from itertools import product
from random import Random

from bench.peers.textbook import Textbook
from solver.problem import Aim, Day, Meeting, Problem, Room, Span, Supplier

OPENS, STEP = 9 * 60, 20


def tiny_book(seed: int) -> Textbook:
    """A few participants, slots and meetings, some of which may not have every slot."""
    random = Random(seed)  # noqa: S311 - no secret
    participants, slots = random.randint(2, 5), random.randint(2, 7)
    pairs = [(one, other) for one in range(participants) for other in range(one + 1, participants)]
    meetings = random.sample(pairs, min(len(pairs), random.randint(1, 7)))
    return Textbook(
        participants=participants,
        slots=slots,
        tables=random.randint(1, 3),
        meetings=tuple(meetings),
        allowed=tuple(tuple(sorted(random.sample(range(slots), min(slots, random.randint(1, 4))))) for _ in meetings),
        after=tuple(
            (later, earlier) for later in range(len(meetings)) for earlier in range(later) if random.random() < 0.07
        ),
        differ_by=random.choice((None, 0, 1, 2)),
    )


def fewest_breaks(book: Textbook) -> int | None:
    """The fewest breaks of any lawful plan; None when there is no lawful plan."""
    return min((book.breaks(chosen) for chosen in product(*book.allowed) if book.is_lawful(chosen)), default=None)


def plain_day(book: Textbook) -> Problem:
    """The day that holds the problem."""
    whole = Span(OPENS, OPENS + STEP * book.slots)
    rooms = tuple(Room(f"t{table}", f"Table {table}", 10, frozenset(), (whole,)) for table in range(book.tables))
    return Problem(
        day=Day(date(2027, 4, 8), "Europe/Oslo", whole.start, whole.end, STEP),
        rooms=rooms,
        meetings=tuple(_meeting(book, number, rooms) for number in range(len(book.meetings))),
        suppliers=tuple(
            Supplier(f"s{each}", 1, online=False, free=(whole,), wishes=()) for each in range(book.participants)
        ),
        breaks_differ_by=book.differ_by,
        aims=(Aim.BREAKS,),
    )


def _meeting(book: Textbook, number: int, rooms: tuple[Room, ...]) -> Meeting:
    one, other = book.meetings[number]
    starts = [OPENS + STEP * slot for slot in book.allowed[number]]
    return Meeting(
        id=f"m{number}",
        parties=(f"s{one}", f"s{other}"),
        minutes=STEP,
        required=True,
        weight=1,
        after=tuple(f"m{earlier}" for later, earlier in book.after if later == number),
        windows=tuple(Span(start, start + STEP) for start in starts),
        rooms=tuple(room.id for room in rooms),
        start=None,
        room=None,
    )
