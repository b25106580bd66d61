"""Enhetsregisteret: what the register of companies says of a number. Its answers are input like any other.

A company that has been deleted is answered with 200 and a sparse body; 410 is for what was taken out of open data
for reasons of law; 404 is for numbers that are nobody's, or a branch's, which stands in a list of its own.
"""

import json
import time
from datetime import date
from http import HTTPStatus
from typing import Any

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from app.kernel.settings import settings
from app.kernel.texts import Line
from app.suppliers.models import RegisterState

MOST_BYTES = 200_000
_ACCEPT = {
    "enheter": "application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8",
    "underenheter": "application/vnd.brreg.enhetsregisteret.underenhet.v2+json;charset=UTF-8",
}
_LINE: TypeAdapter[str] = TypeAdapter(Line)


class Entry(BaseModel):
    """What the register says; `since` is the day of a bankruptcy or a deletion."""

    state: RegisterState
    name: str | None = None
    form: str | None = None
    since: date | None = None


class NoAnswer(Exception):
    """The register gave no answer that can be used; another time it may."""


def look_up(number: str, *, seconds: float) -> Entry:
    """What the register says of a Norwegian number, within about so many seconds; raises NoAnswer."""
    base = settings().enhetsregisteret_url
    if not base:
        raise NoAnswer("no register is set")
    ends = time.monotonic() + seconds
    try:
        with httpx.Client() as client:
            return _of_company(client, base, number, ends) or _of_branch(client, base, number, ends)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, RecursionError) as fault:
        raise NoAnswer(type(fault).__name__) from fault


def _of_company(client: httpx.Client, base: str, number: str, ends: float) -> Entry | None:
    status, told = _get(client, f"{base}/enheter/{number}", number, ends)
    if status is HTTPStatus.NOT_FOUND:
        return None
    return Entry(state=RegisterState.REMOVED) if status is HTTPStatus.GONE else _entry(told)


def _of_branch(client: httpx.Client, base: str, number: str, ends: float) -> Entry:
    status, told = _get(client, f"{base}/underenheter/{number}", number, ends)
    if status is HTTPStatus.GONE:
        return Entry(state=RegisterState.REMOVED)
    if status is HTTPStatus.NOT_FOUND:
        return Entry(state=RegisterState.UNKNOWN)
    branch, above = _entry(told), str(told.get("overordnetEnhet", ""))
    if branch.state is not RegisterState.ACTIVE or not (above.isascii() and above.isdigit() and len(above) == 9):
        return branch
    company = _of_company(client, base, above, ends)
    return branch if company is None else branch.model_copy(update={"state": company.state, "since": company.since})


def _get(client: httpx.Client, url: str, number: str, ends: float) -> tuple[HTTPStatus, dict[str, Any]]:
    accept, left = _ACCEPT[url.rsplit("/", 2)[1]], ends - time.monotonic()
    if left <= 0:
        raise ValueError("too slow")
    with client.stream("GET", url, headers={"Accept": accept}, timeout=left) as answer:
        if answer.status_code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            return HTTPStatus(answer.status_code), {}
        if answer.status_code != HTTPStatus.OK:
            raise ValueError("not an answer")
        told = json.loads(_bounded(answer, ends))
    if not isinstance(told, dict) or told.get("organisasjonsnummer") != number:
        raise ValueError("an answer to another question")
    return HTTPStatus.OK, told


def _bounded(answer: httpx.Response, ends: float) -> bytes:
    taken = b""
    # A server may send one byte a second for ever, or more than memory holds.
    for piece in answer.iter_bytes(16_384):
        taken += piece
        if len(taken) > MOST_BYTES or time.monotonic() > ends:
            raise ValueError("too much, or too slow")
    return taken


def _entry(told: dict[str, Any]) -> Entry:
    form = told.get("organisasjonsform")
    name, code = _line(told.get("navn")), _line(form.get("kode")) if isinstance(form, dict) else None
    state, since = _state(told)
    return Entry(state=state, name=name, form=code, since=since)


def _state(told: dict[str, Any]) -> tuple[RegisterState, date | None]:
    ended = told.get("slettedato") or told.get("nedleggelsesdato")
    if told.get("respons_klasse") == "SlettetEnhet" or ended:
        return RegisterState.DELETED, _day(ended)
    if told.get("konkurs") is True:
        return RegisterState.BANKRUPT, _day(told.get("konkursdato"))
    if told.get("underAvvikling") is True or told.get("underTvangsavviklingEllerTvangsopplosning") is True:
        return RegisterState.WINDING_UP, None
    return RegisterState.ACTIVE, None


def _line(value: object) -> str | None:
    try:
        return _LINE.validate_python(value)
    except ValidationError:
        return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
