"""Answer questions to all."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_SHOWN = ("title", "summary", "place", "organiser_name", "folded")
_ADDED = ("questions_due_at", "published_at", "changed_at", "folded")


def upgrade() -> None:
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        for name in _ADDED[:3]:
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("folded", sa.Text(), nullable=False, server_default=""))
    _fill()
    op.create_table(
        "shared_answers",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("corrected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_shared_answers_dialogue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_answers")),
        sa.UniqueConstraint("dialogue_id", "number", name=op.f("uq_shared_answers_dialogue_id_number")),
    )
    op.create_index(op.f("ix_shared_answers_dialogue_id"), "shared_answers", ["dialogue_id"])
    op.create_table(
        "questions",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_id", sa.Uuid(), nullable=True),
        sa.Column("declined_because", sa.Text(), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_questions_dialogue_id")),
        sa.ForeignKeyConstraint(["supplier_id"], ["suppliers.id"], name=op.f("fk_questions_supplier_id")),
        sa.ForeignKeyConstraint(["answer_id"], ["shared_answers.id"], name=op.f("fk_questions_answer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    for name in ("dialogue_id", "supplier_id", "answer_id"):
        op.create_index(op.f(f"ix_questions_{name}"), "questions", [name])
    op.create_table(
        "documents",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["dialogue_id"], ["dialogues.id"], name=op.f("fk_documents_dialogue_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_documents_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
    )
    op.create_index(op.f("ix_documents_dialogue_id"), "documents", ["dialogue_id"])


def _fill() -> None:
    # What is published already was so from its beginning, and is to be found by the search as what comes later.
    db = op.get_bind()
    dialogues = sa.table("dialogues", *map(sa.column, _SHOWN), sa.column("id", sa.Uuid()))
    buyers = sa.table("buyers", sa.column("name"), sa.column("dialogue_id", sa.Uuid()))
    db.execute(sa.text("UPDATE dialogues SET published_at = created_at WHERE phase <> 'draft'"))
    db.execute(sa.text("UPDATE dialogues SET changed_at = created_at"))
    for row in db.execute(sa.select(dialogues)).all():
        names = db.scalars(sa.select(buyers.c.name).where(buyers.c.dialogue_id == row.id).order_by(buyers.c.name))
        folded = _fold("\n".join([row.title, row.summary, row.place, row.organiser_name, *names]))
        db.execute(sa.update(dialogues).where(dialogues.c.id == row.id).values(folded=folded))


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character if character.isprintable() else " " for character in plain)


def downgrade() -> None:
    op.drop_table("documents")
    op.drop_table("questions")
    op.drop_table("shared_answers")
    with op.batch_alter_table("dialogues", schema=None) as batch_op:
        for name in reversed(_ADDED):
            batch_op.drop_column(name)
