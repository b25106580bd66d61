"""A mail server on this machine, and the engine that sends letters to it."""

from collections.abc import Iterator

import pytest

from app.kernel import engine
from tests.kernel.mail_server import MailServer, mail_server


@pytest.fixture
def server(house: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as listening:
        monkeypatch.setenv("DIALOGDAG_SMTP_URL", f"smtp://127.0.0.1:{listening.port}")
        yield listening


@pytest.fixture
def working_engine(server: MailServer) -> Iterator[None]:
    engine.launch()
    yield
    engine.stop(seconds=10)
