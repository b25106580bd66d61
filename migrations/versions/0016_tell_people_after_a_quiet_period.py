"""Tell people after a quiet period."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("dialogues") as table:
        table.add_column(sa.Column("quiet_minutes", sa.Integer(), nullable=False, server_default="10"))
    with op.batch_alter_table("rooms") as table:
        table.add_column(sa.Column("email", sa.Text(), nullable=True))
    op.create_table(
        "tellings",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_tellings_dialogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tellings")),
        sa.UniqueConstraint("dialogue_id", name=op.f("uq_tellings_dialogue_id")),
    )


def downgrade() -> None:
    op.drop_table("tellings")
    with op.batch_alter_table("rooms") as table:
        table.drop_column("email")
    with op.batch_alter_table("dialogues") as table:
        table.drop_column("quiet_minutes")
