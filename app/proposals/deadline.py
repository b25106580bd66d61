"""Whether a proposal comes in time: received whole at the deadline itself or before, by our clock, the same for all."""

from datetime import datetime
from enum import StrEnum

from app.dialogues.models import Dialogue, LateRule, Phase
from app.kernel import clock


class Timing(StrEnum):
    """What a proposal is that comes in at some moment."""

    IN_TIME = "in_time"
    LATE = "late"
    REFUSED = "refused"


def timing(dialogue: Dialogue, at: datetime) -> Timing:
    """What a proposal is that has come in whole at this moment.

    A late one is refused, or taken until the day begins and marked, as the dialogue has told everybody beforehand.
    """
    if dialogue.phase not in {Phase.OPEN, Phase.PLANNED}:
        return Timing.REFUSED
    if at <= dialogue.proposals_due_at:
        return Timing.IN_TIME
    is_marked = dialogue.late_rule is LateRule.MARK and at < clock.wall(dialogue.held_on, 0)
    return Timing.LATE if is_marked else Timing.REFUSED
