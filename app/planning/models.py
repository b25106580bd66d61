"""Tables of planning: each run with its day file and its plan file, for an auditor to run again."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.kernel import clock
from app.kernel.db import EnumText, Row


class RunState(StrEnum):
    """How far a plan run has come."""

    WAITING = "waiting"
    SOLVING = "solving"
    READY = "ready"
    OUTDATED = "outdated"
    INFEASIBLE = "infeasible"
    FAILED = "failed"
    PUBLISHED = "published"


class PlanRun(Row):
    """One run of the solver on the facts of `facts_version`; `problem` and `plan` are the two files, as text."""

    __tablename__ = "plan_runs"

    dialogue_id: Mapped[UUID] = mapped_column(ForeignKey("dialogues.id"), index=True)
    state: Mapped[RunState] = mapped_column(EnumText(RunState), default=RunState.WAITING)
    seed: Mapped[int]
    facts_version: Mapped[int | None]
    progress: Mapped[dict[str, Any]] = mapped_column(default=dict)
    problem: Mapped[str | None]
    plan: Mapped[str | None]
    fault: Mapped[str | None]
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    finished_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
