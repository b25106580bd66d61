"""The door to a supplier's own pages: a session in a cookie, one for each dialogue that a browser is signed in to.

A page that reads a form names what reads it before `OwnSupplier`: else the transaction waits for the upload.
"""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Request, Response
from sqlalchemy.orm import Session

from app.kernel import access
from app.kernel.access import LASTS, Right
from app.kernel.db import Db, transaction
from app.kernel.refusals import SignInFirst, UnknownToken
from app.kernel.settings import settings
from app.suppliers.models import Supplier
from app.suppliers.service import by_token

COOKIE = "session"


def _own_supplier(supplier_id: str, request: Request, db: Db) -> Supplier:
    # The session is looked at first: who has none learns nothing of the id, not even whether it could be one.
    token = request.cookies.get(COOKIE)
    if token is None:
        raise SignInFirst
    try:
        supplier = by_token(db, token)
    except UnknownToken as unknown:
        raise SignInFirst from unknown
    if str(supplier.id) != supplier_id:
        raise SignInFirst
    return supplier


def _own_supplier_alone(supplier_id: str, request: Request) -> Supplier:
    with transaction(reads_only=True) as db:
        return _own_supplier(supplier_id, request, db)


OwnSupplier = Annotated[Supplier, Depends(_own_supplier, scope="function")]
# For pages with transactions of their own: whoever waits for a turn must hold no lock meanwhile.
OwnSupplierAlone = Annotated[Supplier, Depends(_own_supplier_alone, scope="function")]


def start_session(db: Session, response: Response, supplier_id: UUID) -> None:
    """Let the browser that gets this response in to the supplier's own pages, for seven days."""
    token, lasts = access.grant(db, Right.SUPPLIER, supplier_id), LASTS[Right.SUPPLIER]
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(lasts.total_seconds()),
        path=f"/s/{supplier_id}",
        secure=settings().base_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )


def end_session(db: Session, request: Request, response: Response, supplier_id: UUID) -> None:
    """End the session of this browser with this supplier; those of other browsers go on."""
    access.close(db, request.cookies.get(COOKIE, ""), Right.SUPPLIER)
    response.delete_cookie(COOKIE, path=f"/s/{supplier_id}", httponly=True, samesite="lax")
