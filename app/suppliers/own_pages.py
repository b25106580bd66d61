"""What a supplier sees and changes about its registration: on its own pages, behind its session."""

import json
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.dialogues.service import get as get_dialogue
from app.kernel import clock
from app.kernel.db import Db
from app.kernel.forms import Typed, typed_texts
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.received import ReceivedAt
from app.kernel.texts import slug_of
from app.suppliers import changing, forgetting, queries, service
from app.suppliers.door import OwnSupplier, start_session
from app.suppliers.form import ContactsForm, ParticipationForm, texts_of, typed_contacts, typed_participation
from app.suppliers.models import Supplier

router = APIRouter(prefix="/s/{supplier_id}", include_in_schema=False)

Texts = Annotated[dict[str, str], Depends(typed_texts)]


@router.get("/registration")
def registration(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """What the supplier has registered, to see and to change."""
    return _registration(request, db, supplier)


@router.post("/registration/contacts")
def change_contacts(texts: Texts, supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """Let others be written to; a new e-mail address holds when the letter to it has been answered."""
    typed = typed_contacts(texts, language_of(request))
    if typed.value is None:
        return _registration(request, db, supplier, contacts=typed)
    changed = changing.change_contacts(db, supplier, typed.value.contacts())
    answer = _back(supplier, "?changed=address" if changed.asks_new_address else "?changed=contacts")
    if changed.ended_sessions:
        start_session(db, answer, supplier.id)
    return answer


@router.post("/registration/participation")
def change_participation(
    texts: Texts, received_at: ReceivedAt, supplier: OwnSupplier, request: Request, db: Db
) -> Response:
    """Let the supplier take part in another way, until registration closes."""
    typed = typed_participation(texts, language_of(request))
    if typed.value is None:
        return _registration(request, db, supplier, participation=typed)
    asked, wishes = typed.value.participation(), typed.value.wishes()
    changing.change_participation(db, supplier, asked, wishes, received_at=received_at)
    return _back(supplier, "?changed=participation")


def _back(supplier: Supplier, how: str) -> Response:
    return RedirectResponse(f"/s/{supplier.id}/registration{how}", HTTPStatus.SEE_OTHER)


def _registration(
    request: Request,
    db: Session,
    supplier: Supplier,
    *,
    contacts: Typed[ContactsForm] | None = None,
    participation: Typed[ParticipationForm] | None = None,
) -> Response:
    dialogue, kept = get_dialogue(db, supplier.dialogue_id), texts_of(supplier)
    faulty = contacts or participation
    return page(
        request,
        "suppliers/registration.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if faulty else HTTPStatus.OK,
        dialogue=dialogue,
        supplier=supplier,
        faulty=faulty or Typed({}),
        contacts=contacts or Typed(kept),
        participation=participation or Typed(kept),
        is_open=service.is_open(dialogue, clock.now()),
        may_erase=forgetting.may_erase(dialogue, supplier),
        changed=request.query_params.get("changed", ""),
    )


@router.get("/export")
def export(supplier: OwnSupplier, db: Db) -> Response:
    """All that is stored about the supplier, as a file."""
    body = json.dumps(forgetting.everything(db, supplier), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": f'attachment; filename="{slug_of(supplier.name)}.json"'}
    return Response(body.encode(), media_type="application/json", headers=headers)


@router.get("/partners")
def partners(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """Which companies may be partners: for those who let themselves be seen, when registration has closed."""
    dialogue = get_dialogue(db, supplier.dialogue_id)
    listed = queries.partners(db, dialogue) if supplier.on_partner_list else []
    others = [one.name for one in listed if one is not supplier]
    return page(request, "suppliers/partners.html", dialogue=dialogue, supplier=supplier, others=others)


@router.get("/erase")
def ask_to_erase(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The question whether the supplier's people are really to be erased; or why they cannot be yet."""
    dialogue = get_dialogue(db, supplier.dialogue_id)
    may_erase = forgetting.may_erase(dialogue, supplier)
    return page(request, "suppliers/erase.html", dialogue=dialogue, supplier=supplier, may_erase=may_erase)


@router.post("/erase")
def erase(supplier: OwnSupplier, db: Db) -> Response:
    """Erase the supplier's people; its sessions end."""
    forgetting.erase(db, supplier)
    dialogue = get_dialogue(db, supplier.dialogue_id)
    return RedirectResponse(f"/d/{dialogue.slug}/erased", HTTPStatus.SEE_OTHER)


@router.get("/withdraw")
def ask_to_withdraw(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """The question whether the company is really to be withdrawn."""
    dialogue = get_dialogue(db, supplier.dialogue_id)
    return page(request, "suppliers/withdraw.html", dialogue=dialogue, supplier=supplier)


@router.post("/withdraw")
def withdraw(texts: Texts, supplier: OwnSupplier, db: Db) -> Response:
    """Withdraw the company; its sessions and links open nothing from then on."""
    if texts.get("erase"):
        forgetting.withdraw_and_erase(db, supplier)
    else:
        service.withdraw(db, supplier)
    dialogue = get_dialogue(db, supplier.dialogue_id)
    return RedirectResponse(f"/d/{dialogue.slug}/withdrawn", HTTPStatus.SEE_OTHER)
