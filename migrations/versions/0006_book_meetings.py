"""Book meetings."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "meeting_requests",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("panel_id", sa.Uuid(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_meeting_requests_dialogue_id")),
        sa.ForeignKeyConstraint(["panel_id"], ["panels.id"], name=op.f("fk_meeting_requests_panel_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_meeting_requests_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_requests")),
        sa.UniqueConstraint("supplier_id", "panel_id", name=op.f("uq_meeting_requests_supplier_id_panel_id")),
    )
    with op.batch_alter_table("meeting_requests", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_requests_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_requests_panel_id"), ["panel_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_requests_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "session_times",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_session_times_dialogue_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_session_times_room_id")),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name=op.f("fk_session_times_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_times")),
        sa.UniqueConstraint("session_id", name=op.f("uq_session_times_session_id")),
    )
    with op.batch_alter_table("session_times", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_times_dialogue_id"), ["dialogue_id"], unique=False)

    op.create_table(
        "barred",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_barred_person_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_barred_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_barred")),
        sa.UniqueConstraint("person_id", "supplier_id", name=op.f("uq_barred_person_id_supplier_id")),
    )
    with op.batch_alter_table("barred", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_barred_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_barred_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "bookings",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("request_id", sa.Uuid(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_bookings_dialogue_id")),
        sa.ForeignKeyConstraint(["request_id"], ["meeting_requests.id"], name=op.f("fk_bookings_request_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_bookings_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
        sa.UniqueConstraint("request_id", name=op.f("uq_bookings_request_id")),
    )
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bookings_dialogue_id"), ["dialogue_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_room_id"), ["room_id"], unique=False)

    op.create_table(
        "claimed_cells",
        sa.Column("resource_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booking_id", sa.Uuid(), nullable=True),
        sa.Column("session_time_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(booking_id IS NULL) <> (session_time_id IS NULL)", name=op.f("ck_claimed_cells_one_holder")
        ),
        sa.ForeignKeyConstraint(["booking_id"], ["bookings.id"], name=op.f("fk_claimed_cells_booking_id")),
        sa.ForeignKeyConstraint(
            ["session_time_id"], ["session_times.id"], name=op.f("fk_claimed_cells_session_time_id")
        ),
        sa.PrimaryKeyConstraint("resource_id", "starts_at", name=op.f("pk_claimed_cells")),
    )
    with op.batch_alter_table("claimed_cells", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claimed_cells_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_claimed_cells_session_time_id"), ["session_time_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("claimed_cells", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claimed_cells_session_time_id"))
        batch_op.drop_index(batch_op.f("ix_claimed_cells_booking_id"))

    op.drop_table("claimed_cells")
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_bookings_room_id"))
        batch_op.drop_index(batch_op.f("ix_bookings_dialogue_id"))

    op.drop_table("bookings")
    with op.batch_alter_table("barred", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_barred_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_barred_person_id"))

    op.drop_table("barred")
    with op.batch_alter_table("session_times", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_times_dialogue_id"))

    op.drop_table("session_times")
    with op.batch_alter_table("meeting_requests", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_requests_supplier_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_requests_panel_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_requests_dialogue_id"))

    op.drop_table("meeting_requests")
