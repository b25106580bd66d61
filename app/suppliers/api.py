"""Registration for systems: an open door for anybody, and the suppliers for their organiser."""

from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from app.dialogues.service import get as get_dialogue
from app.dialogues.service import readable
from app.kernel.access import Token, TokenIfAny, check_organiser
from app.kernel.db import Db
from app.kernel.rates import Rate, by_client
from app.kernel.received import ReceivedAt
from app.suppliers import entering, queries, service, waiting
from app.suppliers.models import Supplier
from app.suppliers.schemas import Noted, PlacesIn, Registration, SupplierOut

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}", tags=["suppliers"])


async def _count_strangers(request: Request, token: TokenIfAny) -> None:
    if token is None:  # an organiser may have a whole list to register
        await by_client(Rate.REGISTRATION)(request)


@router.post(
    "/registrations",
    status_code=HTTPStatus.CREATED,
    response_model=SupplierOut | Noted,
    responses={201: {"model": SupplierOut}, 202: {"model": Noted, "description": "Noted; the rest comes by letter"}},
    dependencies=[Depends(_count_strangers)],
)
def register(
    dialogue_id: UUID,
    registration: Registration,
    received_at: ReceivedAt,
    token: TokenIfAny,
    db: Db,
    response: Response,
) -> Supplier | Noted:
    """Register a company for a dialogue.

    With the organiser's token it counts at once, and the answer is the supplier, or 409 when it is registered. Without
    a token the answer is the same for every company, and all that concerns it is in a letter to its contact: the link
    there makes the registration count.
    """
    if token is not None:
        check_organiser(db, token, dialogue_id)
        return service.register(db, get_dialogue(db, dialogue_id), registration, received_at=received_at)
    entering.register_openly(db, readable(db, dialogue_id, None), registration, received_at=received_at)
    response.status_code = HTTPStatus.ACCEPTED
    return Noted(detail="The registration has been received. What comes of it is in a letter to the company's contact.")


@router.get("/suppliers", response_model=list[SupplierOut])
def suppliers(dialogue_id: UUID, token: Token, db: Db) -> list[Supplier]:
    """The suppliers that take part, by handle; for the organiser."""
    check_organiser(db, token, dialogue_id)
    return service.of_dialogue(db, dialogue_id)


@router.get("/waiting-list", response_model=list[SupplierOut])
def waiting_list(dialogue_id: UUID, token: Token, db: Db) -> list[Supplier]:
    """The suppliers that wait for a place, in the order in which they get one; for the organiser."""
    check_organiser(db, token, dialogue_id)
    return queries.waiting(db, dialogue_id)


@router.put("/places", status_code=HTTPStatus.NO_CONTENT)
def set_places(dialogue_id: UUID, asked: PlacesIn, token: Token, db: Db) -> None:
    """Say how many companies may take part, never fewer than do; for the organiser."""
    check_organiser(db, token, dialogue_id)
    waiting.set_places(db, get_dialogue(db, dialogue_id), asked.places)


@router.get("/suppliers/{supplier_id}", response_model=SupplierOut)
def supplier(dialogue_id: UUID, supplier_id: UUID, token: Token, db: Db) -> Supplier:
    """One supplier, withdrawn or not; for the organiser."""
    check_organiser(db, token, dialogue_id)
    return service.get_in(db, dialogue_id, supplier_id)


@router.delete("/suppliers/{supplier_id}", status_code=HTTPStatus.NO_CONTENT)
def withdraw(dialogue_id: UUID, supplier_id: UUID, token: Token, db: Db) -> None:
    """Withdraw a supplier on its behalf; for the organiser."""
    check_organiser(db, token, dialogue_id)
    service.withdraw(db, service.get_in(db, dialogue_id, supplier_id))
