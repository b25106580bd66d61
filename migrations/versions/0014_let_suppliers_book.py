"""Let suppliers book by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dialogues") as table:
        table.add_column(sa.Column("booking", sa.String(40), nullable=False, server_default="wishes_then_plan"))
        table.add_column(sa.Column("booking_opens_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("booking_closes_at", sa.DateTime(timezone=True), nullable=True))
    _make_desks()
    _make_holds()
    _make_acts()


def _make_desks() -> None:
    op.create_table(
        "booking_desks",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("facts_version", sa.Integer(), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("names", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("placements", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("laid_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_booking_desks_dialogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_desks")),
        sa.UniqueConstraint("dialogue_id", name=op.f("uq_booking_desks_dialogue_id")),
    )


def _make_holds() -> None:
    op.create_table(
        "booking_holds",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_booking_holds_dialogue_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_booking_holds_supplier_id")),
        sa.ForeignKeyConstraint(["request_id"], ["meeting_requests.id"], name=op.f("fk_booking_holds_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_holds")),
        sa.UniqueConstraint("supplier_id", name=op.f("uq_booking_holds_supplier_id")),
    )
    op.create_index(op.f("ix_booking_holds_dialogue_id"), "booking_holds", ["dialogue_id"])


def _make_acts() -> None:
    op.create_table(
        "booking_acts",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key", sa.String(100), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_booking_acts_dialogue_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_booking_acts_supplier_id")),
        sa.ForeignKeyConstraint(["request_id"], ["meeting_requests.id"], name=op.f("fk_booking_acts_request_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booking_acts")),
        sa.UniqueConstraint("supplier_id", "key", name=op.f("uq_booking_acts_supplier_id_key")),
    )
    op.create_index(op.f("ix_booking_acts_dialogue_id"), "booking_acts", ["dialogue_id"])
    op.create_index(op.f("ix_booking_acts_supplier_id"), "booking_acts", ["supplier_id"])


def downgrade() -> None:
    for name in ("booking_acts", "booking_holds", "booking_desks"):
        op.drop_table(name)
    with op.batch_alter_table("dialogues") as table:
        for column in ("booking_closes_at", "booking_opens_at", "booking"):
            table.drop_column(column)
