"""Orders of many suppliers and dialogues, served in one transaction; whose they are is looked up for all together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.booking.queries import requests_by_id
from app.booking.schemas import Answer, Claim, Order, Served
from app.booking.serving import serve
from app.days.models import Panel
from app.kernel.access import Right, opened_by_each
from app.kernel.rates import Rate, spend
from app.kernel.refusals import NotFound, Refusal, TooMany, Unauthorized, UnknownToken
from app.meetings.models import MeetingRequest


def serve_all(db: Session, wanted: Sequence[Order | Claim]) -> list[Served | Refusal]:
    """What comes of each order, in the order in which they came; those of one dialogue are served in turn."""
    requests = requests_by_id(db, {one.request_id for one in wanted})
    owners = opened_by_each(db, [one.token for one in wanted if isinstance(one, Claim)], Right.SUPPLIER)
    orders = [_order(one, owners, requests) for one in wanted]
    outcomes: list[Served | Refusal | None] = [one if isinstance(one, Refusal) else None for one in orders]
    panels = _panels(db, requests.values())
    # In one order for everybody: two processes that serve the same dialogues never wait for each other in a ring.
    for dialogue_id, places in sorted(_by_dialogue(orders, requests).items()):
        given = serve(db, dialogue_id, [order for place in places if isinstance(order := orders[place], Order)])
        for place, answer in zip(places, given, strict=True):
            outcomes[place] = _told(answer, requests[wanted[place].request_id], panels)
    return [outcome for outcome in outcomes if outcome is not None]


def _told(answer: Answer | Refusal, request: MeetingRequest, panels: dict[UUID, str]) -> Served | Refusal:
    return answer if isinstance(answer, Refusal) else Served(answer, panels[request.panel_id], request.minutes)


def _order(wanted: Order | Claim, owners: dict[str, UUID], requests: dict[UUID, MeetingRequest]) -> Order | Refusal:
    supplier_id = wanted.supplier_id if isinstance(wanted, Order) else owners.get(wanted.token)
    if supplier_id is None:
        no = Unauthorized("That token opens nothing.")
        no.__cause__ = UnknownToken()  # by which whoever guesses is counted
        return no
    request = requests.get(wanted.request_id)
    if request is None or request.supplier_id != supplier_id:
        return NotFound("There is no such meeting.")
    if isinstance(wanted, Order):
        return wanted
    try:
        spend(Rate.BOOKING, str(supplier_id))
    except TooMany as refusal:
        return refusal
    return Order(supplier_id, wanted.request_id, wanted.starts_at, wanted.received_at, wanted.key)


def _by_dialogue(orders: Sequence[Order | Refusal], requests: dict[UUID, MeetingRequest]) -> dict[UUID, list[int]]:
    places: dict[UUID, list[int]] = defaultdict(list)
    for place, order in enumerate(orders):
        if isinstance(order, Order):
            places[requests[order.request_id].dialogue_id].append(place)
    return places


def _panels(db: Session, requests: Iterable[MeetingRequest]) -> dict[UUID, str]:
    asked = sa.select(Panel.id, Panel.name).where(Panel.id.in_({one.panel_id for one in requests}))
    return dict(db.execute(asked).all())
