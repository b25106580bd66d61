"""How Alembic meets our tables: one engine, both databases, and only the tables that are ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import sqlalchemy as sa
from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy.sql.schema import SchemaItem

import app.main  # noqa: F401 with the rooms come their tables
from app.kernel import db


def _is_ours(
    _item: SchemaItem, name: str | None, kind: str, is_reflected: bool, _counterpart: SchemaItem | None
) -> bool:
    # The engine keeps its own tables in the same database, and migrates them itself.
    return not (kind == "table" and is_reflected and name not in db.Table.metadata.tables)


def _plain_type(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    # A migration names the database's types, so that it stands when our own classes have changed.
    if kind == "type" and isinstance(item, db.Moment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, db.EnumText):
        return "sa.String(40)"
    return False


@contextmanager
def _tables_may_be_made_anew(connection: sa.Connection) -> Iterator[None]:
    # SQLite changes a table by making it anew, which its foreign keys would forbid as soon as rows refer to it. They
    # are held against all rows at the end instead. The pragma counts only outside of a transaction.
    if connection.dialect.name != "sqlite":
        yield
        return
    bare = connection.connection.cursor()  # past SQLAlchemy, which would begin a transaction
    bare.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        bare.execute("PRAGMA foreign_keys=ON")


def _check_references(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise RuntimeError(f"Rows refer to rows that are not there: {broken[:5]}")


def _migrate() -> None:
    with db.engine().connect() as connection, _tables_may_be_made_anew(connection):
        context.configure(
            connection=connection,
            target_metadata=db.Table.metadata,
            include_object=_is_ours,
            render_as_batch=True,
            render_item=_plain_type,
            compare_type=True,
            transactional_ddl=True,  # on SQLite, too: we say BEGIN ourselves
        )
        with context.begin_transaction():
            context.run_migrations()
            _check_references(connection)
        connection.commit()


_migrate()
