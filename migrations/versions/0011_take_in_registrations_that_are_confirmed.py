"""Take in registrations that are confirmed by letter, with all that a company tells of itself."""

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Nothing yet."""


def downgrade() -> None:
    """Nothing yet."""
