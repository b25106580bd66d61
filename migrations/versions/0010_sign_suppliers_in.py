"""Sign suppliers in: rights that end by themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("capabilities", schema=None) as batch_op:
        batch_op.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    # The links that suppliers have had until now open no page any more, and would go on opening the API for ever.
    op.execute(
        "UPDATE capabilities SET revoked_at = CURRENT_TIMESTAMP WHERE \"right\" = 'supplier' AND revoked_at IS NULL"
    )


def downgrade() -> None:
    # Where no right ends by itself, those that were to end must not begin anew.
    op.execute("UPDATE capabilities SET revoked_at = expires_at WHERE expires_at IS NOT NULL AND revoked_at IS NULL")
    with op.batch_alter_table("capabilities", schema=None) as batch_op:
        batch_op.drop_column("expires_at")
