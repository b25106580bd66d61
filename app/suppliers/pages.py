"""Registration for people: the form, what comes after it, and withdrawal."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from app.dialogues.models import Dialogue
from app.dialogues.service import by_slug
from app.dialogues.service import get as get_dialogue
from app.kernel import clock
from app.kernel.db import Db
from app.kernel.forms import Typed, typed_texts
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.received import ReceivedAt
from app.suppliers import service
from app.suppliers.door import OwnSupplier
from app.suppliers.form import RegistrationForm, typed_registration

router = APIRouter(include_in_schema=False)

Texts = Annotated[dict[str, str], Depends(typed_texts)]


@router.get("/d/{slug}/register")
def form(slug: str, request: Request, db: Db) -> Response:
    """The registration form, empty; or a page that says why there is none."""
    dialogue = by_slug(db, slug)
    if not service.is_open(dialogue, clock.now()):
        return page(request, "suppliers/closed.html", dialogue=dialogue)
    return _form(request, dialogue, Typed({"seats": "2"}))


@router.post("/d/{slug}/register")
def register(slug: str, request: Request, texts: Texts, received_at: ReceivedAt, db: Db) -> Response:
    """Take in a registration; the page that follows is the same, whatever came of it."""
    dialogue = by_slug(db, slug)
    language = language_of(request)
    typed = typed_registration(texts, language)
    if typed.value is None:
        return _form(request, dialogue, typed, HTTPStatus.UNPROCESSABLE_ENTITY)
    service.register_openly(db, dialogue, typed.value.registration(language), received_at=received_at)
    return RedirectResponse(f"/d/{slug}/registered", HTTPStatus.SEE_OTHER)


def _form(
    request: Request, dialogue: Dialogue, typed: Typed[RegistrationForm], status: HTTPStatus = HTTPStatus.OK
) -> Response:
    return page(request, "suppliers/register.html", status=status, dialogue=dialogue, typed=typed)


@router.get("/d/{slug}/registered")
def registered(slug: str, request: Request, db: Db) -> Response:
    """What to expect after registering; it tells nothing of any company."""
    return page(request, "suppliers/registered.html", dialogue=by_slug(db, slug))


@router.get("/s/{supplier_id}/withdraw")
def ask_to_withdraw(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The question whether the company is really to be withdrawn."""
    dialogue = get_dialogue(db, supplier.dialogue_id)
    return page(request, "suppliers/withdraw.html", dialogue=dialogue, supplier=supplier)


@router.post("/s/{supplier_id}/withdraw")
def withdraw(supplier: OwnSupplier, db: Db) -> Response:
    """Withdraw the company; its sessions and links open nothing from then on."""
    service.withdraw(db, supplier)
    dialogue = get_dialogue(db, supplier.dialogue_id)
    return RedirectResponse(f"/d/{dialogue.slug}/withdrawn", HTTPStatus.SEE_OTHER)


@router.get("/d/{slug}/withdrawn")
def withdrawn(slug: str, request: Request, db: Db) -> Response:
    """What has happened after a withdrawal; it tells nothing of any company."""
    return page(request, "suppliers/withdrawn.html", dialogue=by_slug(db, slug))
