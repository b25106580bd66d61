"""What feeds do when meetings have changed or a dialogue is published: show it."""

from uuid import UUID

from app.feeds import service
from app.kernel import engine
from app.kernel.db import transaction


@engine.on("meetings changed", "refresh feeds")
def refresh_feeds(dialogue_id: str) -> None:
    """Bring the feeds of a dialogue up to date; changes nothing the second time."""
    _refresh_all(dialogue_id)


@engine.on("who comes when has changed", "refresh feeds of the programme")
def refresh_programmes(dialogue_id: str) -> None:
    """Bring the feeds of a dialogue up to date: what somebody comes to follows from when it comes and leaves."""
    _refresh_all(dialogue_id)


@engine.on("dialogue published", "make the first feeds")
def make_first_feeds(dialogue_id: str) -> None:
    """Make the feeds of a dialogue that has just been published: dates to note before there is a programme."""
    _refresh_all(dialogue_id)


def _refresh_all(dialogue_id: str) -> None:
    part = 0
    while refresh(dialogue_id, part):
        part += 1


@engine.step("refresh some feeds")
def refresh(dialogue_id: str, part: int) -> bool:
    """Bring some of a dialogue's feeds up to date in one transaction; false past the last of them."""
    with transaction() as db:
        return service.refresh_part(db, UUID(dialogue_id), part) is not None
