"""Signing in and out: an address is typed, a letter comes, its link is used by a button, and a session begins."""

from dataclasses import replace
from http import HTTPStatus
from typing import Annotated

import structlog
from fastapi import APIRouter, BackgroundTasks, Depends, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel

from app.dialogues.service import get as get_dialogue
from app.kernel.db import Db, transaction
from app.kernel.forms import Typed, check, typed_texts
from app.kernel.html import page
from app.kernel.languages import language_of, translate
from app.kernel.rates import Rate, by_client, note_wrong_token
from app.kernel.refusals import Refusal, UnknownToken
from app.kernel.texts import EmailAddress
from app.suppliers import signing
from app.suppliers.door import OwnSupplier, end_session, start_session
from app.suppliers.sign_in_letter import MINUTES

router = APIRouter(include_in_schema=False)
log = structlog.get_logger()


class SignInForm(BaseModel):
    """Who wants to sign in."""

    email: EmailAddress


@router.get("/sign-in")
def form(request: Request) -> Response:
    """Where one asks for a link."""
    return page(request, "suppliers/sign_in.html", typed=Typed({}), minutes=MINUTES)


@router.post("/sign-in", dependencies=[Depends(by_client(Rate.SIGN_IN))])
def ask(
    request: Request, texts: Annotated[dict[str, str], Depends(typed_texts)], afterwards: BackgroundTasks
) -> Response:
    """Say that a letter is on its way if the address is known; whether it is, nobody is told here."""
    typed = check(SignInForm, texts, language_of(request))
    if typed.value is None:
        asks = translate(language_of(request), "Write an e-mail address such as name@example.no.")
        typed = replace(typed, errors={"email": asks})
        return page(request, "suppliers/sign_in.html", status=422, typed=typed, minutes=MINUTES)
    # The letter is written when the answer has left, which therefore takes as long for one address as for another.
    afterwards.add_task(_write, typed.value.email)
    return RedirectResponse("/sign-in/sent", HTTPStatus.SEE_OTHER, background=afterwards)


def _write(address: str) -> None:
    try:
        with transaction() as db:
            signing.write_to(db, address)
    except Refusal as refusal:
        log.warning("a sign-in letter was not written", because=refusal.sentence)


@router.get("/sign-in/sent")
def sent(request: Request) -> Response:
    """What to expect after asking; the same for every address."""
    return page(request, "suppliers/sign_in_sent.html", minutes=MINUTES)


@router.get("/s/{supplier_id}/sign-in/{token}")
def look(supplier_id: str, token: str, request: Request, db: Db) -> Response:
    """The button that signs in: programs that fetch every link in a letter press none."""
    try:
        supplier = signing.signs_in_as(db, supplier_id, token)
    except UnknownToken:
        return _ended(request)
    dialogue = get_dialogue(db, supplier.dialogue_id)
    return page(request, "suppliers/sign_in_as.html", name=supplier.name, dialogue=dialogue)


@router.post("/s/{supplier_id}/sign-in/{token}")
def sign_in(supplier_id: str, token: str, request: Request, db: Db) -> Response:
    """Use the link up, begin a session and go on to the supplier's own page."""
    try:
        signed_in = signing.sign_in(db, supplier_id, token)
    except UnknownToken:
        return _ended(request)
    answer = RedirectResponse(f"/s/{signed_in}", HTTPStatus.SEE_OTHER)
    start_session(db, answer, signed_in)
    return answer


def _ended(request: Request) -> Response:
    note_wrong_token(request)
    return page(request, "suppliers/sign_in_ended.html", status=HTTPStatus.NOT_FOUND, minutes=MINUTES)


@router.post("/s/{supplier_id}/sign-out")
def sign_out(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """End this session; those in other browsers go on."""
    answer = RedirectResponse("/signed-out", HTTPStatus.SEE_OTHER)
    end_session(db, request, answer, supplier.id)
    return answer


@router.get("/signed-out")
def signed_out(request: Request) -> Response:
    """What has happened after signing out."""
    return page(request, "suppliers/signed_out.html")
