"""Draft proposals, claim parts of them confidential, and keep them sealed."""

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
