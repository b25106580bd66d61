"""Take in registrations that are confirmed by letter, with all that a company tells of itself."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.operations import BatchOperations

revision = "0011"
down_revision = "0010"

_STANDING = sa.text("withdrawn_at IS NULL")
_BY_NUMBER = "uq_suppliers_dialogue_id_organisation_number"
_BY_COUNTRY = "uq_suppliers_dialogue_id_country_organisation_number"


def _more() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("country", sa.Text(), nullable=False, server_default="NO"),
        sa.Column("register_name", sa.Text(), nullable=True),
        sa.Column("register_form", sa.Text(), nullable=True),
        sa.Column("register_since", sa.Date(), nullable=True),
        sa.Column("register_checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("new_contact_email", sa.Text(), nullable=True),
        sa.Column("more_contacts", sa.JSON(none_as_null=True), nullable=False, server_default="[]"),
        sa.Column("attendees", sa.JSON(none_as_null=True), nullable=False, server_default="[]"),
        sa.Column("needs", sa.Text(), nullable=True),
        sa.Column("topics", sa.Text(), nullable=True),
        sa.Column("on_partner_list", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("waiting_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
    )


def upgrade() -> None:
    with op.batch_alter_table("dialogues") as batch_op:
        batch_op.add_column(sa.Column("places", sa.Integer(), nullable=True))
    with op.batch_alter_table("suppliers") as batch_op:
        for column in _more():
            batch_op.add_column(column)
        batch_op.drop_index(_BY_NUMBER)
    with op.batch_alter_table("suppliers") as batch_op:
        _one_each(batch_op, _BY_COUNTRY, "country")
    op.create_table(
        "unconfirmed_registrations",
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("registration", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dialogue_id"], ["dialogues.id"], name=op.f("fk_unconfirmed_registrations_dialogue_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unconfirmed_registrations")),
    )
    with op.batch_alter_table("unconfirmed_registrations") as batch_op:
        batch_op.create_index(batch_op.f("ix_unconfirmed_registrations_address"), ["address"])
        batch_op.create_index(batch_op.f("ix_unconfirmed_registrations_dialogue_id"), ["dialogue_id"])
    op.create_table(
        "register_entries",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entries")),
        sa.UniqueConstraint("number", name=op.f("uq_register_entries_number")),
    )


def downgrade() -> None:
    op.drop_table("register_entries")
    op.drop_table("unconfirmed_registrations")
    # Companies from abroad cannot stand in the older tables beside Norwegian ones of the same number.
    with op.batch_alter_table("suppliers") as batch_op:
        batch_op.drop_index(_BY_COUNTRY)
        for column in reversed(_more()):
            batch_op.drop_column(column.name)
    with op.batch_alter_table("suppliers") as batch_op:
        _one_each(batch_op, _BY_NUMBER)
    with op.batch_alter_table("dialogues") as batch_op:
        batch_op.drop_column("places")


def _one_each(batch_op: BatchOperations, name: str, *more: str) -> None:
    batch_op.create_index(
        name,
        ["dialogue_id", *more, "organisation_number"],
        unique=True,
        sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    )
