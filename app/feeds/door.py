"""The quick door of feeds: calendar programs ask thousands of times an hour, mostly for what they have already.

What is kept is served by one look-up, without a session, a thread or a route; whatever else is asked falls through to
the ordinary route, which renders, refuses, counts guesses and says that the database is busy.
"""

import re
import sqlite3
from typing import NamedTuple, cast

import sqlalchemy as sa
from anyio import CapacityLimiter, to_thread
from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from app.feeds import lookup
from app.feeds.answers import Served, answer
from app.feeds.lookup import Address
from app.kernel import rates
from app.kernel.db import engine

_MOST_THREADS = 8  # that wait for a slow database here, beside those that ordinary requests wait in


class Place(NamedTuple):
    """Where a feed stands: its pattern for the log, and what it is asked for by."""

    path: str
    by: Address


_PLACES = {
    re.compile(r"/f/([A-Za-z0-9_-]{43})\.ics"): Place("/f/{token}.ics", Address.TOKEN),
    re.compile(r"/d/([a-z0-9-]{1,200})/program\.ics"): Place("/d/{slug}/program.ics", Address.SLUG),
}


class FeedDoor:
    """Middleware that serves feeds that are kept, and passes every other request on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._reader = _Reader()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is asked of a feed that is kept; else pass the request on."""
        served = await self._served(scope)
        if served is None:
            await self.app(scope, receive, send)
        else:
            await answer(Request(scope), served)(scope, receive, send)

    async def _served(self, scope: Scope) -> Served | None:
        if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            return None
        for shape, place in _PLACES.items():
            if (asked := shape.fullmatch(scope["path"])) and not _is_refused(scope, place):
                scope["route"] = place  # where the log looks for the pattern; the ordinary route puts itself there
                return await self._reader.read(place.by, asked[1])
        return None


def _is_refused(scope: Scope, place: Place) -> bool:
    return place.by is Address.TOKEN and rates.is_guesser(Request(scope))


class _Reader:
    """What reads from the database: at once where it is a file, in a thread where it may keep us waiting."""

    def __init__(self) -> None:
        self._threads = CapacityLimiter(_MOST_THREADS)
        self._kept: tuple[sa.Engine, sqlite3.Connection] | None = None

    async def read(self, by: Address, what: str) -> Served | None:
        """The feed at an address; None also when the database does not answer."""
        try:
            if engine().dialect.name == "sqlite":
                return lookup.in_file(self._connection(), by, what)
            return await to_thread.run_sync(_on_server, by, what, limiter=self._threads)
        except (sqlite3.Error, sa.exc.SQLAlchemyError):
            self._kept = None
            return None

    def _connection(self) -> sqlite3.Connection:
        # One of its own, out of the pool: the loop never waits until others have given theirs back.
        if self._kept is None or self._kept[0] is not engine():
            self._kept = (engine(), _bare_connection())
        return self._kept[1]


def _bare_connection() -> sqlite3.Connection:
    pooled = engine().raw_connection()
    made = cast("sqlite3.Connection", pooled.driver_connection)  # the dialect says so
    pooled.detach()
    # Readers wait for nobody (WAL). Where one would have to all the same, the ordinary route waits, in a thread.
    made.execute("PRAGMA busy_timeout=0")
    return made


def _on_server(by: Address, what: str) -> Served | None:
    with engine().connect() as connection:
        return lookup.on_server(connection, by, what)
