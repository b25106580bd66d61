"""Remind people of what they come to."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dialogues") as batch_op:
        batch_op.add_column(sa.Column("reminds", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.create_table(
        "reminders",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ahead", sa.String(length=40), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=True),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_reminders_dialogue_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letters.id"], name=op.f("fk_reminders_letter_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint(
            "dialogue_id", "recipient", "day", "ahead", name=op.f("uq_reminders_dialogue_id_recipient_day_ahead")
        ),
    )
    op.create_index(op.f("ix_reminders_dialogue_id"), "reminders", ["dialogue_id"])


def downgrade() -> None:
    op.drop_table("reminders")
    with op.batch_alter_table("dialogues") as batch_op:
        batch_op.drop_column("reminds")
