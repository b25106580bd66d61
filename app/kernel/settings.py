"""What an operator may set, read once from the environment as `DIALOGDAG_…`."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

Language = Literal["nb", "nn", "en"]


class Settings(BaseSettings):
    """The settings of one process; every default suits one machine with nothing else installed."""

    model_config = SettingsConfigDict(env_prefix="DIALOGDAG_", extra="ignore", frozen=True)

    database_url: str = "sqlite:///var/dialogdag.sqlite3"
    files: Path = Path("var/files")
    outbox: Path = Path("var/outbox")
    smtp_url: SecretStr | None = Field(default=None, description="smtp://user:password@host:587, or smtps://…")
    replies: str | None = Field(
        default=None, description="the mailbox that invitations come from, and that is read: svar@dialog.example"
    )
    mailbox_url: SecretStr | None = Field(
        default=None, description="where that mailbox is read: imaps://user:password@host/INBOX, or maildir:/folder"
    )
    sender: str = "dialogdag@localhost.localdomain"
    base_url: str = "http://127.0.0.1:8000"
    language: Language = "nb"
    executor: str = Field(
        default="local", description="a stable name for each replica, so that it takes up its own jobs"
    )
    operator_token: SecretStr | None = Field(default=None, description="what a system shows to open new dialogues")
    enhetsregisteret_url: str | None = Field(
        default="https://data.brreg.no/enhetsregisteret/api", description="where companies are checked; empty: nowhere"
    )
    solver_seconds: float = Field(default=20.0, gt=0, le=3600)
    solver_workers: int = Field(default=2, ge=1, le=64)
    max_upload_bytes: int = Field(default=10_000_000, ge=1, le=100_000_000)


@cache
def settings() -> Settings:
    """The settings of this process, read at first use."""
    return Settings()
