"""Waiting at the desk: whoever comes while others are served is served together with all who wait, in turn.

Two hundred who book at once would otherwise each pay for a transaction of their own, one after another. One thread
serves, so that nobody who waits holds a thread or a lock.
"""

import asyncio
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor

from app.booking.schemas import Answer, Claim, Order, Served
from app.booking.signed import serve_all
from app.kernel.db import transaction
from app.kernel.refusals import Refusal

MOST_AT_ONCE = 64

_Waiting = tuple[Order | Claim, "Future[Served]"]
_waiting: deque[_Waiting] = deque()
_desk = ThreadPoolExecutor(1, thread_name_prefix="desk")


def order(wanted: Order) -> Answer:
    """What comes of an order, committed; raises as `service.answer` does, and what a transaction raises.

    Must not be called within a transaction of the caller's.
    """
    return _queued(wanted).result().answer


async def claim(wanted: Claim) -> Served:
    """The same for an order whose token tells whose it is; raises Unauthorized for an unknown one."""
    return await asyncio.wrap_future(_queued(wanted))


def _queued(wanted: Order | Claim) -> "Future[Served]":
    outcome: Future[Served] = Future()
    _waiting.append((wanted, outcome))
    _desk.submit(_serve_first)
    return outcome


def _serve_first() -> None:
    # Each who comes asks for one turn: whoever was served in another's turn leaves none behind.
    first = [_waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(_waiting)))]
    if first:
        _serve(first)


def _serve(batch: list[_Waiting]) -> None:
    try:
        with transaction(actor="supplier") as db:
            outcomes = serve_all(db, [wanted for wanted, _ in batch])
    except Exception as fault:
        if len(batch) > 1:
            # One of them may be to blame: the others must not suffer for it.
            for one in batch:
                _serve([one])
        else:
            batch[0][1].set_exception(fault)
        return
    for (_, waiting), outcome in zip(batch, outcomes, strict=True):
        if isinstance(outcome, Refusal):
            waiting.set_exception(outcome)
        else:
            waiting.set_result(outcome)
