"""What crosses the doors of planning."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from app.planning.models import RunState


class PlanIn(BaseModel):
    """A plan that is asked for; `seed` decides between equals, and the same seed on the same facts decides the same."""

    model_config = ConfigDict(extra="forbid")

    seed: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] = 1


class PlanOut(BaseModel):
    """How far a plan has come; `progress` is the solver's latest word on it."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    state: RunState
    seed: int
    progress: dict[str, Any]
    fault: str | None
    requested_at: datetime
    finished_at: datetime | None
    published_at: datetime | None
