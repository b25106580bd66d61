"""Read busy times, and keep telephone numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_PHONES = {"suppliers": "contact_phone", "people": "phone"}


def upgrade() -> None:
    for table, column in _PHONES.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Text(), nullable=True))
    op.create_table(
        "busy_readings",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("place_hash", sa.String(length=64), nullable=True),
        sa.Column("etag", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("periods", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_busy_readings_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_readings")),
        sa.UniqueConstraint("person_id", name=op.f("uq_busy_readings_person_id")),
    )


def downgrade() -> None:
    # What was read can be read again; telephone numbers were optional.
    op.drop_table("busy_readings")
    for table, column in _PHONES.items():
        with op.batch_alter_table(table) as batch_op:
            batch_op.drop_column(column)
