"""What feeds do when meetings have changed or a dialogue is published: show it."""

from uuid import UUID

from app.feeds import service
from app.kernel import engine
from app.kernel.db import transaction


@engine.on("meetings changed", "refresh feeds")
def refresh_feeds(dialogue_id: str) -> None:
    """Bring the feeds of a dialogue up to date; changes nothing the second time."""
    refresh(dialogue_id)


@engine.on("dialogue published", "make the first feeds")
def make_first_feeds(dialogue_id: str) -> None:
    """Make the feeds of a dialogue that has just been published: dates to note before there is a programme."""
    refresh(dialogue_id)


@engine.step("refresh feeds of a dialogue")
def refresh(dialogue_id: str) -> int:
    """Bring the feeds of a dialogue up to date in one transaction; how many have changed."""
    with transaction() as db:
        return service.refresh(db, UUID(dialogue_id))
