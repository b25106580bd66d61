"""What tests of mail from strangers share."""

import signal
from collections.abc import Iterator

import pytest


@pytest.fixture
def ten_seconds() -> Iterator[None]:
    """Whoever has not come to an end by then is ended: a loop in a library hears of nothing else."""

    def end(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
