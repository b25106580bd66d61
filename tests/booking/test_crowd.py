"""Two hundred suppliers who choose their times in one moment, on a real server: nobody loses what was promised."""

import asyncio
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from app.booking import translate
from app.booking.models import Desk
from app.kernel.db import transaction
from app.meetings.models import Booking, MeetingRequest
from app.meetings.queries import session_times_of
from app.planning.queries import facts_of
from solver.files import read_problem
from solver.limits import Limits
from solver.plan import Status
from solver.problem import Aim
from solver.solve import solve
from tests.booking.crowd import SUPPLIERS, a_large_day, book_all, served

pytestmark = pytest.mark.slow
Span = tuple[float, float]


def test_two_hundred_who_book_at_once_all_get_a_time_and_none_is_given_twice(house: Path) -> None:
    """B5: and the day can still be solved for everybody, with each booking where it is."""
    dialogue_id, tokens = a_large_day()
    with served(house) as address:
        crowd = asyncio.run(book_all(address, tokens))
    with transaction(reads_only=True) as db:
        booked = {one.request_id: one for one in db.scalars(sa.select(Booking))}
        wishes = {one.id: one for one in db.scalars(sa.select(MeetingRequest))}
        desk = db.scalars(sa.select(Desk).where(Desk.dialogue_id == dialogue_id)).one()
        day = translate.day_file(facts_of(db, dialogue_id), session_times_of(db, dialogue_id))

    assert (set(crowd.statuses), len(crowd.had)) == ({200, 409}, SUPPLIERS)
    assert crowd.had == {request: booking.starts_at for request, booking in booked.items()}
    assert _overlaps(booked, wishes) == []
    assert _is_solved(day) == (Status.OPTIMAL, ())
    assert len(desk.placements) == SUPPLIERS
    (house / "crowd.txt").write_text(crowd.told())


def _overlaps(booked: dict[UUID, Booking], wishes: dict[UUID, MeetingRequest]) -> list[object]:
    """Whatever is in two meetings at once: a room, a panel, a supplier or a person."""
    taken: dict[object, list[Span]] = defaultdict(list)
    for request_id, one in booked.items():
        wish = wishes[request_id]
        for thing in (one.room_id, wish.panel_id, wish.supplier_id, *one.people):
            taken[thing].append((one.starts_at.timestamp(), one.ends_at.timestamp()))
    return [thing for thing, spans in taken.items() if any(a[1] > b[0] for a, b in pairwise(sorted(spans)))]


def _is_solved(day: bytes) -> tuple[Status, tuple[str, ...]]:
    """What a solver that knows nothing of the desk says of the day with its bookings pinned, and whom it leaves out."""
    problem = replace(read_problem(day), aims=(Aim.REACHED, Aim.PLACED))
    plan = solve(problem, Limits(60), problem_sha256="")
    return plan.status, plan.unplaced
