"""The day over the API, for the organiser's systems."""

from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.days import service
from app.days.models import Day, Panel, Person, Room, Session
from app.days.schemas import (
    DayIn,
    DayOut,
    PanelIn,
    PanelOut,
    PersonIn,
    PersonOut,
    RoomIn,
    RoomOut,
    SessionIn,
    SessionOut,
)
from app.dialogues import service as dialogues
from app.dialogues.models import Dialogue
from app.kernel.access import Token, check_organiser
from app.kernel.db import Db

router = APIRouter(prefix="/api/v1/dialogues/{dialogue_id}", tags=["day"])


def _own_dialogue(dialogue_id: UUID, token: Token, db: Db) -> Dialogue:
    check_organiser(db, token, dialogue_id)
    return dialogues.get(db, dialogue_id)


Own = Annotated[Dialogue, Depends(_own_dialogue, scope="function")]


@router.put("/day", response_model=DayOut)
def set_day(frame: DayIn, dialogue: Own, db: Db) -> Day:
    """Set the hours of the day, its grid, and how long a meeting is."""
    return service.set_day(db, dialogue, frame)


@router.get("/day", response_model=DayOut)
def read_day(dialogue: Own, db: Db) -> Day:
    """The hours of the day."""
    return service.day_of(db, dialogue.id)


@router.post("/rooms", status_code=HTTPStatus.CREATED, response_model=RoomOut)
def add_room(room: RoomIn, dialogue: Own, db: Db) -> Room:
    """Add a room."""
    return service.add_room(db, dialogue, room)


@router.get("/rooms", response_model=list[RoomOut])
def read_rooms(dialogue: Own, db: Db) -> list[Room]:
    """The rooms, by handle."""
    return service.rooms_of(db, dialogue.id)


@router.post("/people", status_code=HTTPStatus.CREATED, response_model=PersonOut)
def add_person(person: PersonIn, dialogue: Own, db: Db) -> Person:
    """Add somebody who may sit in panels."""
    return service.add_person(db, dialogue, person)


@router.get("/people", response_model=list[PersonOut])
def read_people(dialogue: Own, db: Db) -> list[Person]:
    """The people, by handle."""
    return service.people_of(db, dialogue.id)


@router.post("/panels", status_code=HTTPStatus.CREATED, response_model=PanelOut)
def add_panel(panel: PanelIn, dialogue: Own, db: Db) -> Panel:
    """Add a panel of people already added."""
    return service.add_panel(db, dialogue, panel)


@router.get("/panels", response_model=list[PanelOut])
def read_panels(dialogue: Own, db: Db) -> list[Panel]:
    """The panels with their members, by handle."""
    return service.panels_of(db, dialogue.id)


@router.post("/sessions", status_code=HTTPStatus.CREATED, response_model=SessionOut)
def add_session(session: SessionIn, dialogue: Own, db: Db) -> Session:
    """Add a part of the programme."""
    return service.add_session(db, dialogue, session)


@router.get("/sessions", response_model=list[SessionOut])
def read_sessions(dialogue: Own, db: Db) -> list[Session]:
    """The programme, by handle."""
    return service.sessions_of(db, dialogue.id)
