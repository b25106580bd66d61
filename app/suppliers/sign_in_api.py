"""Signing in for systems: the link of a letter, used up for a token instead of a cookie."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field

from app.kernel import access, clock
from app.kernel.access import LASTS, Right
from app.kernel.db import Db
from app.kernel.refusals import Unauthorized, UnknownToken
from app.suppliers import signing

router = APIRouter(prefix="/api/v1/sessions", tags=["suppliers"])


class LinkIn(BaseModel):
    """The two parts of a sign-in link: /s/<supplier_id>/sign-in/<token>."""

    model_config = ConfigDict(extra="forbid")

    supplier_id: UUID
    token: Annotated[str, Field(max_length=100)]


class SessionOut(BaseModel):
    """A token that acts for the supplier until it expires; it is shown only now."""

    supplier_id: UUID
    token: str
    expires_at: datetime


@router.post("", status_code=HTTPStatus.CREATED)
def begin(link: LinkIn, db: Db) -> SessionOut:
    """Use up a sign-in link from a letter; the token that comes back is sent as “Authorization: Bearer …”."""
    try:
        supplier_id = signing.sign_in(db, str(link.supplier_id), link.token)
    except UnknownToken as unknown:
        raise Unauthorized("That token opens nothing.") from unknown
    expires_at = clock.now() + LASTS[Right.SUPPLIER]
    return SessionOut(
        supplier_id=supplier_id, token=access.grant(db, Right.SUPPLIER, supplier_id), expires_at=expires_at
    )
