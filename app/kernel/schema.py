"""The tables' history: bringing a database to the present version, ours by Alembic and the engine's by itself."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from app.kernel import engine

ROOT = Path(__file__).parent.parent.parent


def config() -> Config:
    """Alembic's configuration, wherever the process was started."""
    made = Config()
    made.set_main_option("script_location", str(ROOT / "migrations"))
    made.set_main_option("path_separator", "os")
    return made


def upgrade() -> None:
    """Bring all tables to the present version; does nothing when they are there."""
    command.upgrade(config(), "head")
    engine.migrate()
