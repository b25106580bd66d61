"""Send letters in batches, and note which came back."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

letters = sa.table("letters", *map(sa.column, ("due_at", "written_at", "sent_at", "parked_at")))


def upgrade() -> None:
    with op.batch_alter_table("letters") as table:
        table.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("bounced_at", sa.DateTime(timezone=True), nullable=True))
    those = sa.text("due_at IS NOT NULL")
    op.create_index(
        "ix_letters_waiting", "letters", ["dialogue_id", "due_at"], sqlite_where=those, postgresql_where=those
    )
    waits = sa.and_(letters.c.sent_at.is_(None), letters.c.parked_at.is_(None))
    op.execute(sa.update(letters).where(waits).values(due_at=letters.c.written_at))
    op.create_table(
        "restorations",
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_restorations")),
    )


def downgrade() -> None:
    op.drop_table("restorations")
    op.drop_index("ix_letters_waiting", "letters")
    with op.batch_alter_table("letters") as table:
        table.drop_column("bounced_at")
        table.drop_column("due_at")
