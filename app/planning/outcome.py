"""What came of a solve."""

from typing import TypedDict

from app.planning.models import RunState


class Outcome(TypedDict):
    """How a solve ended: with the plan file when it is ready, with what was wrong when it failed.

    Plain values, since the engine keeps it between two steps, which may be run by two versions of this code.
    """

    state: str
    plan: str | None
    fault: str | None


def ready(plan: str) -> Outcome:
    """The outcome of a solve that found a plan."""
    return {"state": RunState.READY.value, "plan": plan, "fault": None}


def infeasible() -> Outcome:
    """The outcome of a solve that proved that no plan keeps every rule."""
    return {"state": RunState.INFEASIBLE.value, "plan": None, "fault": None}


def failed(fault: str) -> Outcome:
    """The outcome of a solve that came to nothing."""
    return {"state": RunState.FAILED.value, "plan": None, "fault": fault}
