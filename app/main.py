"""The web app, and the list of rooms."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.staticfiles import StaticFiles

from app.booking import api as booking_api
from app.booking import export as booking_export
from app.booking import jobs as booking_jobs
from app.booking import pages as booking_pages
from app.days import api as days_api
from app.days import busy_api as days_busy_api
from app.days import pages as days_pages
from app.dialogues import api as dialogues_api
from app.feeds import api as feeds_api
from app.feeds import jobs as feeds_jobs
from app.feeds import pages as feeds_pages
from app.feeds import restoring as feeds_restoring
from app.feeds import subscribing as feeds_subscribing
from app.feeds.door import FeedDoor
from app.invitations import answers_api as invitations_answers_api
from app.invitations import desk as invitations_desk
from app.invitations import desk_api as invitations_desk_api
from app.invitations import export as invitations_export
from app.invitations import jobs as invitations_jobs
from app.invitations import mail_jobs as invitations_mail_jobs
from app.invitations import pages as invitations_pages
from app.invitations import reminder_api, reminder_jobs
from app.invitations import restoring as invitations_restoring
from app.kernel import answers, engine, limits, log, origin, posting, rates
from app.meetings import api as meetings_api
from app.meetings import export as meetings_export
from app.meetings import jobs as meetings_jobs
from app.notes import api as notes_api
from app.notes import pages as notes_pages
from app.planning import api as planning_api
from app.planning import jobs as planning_jobs
from app.planning import pages as planning_pages
from app.proposals import api as proposals_api
from app.proposals import export as proposals_export
from app.proposals import pages as proposals_pages
from app.questions import api as questions_api
from app.questions import export as questions_export
from app.questions import pages as questions_pages
from app.suppliers import api as suppliers_api
from app.suppliers import jobs as suppliers_jobs
from app.suppliers import own_pages as suppliers_own_pages
from app.suppliers import pages as suppliers_pages
from app.suppliers import sign_in_api, sign_in_pages

FOR_SYSTEMS = (
    dialogues_api,
    notes_api,
    suppliers_api,
    sign_in_api,
    days_api,
    days_busy_api,
    reminder_api,
    proposals_api,
    questions_api,
    meetings_api,
    planning_api,
    invitations_desk_api,
    invitations_answers_api,
    feeds_api,
    booking_api,
)
FOR_PEOPLE = (
    notes_pages,
    suppliers_pages,
    suppliers_own_pages,
    sign_in_pages,
    proposals_pages,
    questions_pages,
    planning_pages,
    days_pages,
    invitations_desk,
    invitations_pages,
    feeds_pages,
    feeds_subscribing,
    booking_pages,
)
JOBS = (
    posting,
    suppliers_jobs,
    meetings_jobs,
    planning_jobs,
    invitations_jobs,
    reminder_jobs,
    invitations_mail_jobs,
    feeds_jobs,
    booking_jobs,
)  # known to the engine by having been loaded
EXPORTS = (
    proposals_export,
    questions_export,
    meetings_export,
    booking_export,
    invitations_export,
)  # told to a supplier that asks what is stored of it
MENDERS = (invitations_restoring, feeds_restoring)  # told when a backup has been restored
_STATIC = Path(__file__).parent / "static"


def create_app(*, runs_jobs: bool = True) -> FastAPI:
    """The web app with every room's doors; `runs_jobs` says whether this process also works off jobs."""
    app = FastAPI(
        title="Dialogdag",
        version="1",
        summary="Market dialogue for municipalities: from the dialogue note to the published outcome.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        redirect_slashes=False,  # such a redirect would lead to whatever host the request names
        dependencies=[Depends(origin.refuse_foreign_forms), Depends(rates.refuse_guessers)],
        lifespan=_with_engine if runs_jobs else None,
    )
    answers.install(app)
    for middleware in (FeedDoor, limits.BoundedBody, limits.SafeAnswers, log.RequestLog):
        app.add_middleware(middleware)
    for door in (*FOR_SYSTEMS, *FOR_PEOPLE):
        app.include_router(door.router)
    app.add_api_route("/health", health, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app


def health() -> dict[str, str]:
    """Whether the server lives."""
    return {"status": "ok"}


@asynccontextmanager
async def _with_engine(_app: FastAPI) -> AsyncIterator[None]:
    # In a thread: the engine refuses to be launched where an event loop runs.
    await run_in_threadpool(engine.launch)
    try:
        yield
    finally:
        await run_in_threadpool(engine.stop)
