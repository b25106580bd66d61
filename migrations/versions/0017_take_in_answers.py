"""Take in answers to invitations."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make_answers()
    _make_read_mails()


def _make_answers() -> None:
    op.create_table(
        "invitation_answers",
        sa.Column("told_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=True),
        sa.Column("last_sequence", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("how", sa.String(40), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("stamp", sa.DateTime(timezone=True), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_end", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delegated_to", sa.Text(), nullable=False),
        sa.Column("refreshed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["told_id"], ["told.id"], name=op.f("fk_invitation_answers_told_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_answers")),
        sa.UniqueConstraint("told_id", name=op.f("uq_invitation_answers_told_id")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_invitation_answers_fingerprint")),
    )


def _make_read_mails() -> None:
    op.create_table(
        "read_mails",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("told_id", sa.Uuid(), nullable=True),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["told_id"], ["told.id"], name=op.f("fk_read_mails_told_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_mails")),
        sa.UniqueConstraint("digest", name=op.f("uq_read_mails_digest")),
    )
    op.create_index(op.f("ix_read_mails_told_id"), "read_mails", ["told_id"])


def downgrade() -> None:
    for name in ("read_mails", "invitation_answers"):
        op.drop_table(name)
