"""Waiting at the desk: whoever comes while an order is being served is served together with all who wait, in turn.

Two hundred who book at once would otherwise each pay for a transaction of their own, one after another.
"""

import threading
from collections import defaultdict, deque
from dataclasses import dataclass, field
from uuid import UUID

from app.booking.schemas import Answer, Order
from app.booking.serving import serve
from app.kernel.db import transaction

MOST_AT_ONCE = 64


@dataclass(eq=False)
class _Waiting:
    """An order in the queue, and what came of it once it has been served."""

    order: Order
    outcome: "Answer | BaseException | None" = None


@dataclass
class _Queue:
    """Those who wait at one desk; whoever has the `turn` serves the first of them."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    waiting: deque[_Waiting] = field(default_factory=deque)

    def first(self) -> list[_Waiting]:
        """The first of those who wait, who wait no longer; others may come meanwhile."""
        return [self.waiting.popleft() for _ in range(min(MOST_AT_ONCE, len(self.waiting)))]


_queues: dict[UUID, _Queue] = defaultdict(_Queue)


def order(dialogue_id: UUID, wanted: Order) -> Answer:
    """What comes of an order, committed; raises as `service.answer` does, and what a transaction raises.

    Must not be called within a transaction of the caller's.
    """
    queue, mine = _queues[dialogue_id], _Waiting(wanted)
    queue.waiting.append(mine)
    with queue.turn:
        while mine.outcome is None:
            _serve(dialogue_id, queue.first())
    if isinstance(mine.outcome, BaseException):
        raise mine.outcome
    return mine.outcome


def _serve(dialogue_id: UUID, batch: list[_Waiting]) -> None:
    try:
        with transaction(actor="supplier") as db:
            outcomes = serve(db, dialogue_id, [one.order for one in batch])
    except Exception as fault:
        if len(batch) > 1:
            # One of them may be to blame: the others must not suffer for it.
            for one in batch:
                _serve(dialogue_id, [one])
        else:
            batch[0].outcome = fault
        return
    for one, outcome in zip(batch, outcomes, strict=True):
        one.outcome = outcome
