"""The dates of a dialogue as a road: what is behind, where one stands, what is ahead."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.dialogues.models import Dialogue
from app.kernel import clock

_A_DAY = 24 * 60


class Stage(StrEnum):
    """What happens at a stop."""

    ANNOUNCED = "announced"
    REGISTRATION = "registration"
    PROPOSALS = "proposals"
    TIMES = "times"
    DAY = "day"
    SUMMARY = "summary"


class State(StrEnum):
    """Where a stop lies, seen from the present."""

    DONE = "done"
    NOW = "now"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop: `when` is a moment, or a whole day."""

    stage: Stage
    when: datetime | date
    state: State


def road(dialogue: Dialogue, now: datetime) -> list[Stop]:
    """The stops in their order; the first that is not over is the present one."""
    stages: list[tuple[Stage, datetime | date]] = [
        (Stage.ANNOUNCED, dialogue.announced_at),
        (Stage.REGISTRATION, dialogue.registration_closes_at),
        (Stage.PROPOSALS, dialogue.proposals_due_at),
        (Stage.TIMES, dialogue.plan_told_at),
        (Stage.DAY, dialogue.held_on),
        (Stage.SUMMARY, dialogue.summary_due_on),
    ]
    behind = sum(_over(when) <= now for _, when in stages)
    states = [State.DONE] * behind + [State.NOW] + [State.NEXT] * len(stages)
    return [Stop(stage, when, state) for (stage, when), state in zip(stages, states, strict=False)]


def _over(when: datetime | date) -> datetime:
    return when if isinstance(when, datetime) else clock.wall(when, _A_DAY)
