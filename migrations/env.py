"""How Alembic meets our tables: one engine, both databases, and only the tables that are ours."""

from typing import Literal

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


def _migrate() -> None:
    with db.engine().connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.Table.metadata,
            include_object=_is_ours,
            render_as_batch=True,
            render_item=_plain_type,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


_migrate()
