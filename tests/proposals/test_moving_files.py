"""The step to several files takes along what was kept before it, and goes back only while nothing would be lost."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from alembic import command

from app.kernel import db as kernel_db
from app.kernel import schema
from app.kernel.db import transaction
from app.proposals import queries
from app.proposals.canonical import sha256_of
from app.proposals.models import Proposal

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def _insert(connection: sa.Connection, table: str, **values: object) -> UUID:
    """A row with these values, and with something harmless in every other column that must have a value."""
    row_id = uuid4()
    columns = {column.name: column for column in sa.Table(table, sa.MetaData(), autoload_with=connection).columns}
    filled = {
        name: _harmless(column)
        for name, column in columns.items()
        if not column.nullable and column.server_default is None
    }
    row = {**filled, **values, "id": row_id}
    # As the database keeps them: SQLite has no type for ids.
    if connection.dialect.name == "sqlite":
        row = {name: value.hex if isinstance(value, UUID) else value for name, value in row.items()}
    connection.execute(sa.insert(sa.table(table, *(sa.column(name, columns[name].type) for name in row))).values(row))
    return row_id


def _harmless(column: sa.Column[object]) -> object:
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return False
    if isinstance(kind, sa.DateTime):
        return NOW if getattr(kind, "timezone", False) else NOW.replace(tzinfo=None)
    if isinstance(kind, sa.Date):
        return NOW.date()
    if isinstance(kind, sa.JSON):
        return []
    return 1 if isinstance(kind, sa.Integer) else f"x{uuid4().hex[:6]}"


ANSWER = b'{"answers":[{"number":1,"text":"Svar [[uten mening."}],"file_sha256":'
BARE, FULL = ANSWER + b"null}", ANSWER + b'"' + b"ab" * 32 + b'"}'


@pytest.fixture
def before(house: Path) -> tuple[UUID, UUID, UUID]:
    """A database of the step before, with a proposal without a file and one with: their ids, and that of the file."""
    command.downgrade(schema.config(), "0011")
    with kernel_db.engine().begin() as connection:
        dialogue = _insert(connection, "dialogues", phase="open")
        supplier = _insert(connection, "suppliers", dialogue_id=dialogue, wishes=[], language="nb")
        file = _insert(connection, "files", sha256="ab" * 32, name="Forslag.pdf")
        question = _insert(connection, "proposal_questions", dialogue_id=dialogue, number=1)
        bare, full = (
            _insert(
                connection,
                "proposals",
                supplier_id=supplier,
                version=version,
                file_id=file_id,
                sha256=hashlib.sha256(whole).hexdigest(),
            )
            for version, file_id, whole in ((1, None, BARE), (2, file, FULL))
        )
        for proposal in (bare, full):
            _insert(connection, "answers", proposal_id=proposal, question_id=question, text="Svar [[uten mening.")
    return bare, full, file


def test_what_was_kept_before_keeps_its_file_and_its_receipt(before: tuple[UUID, UUID, UUID]) -> None:
    bare, full, file = before

    command.upgrade(schema.config(), "head")

    with transaction(reads_only=True) as db:
        proposals = [db.get_one(Proposal, each) for each in (bare, full)]
        files = [[(kept.id, claimed) for kept, claimed in queries.files(db, each)] for each in proposals]
        whole = [queries.canonical_bytes(db, each) for each in proposals]
        hashes = [sha256_of(queries.given(db, each)) for each in proposals]
    assert files == [[], [(file, False)]]
    assert whole == [BARE, FULL]
    assert [(each.format, each.late) for each in proposals] == [(1, False)] * 2
    assert hashes == [each.sha256 for each in proposals]


def test_going_back_gives_each_proposal_its_file_again(before: tuple[UUID, UUID, UUID]) -> None:
    _bare, _full, file = before
    command.upgrade(schema.config(), "0012")

    command.downgrade(schema.config(), "0011")

    with kernel_db.engine().connect() as connection:
        proposals = sa.Table("proposals", sa.MetaData(), autoload_with=connection)
        kept = dict(connection.execute(sa.select(proposals.c.version, proposals.c.file_id)).all())
    assert {version: each and UUID(str(each)) for version, each in kept.items()} == {1: None, 2: file}


LOSSES = (
    (
        "UPDATE proposals SET format = 2 WHERE version = 2",
        "UPDATE proposals SET format = 1",
        "There are proposals with claims or several files",
    ),
    (
        "UPDATE dialogues SET late_rule = 'mark'",
        "UPDATE dialogues SET late_rule = 'refuse'",
        "There are dialogues with a seal or a rule for late proposals",
    ),
    (
        "UPDATE dialogues SET sealed_until = '2026-12-01 12:00:00+00'",
        "UPDATE dialogues SET sealed_until = NULL",
        "There are dialogues with a seal or a rule for late proposals",
    ),
)


def test_there_is_no_way_back_that_would_lose_something(before: tuple[UUID, UUID, UUID]) -> None:
    """And there is one when nothing would be: the control."""
    command.upgrade(schema.config(), "0012")

    for change, back, sentence in LOSSES:
        _run(change)
        with pytest.raises(RuntimeError, match=sentence):
            command.downgrade(schema.config(), "0011")
        _run(back)

    command.downgrade(schema.config(), "0011")
    assert "drafts" not in sa.inspect(kernel_db.engine()).get_table_names()


def _run(statement: str) -> None:
    with kernel_db.engine().begin() as connection:
        connection.execute(sa.text(statement))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_step_that_would_leave_rows_pointing_nowhere_is_undone(before: tuple[UUID, UUID, UUID]) -> None:
    """SQLite does not look at references while a table is made anew; so they are looked at when all is done.

    PostgreSQL never stops looking at them.
    """
    bare = kernel_db.engine().raw_connection()
    bare.cursor().execute("PRAGMA foreign_keys=OFF")
    bare.cursor().execute("DELETE FROM files")
    bare.invalidate()

    with pytest.raises(RuntimeError, match="Rows refer to rows that are not there"):
        command.upgrade(schema.config(), "0012")

    assert "file_id" in [column["name"] for column in sa.inspect(kernel_db.engine()).get_columns("proposals")]
