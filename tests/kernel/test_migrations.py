"""The tables' history goes up, down and up again, and ends where the models are."""

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.orm import Session

from app.kernel import db, schema
from app.kernel.trail import TrailHead


def _tables() -> set[str]:
    return set(sa.inspect(db.engine()).get_table_names()) & {*db.Table.metadata.tables}


def test_migrations_go_up_down_and_up_again(house: object) -> None:
    everything = _tables()

    command.downgrade(schema.config(), "base")
    emptied = _tables()
    command.upgrade(schema.config(), "head")

    assert (emptied, _tables()) == (set(), everything)
    with Session(db.engine()) as session:
        assert session.get_one(TrailHead, 1).number == 0


def test_each_step_can_be_taken_back_by_itself(house: object) -> None:
    command.downgrade(schema.config(), "base")
    for _ in ScriptDirectory.from_config(schema.config()).walk_revisions():
        command.upgrade(schema.config(), "+1")
        command.downgrade(schema.config(), "-1")
        command.upgrade(schema.config(), "+1")

    assert _tables() == {*db.Table.metadata.tables}


def test_the_migrated_tables_are_those_of_the_models(house: object) -> None:
    with db.engine().connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "include_object": _is_ours, "target_metadata": db.Table.metadata}
        )
        differences = compare_metadata(context, db.Table.metadata)

    assert differences == []


def _is_ours(_item: object, name: str | None, kind: str, is_reflected: object, _other: object) -> bool:
    return not (kind == "table" and is_reflected and name not in db.Table.metadata.tables)


def test_a_table_that_no_model_knows_would_be_found(house: object) -> None:
    """The control: the comparison above is not blind."""
    extra = sa.MetaData(naming_convention=db.NAMES)
    for table in db.Table.metadata.sorted_tables:
        table.to_metadata(extra)
    extra.tables["notes"].append_column(sa.Column("forgotten", sa.Text()))
    with db.engine().connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_ours})
        differences = compare_metadata(context, extra)

    assert [(kind, column.name) for kind, _schema, _table, column in differences] == [("add_column", "forgotten")]
