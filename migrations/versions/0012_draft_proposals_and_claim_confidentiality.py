"""Draft proposals, claim parts of them confidential, and keep them sealed."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_DIALOGUES = sa.table(
    "dialogues", sa.column("late_rule", sa.String()), sa.column("sealed_until", sa.DateTime(timezone=True))
)
_PROPOSALS = sa.table(
    "proposals", sa.column("id", sa.Uuid()), sa.column("file_id", sa.Uuid()), sa.column("format", sa.Integer())
)
_FILES = sa.table(
    "proposal_files",
    sa.column("id", sa.Uuid()),
    sa.column("proposal_id", sa.Uuid()),
    sa.column("file_id", sa.Uuid()),
    sa.column("claimed", sa.Boolean()),
)


def upgrade() -> None:
    with op.batch_alter_table("dialogues") as batch_op:
        batch_op.add_column(sa.Column("late_rule", sa.String(length=40), nullable=False, server_default="refuse"))
        batch_op.add_column(sa.Column("sealed_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("proposals") as batch_op:
        batch_op.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
        # What came in before now has the first canonical form, so that its receipt still holds.
        batch_op.add_column(sa.Column("format", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=True))
    with op.batch_alter_table("answers") as batch_op:
        batch_op.add_column(sa.Column("claimed", sa.Boolean(), nullable=False, server_default=sa.false()))
    _make_tables()
    _list_files()
    with op.batch_alter_table("proposals") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_proposals_file_id"), type_="foreignkey")
        batch_op.drop_column("file_id")


def _make_tables() -> None:
    op.create_table(
        "proposal_files",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_proposal_files_file_id")),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_proposal_files_proposal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_files")),
        sa.UniqueConstraint("proposal_id", "file_id", name=op.f("uq_proposal_files_proposal_id_file_id")),
    )
    op.create_index(op.f("ix_proposal_files_proposal_id"), "proposal_files", ["proposal_id"])
    op.create_table(
        "drafts",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("proposal", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_drafts_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("supplier_id", name=op.f("uq_drafts_supplier_id")),
    )
    op.create_table(
        "unsealings",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("first_person", sa.Text(), nullable=False),
        sa.Column("second_person", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_unsealings_dialogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsealings")),
        sa.UniqueConstraint("dialogue_id", name=op.f("uq_unsealings_dialogue_id")),
    )


def _list_files() -> None:
    connection = op.get_bind()
    has_file = _PROPOSALS.c.file_id.is_not(None)
    for proposal_id, file_id in connection.execute(sa.select(_PROPOSALS.c.id, _PROPOSALS.c.file_id).where(has_file)):
        listed = {"id": uuid4(), "proposal_id": proposal_id, "file_id": file_id, "claimed": False}
        connection.execute(sa.insert(_FILES).values(listed))


def downgrade() -> None:
    _refuse_to_lose()
    with op.batch_alter_table("proposals") as batch_op:
        batch_op.add_column(sa.Column("file_id", sa.Uuid(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_proposals_file_id"), "files", ["file_id"], ["id"])
    only = sa.select(_FILES.c.file_id).where(_FILES.c.proposal_id == _PROPOSALS.c.id).scalar_subquery()
    op.execute(sa.update(_PROPOSALS).values(file_id=only))
    for table in ("unsealings", "drafts", "proposal_files"):
        op.drop_table(table)
    for table, columns in {
        "answers": ["claimed"],
        "proposals": ["reason", "format", "late"],
        "dialogues": ["sealed_until", "late_rule"],
    }.items():
        with op.batch_alter_table(table) as batch_op:
            for column in columns:
                batch_op.drop_column(column)


def _refuse_to_lose() -> None:
    """Stop while there is something that the tables before this step cannot hold; raises RuntimeError."""
    has_rule = sa.or_(_DIALOGUES.c.late_rule != "refuse", _DIALOGUES.c.sealed_until.is_not(None))
    held = {
        "proposals with claims or several files": sa.select(_PROPOSALS.c.id).where(_PROPOSALS.c.format > 1),
        "drafts": sa.select(sa.table("drafts", sa.column("id"))),
        "dialogues with a seal or a rule for late proposals": sa.select(_DIALOGUES).where(has_rule),
    }
    for what, rows in held.items():
        if op.get_bind().scalar(sa.select(sa.exists(rows))):
            raise RuntimeError(f"There are {what}: the tables before this step cannot hold them.")
