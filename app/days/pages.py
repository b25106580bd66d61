"""The page where somebody who sits in panels gives a calendar, sees what was read of it, and lets it be used."""

from functools import partial
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from app.days import looking, reading
from app.days.door import own_person
from app.days.looking import given_by
from app.days.queries import find_day
from app.dialogues import service as dialogues
from app.kernel import clock, rates
from app.kernel.db import Db, transaction
from app.kernel.forms import Typed
from app.kernel.html import page
from app.kernel.languages import language_of, translate
from app.kernel.rates import Rate
from app.kernel.refusals import Conflict, Invalid

router = APIRouter(prefix="/p/{token}/busy", include_in_schema=False)
Posted = Annotated[UploadFile | None, File()]
_AS_IT_STANDS: Typed[BaseModel] = Typed({})


@router.get("")
def show(token: str, request: Request, db: Db) -> Response:
    """What was read of a person's calendar, and the form for reading it."""
    return _page(request, db, token, _AS_IT_STANDS)


@router.post("")
def read(token: str, request: Request, file: Posted = None, address: Annotated[str, Form()] = "") -> Response:
    """Read a person's calendar; the page that follows shows what was found, and nothing has been changed by it."""
    # Not by the dependency that opens a transaction for the request: a foreign server may take ten seconds.
    with transaction(reads_only=True) as db:
        person_id = own_person(db, token).id
    rates.spend(Rate.CALENDAR, str(person_id))
    given = given_by(file, address)
    try:
        looking.look(person_id, given, actor=f"person:{person_id}")
    except Invalid as refusal:
        sentence = translate(language_of(request), refusal.sentence, **refusal.values)
        place = "address" if given.address and not given.content else "file"
        typed: Typed[BaseModel] = Typed({"address": address}, None, {place: sentence})
        with transaction(reads_only=True) as db:
            return _page(request, db, token, typed)
    return RedirectResponse(f"/p/{token}/busy#read", HTTPStatus.SEE_OTHER)


@router.post("/use")
def use(
    token: str,
    request: Request,
    db: Db,
    *,
    reading_id: Annotated[UUID | None, Form(alias="reading")] = None,
    tentative_is_free: Annotated[bool, Form()] = False,
) -> Response:
    """Make what was read the free times of the person."""
    person = own_person(db, token)
    try:
        with db.begin_nested():  # a no leaves nothing behind
            reading.use(db, person, reading_id or person.id, tentative_is_free=tentative_is_free)
    except Conflict as refusal:
        sentence = translate(language_of(request), refusal.sentence, **refusal.values)
        return _page(request, db, token, Typed({}, None, {"": sentence}))
    return RedirectResponse(f"/p/{token}/busy#read", HTTPStatus.SEE_OTHER)


def _page(request: Request, db: Session, token: str, typed: Typed[BaseModel]) -> Response:
    person = own_person(db, token)
    dialogue, day = dialogues.get(db, person.dialogue_id), find_day(db, person.dialogue_id)
    return page(
        request,
        "days/busy.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if typed.errors else HTTPStatus.OK,
        token=token,
        dialogue=dialogue,
        person=person,
        day=day,
        found=reading.shown(db, person) if day else None,
        at=partial(clock.wall, dialogue.held_on),
        typed=typed,
    )
