"""What everybody sees: the list of dialogues, one dialogue with its note and dates, and the note as PDF."""

import hashlib
from enum import StrEnum
from http import HTTPStatus
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse

from app.dialogues.models import Dialogue
from app.dialogues.service import buyers_of, by_slug, published
from app.kernel import clock, downloads, pdf
from app.kernel.db import Db
from app.kernel.freshness import http_date, is_fresh
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.settings import settings
from app.notes import atom, desk, documents, service
from app.notes.document import decision_words, facts_of, parts_of, role_words
from app.notes.models import Note
from app.notes.road import road
from app.notes.sections import sections_of

router = APIRouter(include_in_schema=False)
router.include_router(desk.router)


class Shown(StrEnum):
    """Which dialogues the list shows."""

    ALL = "all"
    OPEN = "open"
    PAST = "past"


@router.get("/")
def front(request: Request, db: Db, q: str = "", show: str = Shown.ALL) -> HTMLResponse:
    """The published dialogues, or those that hold all words of `q`: those that are open for registration come first."""
    now, dialogues = clock.now(), published(db, asked=q)
    shown = Shown(show) if show in {*Shown} else Shown.ALL
    open_ones = [dialogue for dialogue in reversed(dialogues) if dialogue.registration_closes_at > now]
    others = [dialogue for dialogue in dialogues if dialogue.registration_closes_at <= now]
    return page(
        request,
        "notes/front.html",
        q=q.strip(),
        shown=shown,
        is_search=bool(q.strip()) or shown is not Shown.ALL,
        how_many_open=len(open_ones),
        open_ones=open_ones if shown is not Shown.PAST else [],
        others=others if shown is not Shown.OPEN else [],
    )


@router.api_route("/dialogues.atom", methods=["GET", "HEAD"])
def atom_feed(request: Request, db: Db) -> Response:
    """The published dialogues, for programs that follow news."""
    dialogues = published(db)
    body, changed_at = atom.feed(dialogues, settings().base_url, settings().language), atom.changed_at(dialogues)
    etag = hashlib.sha256(body).hexdigest()[:32]
    headers = {
        "ETag": f'"{etag}"',
        "Last-Modified": http_date(changed_at),
        "Cache-Control": "public, max-age=300, must-revalidate",
    }
    if is_fresh(request.headers, etag, changed_at):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if request.method == "HEAD":
        return Response(
            headers={**headers, "Content-Length": str(len(body))}, media_type=f"{atom.MEDIA_TYPE}; charset=utf-8"
        )
    return Response(body, headers=headers, media_type=f"{atom.MEDIA_TYPE}; charset=utf-8")


@router.get("/d/{slug}")
def dialogue(slug: str, request: Request, db: Db) -> HTMLResponse:
    """One dialogue: what is asked, when, by whom, and the dialogue note."""
    shown, language, now = by_slug(db, slug), language_of(request), clock.now()
    notes = service.versions(db, shown.id)
    buyers = [
        (buyer, role_words(buyer.role, language), decision_words(buyer.decision, language))
        for buyer in buyers_of(db, shown.id)
    ]
    return page(
        request,
        "notes/dialogue.html",
        dialogue=shown,
        notes=notes,
        documents=documents.published(db, shown.id),
        parts=parts_of(notes[0], language) if notes else [],
        buyers=buyers,
        sections=sections_of(db, shown, language),
        stops=road(shown, now),
        days_left=(shown.registration_closes_at.astimezone(clock.OSLO).date() - now.astimezone(clock.OSLO).date()).days,
        is_open=now < shown.registration_closes_at,
        calendar="webcal:" + f"{settings().base_url}/d/{shown.slug}/program.ics".partition(":")[2],
    )


@router.get("/d/{slug}/documents/{document_id}")
def document(slug: str, document_id: UUID, db: Db) -> Response:
    """A document beside the note, as an attachment."""
    return downloads.of_file(documents.file_of(db, by_slug(db, slug).id, document_id))


@router.get("/d/{slug}/dialognotat.pdf")
def note_as_pdf(slug: str, db: Db) -> Response:
    """The version of the note that stands, as PDF."""
    shown = by_slug(db, slug)
    return _pdf(db, shown, service.standing(db, shown.id))


@router.get("/d/{slug}/dialognotat-{version}.pdf")
def earlier_note_as_pdf(slug: str, db: Db, version: int = Path(ge=1, le=10_000)) -> Response:
    """One version of the note, as PDF."""
    shown = by_slug(db, slug)
    return _pdf(db, shown, service.version(db, shown.id, version))


def _pdf(db: Db, shown: Dialogue, note: Note) -> Response:
    facts = facts_of(shown, buyers_of(db, shown.id), note, settings().language)
    made = pdf.document("notes/note.typ", facts, made_at=note.published_at)
    name = f"dialognotat-{shown.slug}-{note.version}.pdf"
    return Response(made, media_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
