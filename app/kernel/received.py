"""When a request had come in whole: the moment that deadlines are held against, however long it then waits its turn."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends

from app.kernel import clock


async def _received_at() -> datetime:
    # Async, so that it does not queue for a thread. FastAPI has read a declared body before it asks for this;
    # whoever reads a form by a dependency of its own puts that dependency before this one.
    return clock.now()


ReceivedAt = Annotated[datetime, Depends(_received_at)]
