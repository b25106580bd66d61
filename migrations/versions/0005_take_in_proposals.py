"""Take in proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal_questions",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("word_limit", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_proposal_questions_dialogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_questions")),
        sa.UniqueConstraint("dialogue_id", "number", name=op.f("uq_proposal_questions_dialogue_id_number")),
    )
    with op.batch_alter_table("proposal_questions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_questions_dialogue_id"), ["dialogue_id"], unique=False)

    op.create_table(
        "proposals",
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_proposals_file_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_proposals_supplier_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
        sa.UniqueConstraint("supplier_id", "version", name=op.f("uq_proposals_supplier_id_version")),
    )
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposals_supplier_id"), ["supplier_id"], unique=False)

    op.create_table(
        "answers",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["proposal_id"], ["proposals.id"], name=op.f("fk_answers_proposal_id")),
        sa.ForeignKeyConstraint(["question_id"], ["proposal_questions.id"], name=op.f("fk_answers_question_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("proposal_id", "question_id", name=op.f("uq_answers_proposal_id_question_id")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_proposal_id"), ["proposal_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_answers_proposal_id"))

    op.drop_table("answers")
    with op.batch_alter_table("proposals", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposals_supplier_id"))

    op.drop_table("proposals")
    with op.batch_alter_table("proposal_questions", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_questions_dialogue_id"))

    op.drop_table("proposal_questions")
