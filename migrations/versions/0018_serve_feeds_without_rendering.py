"""Serve feeds without rendering."""

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing: what is served was kept before; the step stands since later ones follow it."""


def downgrade() -> None:
    """Nothing."""
