"""Pages of the plan and the day: the organiser's overview and plans, each one's own day, the public programme."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.orm import Session

from app.days.door import own_person
from app.days.service import sessions_of
from app.dialogues.models import Dialogue
from app.dialogues.service import buyers_of, by_slug
from app.dialogues.service import get as get_dialogue
from app.invitations import answered
from app.invitations.preview import lines_of
from app.kernel import clock, downloads
from app.kernel.access import Right, opened_by
from app.kernel.db import Db
from app.kernel.html import page, render
from app.kernel.languages import language_of
from app.kernel.refusals import Conflict, NotFound, Refusal
from app.kernel.settings import Language, settings
from app.kernel.sheets import MEDIA_TYPE
from app.meetings.queries import appointments
from app.notes import sections
from app.notes.document import decision_words, role_words
from app.notes.road import road
from app.planning import own_day, queries, service, supplier_list, words
from app.planning.models import PlanRun, RunState
from app.planning.overview import overview, step_of
from app.planning.picture import as_answer
from app.planning.shown import PlanShown
from app.suppliers.door import OwnSupplier
from solver.files import read_problem

router = APIRouter(include_in_schema=False)


def _own_dialogue(token: str, db: Db) -> Dialogue:
    dialogue_id = opened_by(db, token, Right.ORGANISER).about
    db.info["actor"] = "organiser"
    return get_dialogue(db, dialogue_id)


Own = Annotated[Dialogue, Depends(_own_dialogue, scope="function")]


def _own_plan(plan_id: UUID, dialogue: Own, db: Db) -> PlanRun:
    return service.run_in(db, dialogue.id, plan_id)


OwnPlan = Annotated[PlanRun, Depends(_own_plan, scope="function")]


@router.get("/o/{token}")
def read_overview(token: str, dialogue: Own, request: Request, db: Db) -> Response:
    """Where the dialogue stands, and what its organiser does next."""
    return _overview(token, dialogue, request, db)


@router.post("/o/{token}/plans")
def ask_for_plan(token: str, dialogue: Own, request: Request, db: Db) -> Response:
    """Ask for a plan; the page that follows tells how far it has come."""
    try:
        with db.begin_nested():  # a no leaves nothing behind
            run = service.request_plan(db, dialogue)
    except (Conflict, NotFound) as refusal:
        return _overview(token, dialogue, request, db, refusal)
    return RedirectResponse(f"/o/{token}/plans/{run.id}", HTTPStatus.SEE_OTHER)


def _overview(
    token: str, dialogue: Dialogue, request: Request, db: Session, refusal: Refusal | None = None
) -> Response:
    language = language_of(request)
    return page(
        request,
        "planning/overview.html",
        status=refusal.status if refusal else HTTPStatus.OK,
        token=token,
        dialogue=dialogue,
        refusal=refusal,
        overview=(shown := overview(db, dialogue)),
        run=shown.run,
        stops=road(dialogue, clock.now()),
        buyers=[
            (buyer, role_words(buyer.role, language), decision_words(buyer.decision, language), people)
            for buyer, people in shown.buyers
        ],
    )


@router.get("/o/{token}/suppliers.csv")
def suppliers_file(dialogue: Own, request: Request, db: Db) -> Response:
    """The suppliers as a table, in the language of the one who reads it."""
    content = supplier_list.as_csv(overview(db, dialogue).suppliers, language_of(request))
    return downloads.of_bytes(content, supplier_list.NAME, MEDIA_TYPE)


@router.get("/o/{token}/plans/{plan_id}")
def read_plan(token: str, dialogue: Own, plan: OwnPlan, request: Request, db: Db) -> Response:
    """How far a plan has come, and all of it once it is made."""
    return _plan(token, dialogue, plan, request, db)


def _plan(
    token: str, dialogue: Dialogue, run: PlanRun, request: Request, db: Session, refusal: Refusal | None = None
) -> Response:
    language = language_of(request)
    shown = _shown(db, run) if run.state in {RunState.READY, RunState.PUBLISHED} else None
    # Without progress there is nothing to tell of; and a day that grew too large meanwhile could not be read.
    problem = read_problem(run.problem.encode()) if run.problem and run.progress else None
    return page(
        request,
        "planning/plan.html",
        status=refusal.status if refusal else HTTPStatus.OK,
        token=token,
        dialogue=dialogue,
        refusal=refusal,
        run=run,
        step=step_of(dialogue, run, wished=1),
        progress=words.progress_of(run.progress, problem, language),
        shown=shown,
        aims=words.aims_of(shown.problem, shown.plan, language) if shown else [],
    )


def _shown(db: Session, run: PlanRun) -> PlanShown:
    problem, plan = service.files_of(run)
    return PlanShown(problem, plan, queries.facts_of(db, run.dialogue_id))


@router.get("/o/{token}/plans/{plan_id}/picture.svg")
def picture(plan: OwnPlan, request: Request, db: Db) -> Response:
    """The plan as a picture, in the language of the one who looks."""
    return as_answer(service.picture(db, plan, language_of(request)))


@router.get("/o/{token}/plans/{plan_id}/day.json")
def day_file(plan: OwnPlan) -> Response:
    """The day file that the plan was made from, to keep."""
    return _file(service.day_file(plan), "day.json")


@router.get("/o/{token}/plans/{plan_id}/plan.json")
def plan_file(plan: OwnPlan) -> Response:
    """The plan file, to keep."""
    return _file(service.plan_file(plan), "plan.json")


def _file(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type="application/json", headers=headers)


@router.get("/o/{token}/plans/{plan_id}/publish")
def look_before_publishing(token: str, dialogue: Own, plan: OwnPlan, request: Request, db: Db) -> Response:
    """Who will be told when the plan is published."""
    if plan.state is not RunState.READY or not service.is_current(dialogue, plan):
        return RedirectResponse(f"/o/{token}/plans/{plan.id}", HTTPStatus.SEE_OTHER)
    return page(
        request,
        "planning/publish.html",
        token=token,
        dialogue=dialogue,
        run=plan,
        refusal=None,
        shown=_shown(db, plan),
        letters=lines_of(service.letters_of(db, plan), language_of(request)),
    )


@router.post("/o/{token}/plans/{plan_id}/publish")
def publish(token: str, dialogue: Own, plan: OwnPlan, request: Request, db: Db) -> Response:
    """Make the plan the meetings of the day; those concerned are told by letter."""
    try:
        with db.begin_nested():
            service.publish(db, plan)
    except Conflict as refusal:
        return _plan(token, dialogue, plan, request, db, refusal)
    return RedirectResponse(f"/o/{token}", HTTPStatus.SEE_OTHER)


@router.get("/s/{supplier_id}/meeting")
def suppliers_day(supplier: OwnSupplier, request: Request, db: Db) -> Response:
    """When and where a supplier meets whom, and the rest of its day; nothing of other suppliers."""
    dialogue, language = get_dialogue(db, supplier.dialogue_id), language_of(request)
    entries = own_day.of_supplier(appointments(db, dialogue.id), supplier)
    meetings = own_day.meetings_in(entries)
    return page(
        request,
        "planning/meeting.html",
        dialogue=dialogue,
        supplier=supplier,
        entries=entries,
        meetings=[(one, words.day_and_hours(one.starts_at, one.ends_at, language)) for one in meetings],
        waits=sum(entry.minutes for entry in entries if entry.appointment is None),
        municipality={buyer.id: buyer.name for buyer in buyers_of(db, dialogue.id)},
        answers=answered.of_supplier(db, supplier),
    )


@router.get("/p/{token}")
def persons_day(token: str, request: Request, db: Db) -> Response:
    """The day of somebody who sits in panels."""
    person = own_person(db, token)
    dialogue, language = get_dialogue(db, person.dialogue_id), language_of(request)
    entries = own_day.of_person(appointments(db, dialogue.id), person)
    return page(
        request,
        "planning/person.html",
        token=token,
        dialogue=dialogue,
        person=person,
        entries=entries,
        meetings=own_day.meetings_in(entries),
        day=words.day_of(clock.wall(dialogue.held_on, 12 * 60), language),
        municipality={buyer.id: buyer.name for buyer in buyers_of(db, dialogue.id)},
        answers=answered.of_person(db, person),
    )


@router.get("/d/{slug}/program")
def programme(slug: str, request: Request, db: Db) -> Response:
    """The parts of the day that are for many at once, for everybody to see."""
    dialogue = by_slug(db, slug)
    feed = f"{settings().base_url}/d/{dialogue.slug}/program.ics"
    return page(
        request,
        "planning/program.html",
        dialogue=dialogue,
        items=_items(db, dialogue),
        feed=feed,
        calendar="webcal:" + feed.partition(":")[2],
    )


def _items(db: Session, dialogue: Dialogue) -> list[own_day.Item]:
    return own_day.programme(sessions_of(db, dialogue.id), appointments(db, dialogue.id), dialogue.held_on)


def _section(db: Session, dialogue: Dialogue, language: Language) -> str:
    return render("planning/programme_section.html", language, dialogue=dialogue, items=_items(db, dialogue))


sections.show("programme", "Programme", _section, place=1)
