"""The database: tables, moments and enums that are the same on SQLite and PostgreSQL, and the only commit."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from fastapi import Depends, Request
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from app.kernel.refusals import Conflict, Unavailable
from app.kernel.settings import settings


class Moment(sa.types.TypeDecorator[datetime]):
    """A moment as aware UTC on every database; SQLite alone would forget the offset."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """The moment as it is stored; raises ValueError for a naive one."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its offset")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002 the signature is SQLAlchemy's
        """The moment as it was: aware, in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(sa.types.TypeDecorator[StrEnum]):
    """An enum kept by value, as text, so that a new member needs no change of type."""

    impl = sa.String(40)
    cache_ok = True

    def __init__(self, kind: type[StrEnum]) -> None:
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: StrEnum | str | None, dialect: sa.Dialect) -> str | None:  # noqa: ARG002 the signature is SQLAlchemy's
        """The value as text."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> StrEnum | None:  # noqa: ARG002 the signature is SQLAlchemy's
        """The member that has the stored value."""
        return None if value is None else self.kind(value)


NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """The common ground of all tables."""

    metadata = sa.MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012 SQLAlchemy's own declaration
        datetime: Moment(),
        str: sa.Text(),
        dict[str, Any]: sa.JSON(none_as_null=True),
        list[Any]: sa.JSON(none_as_null=True),
        bytes: sa.LargeBinary(),
    }


class Row(Table):
    """A row with a random id of its own, which tells nothing of how many there are."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)


@cache
def engine() -> sa.Engine:
    """The engine of this process, made at first use."""
    return _sqlite(settings().database_url) if settings().database_url.startswith("sqlite") else _postgresql()


def _postgresql() -> sa.Engine:
    return sa.create_engine(settings().database_url, pool_size=20, max_overflow=20, pool_pre_ping=True, pool_timeout=20)


def _sqlite(url: str) -> sa.Engine:
    path = sa.make_url(url).database
    if path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    made = sa.create_engine(
        url, connect_args={"timeout": 30, "check_same_thread": False}, pool_size=40, max_overflow=20
    )
    sa.event.listen(made, "connect", _prepare_sqlite)
    sa.event.listen(made, "begin", _begin_sqlite)
    return made


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # We say BEGIN ourselves: the driver's own habit begins too late to keep two writers apart.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


@contextmanager
def transaction(*, actor: str = "system", reads_only: bool = False) -> Iterator[Session]:
    """A session whose changes are committed at the end, or all undone.

    `actor` is who the trail will name. Raises Conflict when another was first, Unavailable when the
    database did not answer in time.
    """
    bind = engine().execution_options(reads_only=True) if reads_only else engine()
    try:
        with Session(bind, expire_on_commit=False, info={"actor": actor}) as db:
            yield db
            db.commit()
    except IntegrityError as lost:
        if "unique" not in str(lost.orig).lower():
            raise
        raise Conflict("Somebody else was a moment earlier. Look again, and try once more.") from lost
    except (OperationalError, sa.exc.TimeoutError) as busy:
        if isinstance(busy, DBAPIError) and not _is_busy(busy):
            raise
        raise Unavailable("The database is busy. Try again in a few seconds.") from busy


def _is_busy(fault: DBAPIError) -> bool:
    words = str(fault.orig).lower()
    return fault.connection_invalidated or any(
        word in words for word in ("locked", "deadlock", "connect", "serializ", "closed")
    )


def session_of_request(request: Request) -> Iterator[Session]:
    """One request, one transaction; requests that only read take no write lock."""
    with transaction(actor="public", reads_only=request.method in {"GET", "HEAD"}) as db:
        yield db


# "function" commits before the answer leaves; FastAPI's default would commit after it. The limit lies below the number
# of worker threads (40) and of connections: else whoever holds a lock may wait for a thread that others hold while
# they wait for the lock.
Db = Annotated[Session, Depends(session_of_request, scope="function", max_concurrency=16)]
