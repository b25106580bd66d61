"""Reads of the day, each sorted by handle, so that the order in which things were entered never matters."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from app.days.models import Day, Panel, PanelMember, Person, Room
from app.days.models import Session as DaySession


def find_day(db: Session, dialogue_id: UUID) -> Day | None:
    """The frame of the dialogue's day; None until it has been set."""
    return db.scalars(sa.select(Day).where(Day.dialogue_id == dialogue_id)).one_or_none()


def rooms_of(db: Session, dialogue_id: UUID) -> list[Room]:
    """The rooms of the day."""
    return list(db.scalars(sa.select(Room).where(Room.dialogue_id == dialogue_id).order_by(Room.handle)))


def people_of(db: Session, dialogue_id: UUID) -> list[Person]:
    """The people who may sit in panels."""
    return list(db.scalars(sa.select(Person).where(Person.dialogue_id == dialogue_id).order_by(Person.handle)))


def panels_of(db: Session, dialogue_id: UUID) -> list[Panel]:
    """The panels, with their members."""
    mine = sa.select(Panel).where(Panel.dialogue_id == dialogue_id).order_by(Panel.handle)
    return list(db.scalars(mine.options(selectinload(Panel.members))))


def sessions_of(db: Session, dialogue_id: UUID) -> list[DaySession]:
    """The parts of the programme."""
    mine = sa.select(DaySession).where(DaySession.dialogue_id == dialogue_id)
    return list(db.scalars(mine.order_by(DaySession.handle)))


def members_of(db: Session, panel_id: UUID) -> list[Person]:
    """The members of one panel."""
    mine = sa.select(Person).join(PanelMember, PanelMember.person_id == Person.id)
    return list(db.scalars(mine.where(PanelMember.panel_id == panel_id).order_by(Person.handle)))
