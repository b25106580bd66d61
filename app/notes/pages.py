"""What everybody sees: the list of dialogues, one dialogue with its note and dates, and the note as PDF."""

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import HTMLResponse

from app.dialogues.models import Dialogue
from app.dialogues.service import buyers_of, by_slug, published
from app.kernel import clock, pdf
from app.kernel.db import Db
from app.kernel.html import page
from app.kernel.languages import language_of
from app.kernel.settings import settings
from app.notes import service
from app.notes.document import decision_words, facts_of, parts_of, role_words
from app.notes.models import Note
from app.notes.road import road
from app.notes.sections import sections_of

router = APIRouter(include_in_schema=False)


@router.get("/")
def front(request: Request, db: Db) -> HTMLResponse:
    """The published dialogues: those one can still register for, and the others."""
    now, dialogues = clock.now(), published(db)
    open_ones = [dialogue for dialogue in reversed(dialogues) if dialogue.registration_closes_at > now]
    others = [dialogue for dialogue in dialogues if dialogue.registration_closes_at <= now]
    return page(request, "notes/front.html", open_ones=open_ones, others=others)


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
        parts=parts_of(notes[0], language) if notes else [],
        buyers=buyers,
        sections=sections_of(db, shown, language),
        stops=road(shown, now),
        days_left=(shown.registration_closes_at.astimezone(clock.OSLO).date() - now.astimezone(clock.OSLO).date()).days,
        is_open=now < shown.registration_closes_at,
        calendar="webcal:" + f"{settings().base_url}/d/{shown.slug}/program.ics".partition(":")[2],
    )


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
