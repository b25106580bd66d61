"""The web app, and the list of rooms."""

import importlib
import importlib.util
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

from app.kernel import answers, engine, limits, log

ROOMS = ("dialogues", "notes", "suppliers", "days", "proposals", "meetings", "planning", "invitations", "feeds")
ROOMS_WITH_TABLES = tuple(f"app.{room}.models" for room in ROOMS)
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
        lifespan=_with_engine if runs_jobs else None,
    )
    answers.install(app)
    for middleware in (limits.BoundedBody, limits.SafeAnswers, log.RequestLog):
        app.add_middleware(middleware)
    for room in ROOMS:
        for router in _doors(room):
            app.include_router(router)
    app.add_api_route("/health", health, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    return app


def health() -> dict[str, str]:
    """Whether the server lives."""
    return {"status": "ok"}


@asynccontextmanager
async def _with_engine(_app: FastAPI) -> AsyncIterator[None]:
    engine.launch()
    try:
        yield
    finally:
        engine.stop()


def _doors(room: str) -> list[APIRouter]:
    modules = [f"app.{room}.{door}" for door in ("api", "pages", "jobs")]
    found = [importlib.import_module(name) for name in modules if importlib.util.find_spec(name)]
    return [router for module in found if (router := getattr(module, "router", None)) is not None]
