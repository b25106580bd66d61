"""Plans over the API, for the organiser's systems."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from app.dialogues.models import Dialogue
from app.dialogues.service import get as get_dialogue
from app.invitations.schemas import LetterDue
from app.kernel import downloads
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db
from app.kernel.languages import language_of_system
from app.kernel.sheets import MEDIA_TYPE
from app.planning import service, supplier_list
from app.planning.models import PlanRun
from app.planning.overview import overview
from app.planning.picture import as_answer
from app.planning.schemas import PlanIn, PlanOut

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}", tags=["plans"])


def _own_dialogue(dialogue_id: UUID, token: Token, db: Db) -> Dialogue:
    check_organiser(db, token, dialogue_id)
    return get_dialogue(db, dialogue_id)


Own = Annotated[Dialogue, Depends(_own_dialogue, scope="function")]


def _own_plan(plan_id: UUID, dialogue: Own, db: Db) -> PlanRun:
    return service.run_in(db, dialogue.id, plan_id)


OwnPlan = Annotated[PlanRun, Depends(_own_plan, scope="function")]


@router.get("/suppliers.csv", response_class=Response)
def read_suppliers_file(dialogue: Own, request: Request, db: Db) -> Response:
    """The suppliers as a table for spreadsheets, in the language of `Accept-Language`."""
    content = supplier_list.as_csv(overview(db, dialogue).suppliers, language_of_system(request))
    return downloads.of_bytes(content, supplier_list.NAME, MEDIA_TYPE)


@router.post("/plans", status_code=HTTPStatus.ACCEPTED, response_model=PlanOut)
def ask_for_plan(dialogue: Own, answer: Response, db: Db, wanted: PlanIn | None = None) -> PlanRun:
    """Ask for a plan of the day; follow it at the address in `Location`."""
    run = service.request_plan(db, dialogue, seed=(wanted or PlanIn()).seed)
    answer.headers["Location"] = f"/api/v1/dialogues/{dialogue.id}/plans/{run.id}"
    return run


@router.get("/plans", response_model=list[PlanOut])
def read_plans(dialogue: Own, db: Db) -> list[PlanRun]:
    """The plans that have been asked for, the latest first."""
    return service.runs_of(db, dialogue.id)


@router.get("/plans/{plan_id}", response_model=PlanOut)
def read_plan(plan: OwnPlan) -> PlanRun:
    """How far a plan has come."""
    return plan


@router.get("/plans/{plan_id}/day.json", response_class=Response)
def read_day_file(plan: OwnPlan) -> Response:
    """The day file that the plan was made from, as it was given to the solver."""
    return Response(service.day_file(plan), media_type="application/json")


@router.get("/plans/{plan_id}/plan.json", response_class=Response)
def read_plan_file(plan: OwnPlan) -> Response:
    """The plan file, with its aims, their proofs and the fingerprint of the day file."""
    return Response(service.plan_file(plan), media_type="application/json")


@router.get("/plans/{plan_id}/picture.svg", response_class=Response)
def read_picture(plan: OwnPlan, db: Db) -> Response:
    """The plan as a picture."""
    return as_answer(service.picture(db, plan))


@router.get("/plans/{plan_id}/letters")
def read_letters(plan: OwnPlan, db: Db) -> list[LetterDue]:
    """The letters that publishing the plan would send, as things stand; nothing is sent."""
    return [LetterDue.of(one.change) for one in service.letters_of(db, plan)]


@router.post("/plans/{plan_id}/publish", response_model=PlanOut)
def publish(plan: OwnPlan, db: Db) -> PlanRun:
    """Make the plan the meetings of the day; 409 when something has changed since it was made."""
    service.publish(db, plan)
    return plan
