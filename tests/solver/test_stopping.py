"""Work that is asked to stop, by real signals: what it gives then, and when it is left."""

import os
import signal
import threading
import time

import pytest

from solver.terminal.leaving import heard_as_usual, interrupted_when_stopped, left_when_stopped
from solver.terminal.stopping import Stopped, until_stopped


def asked(number: signal.Signals) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_work_that_is_asked_to_stop_gives_the_best_it_has(number: signal.Signals) -> None:
    def work(stop: threading.Event) -> str:
        asked(number)
        return "so far" if stop.wait(timeout=10) else "never asked"

    assert until_stopped(work) == ("so far", True)


def test_work_that_is_left_alone_is_not_stopped_and_signals_are_heard_as_before() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)

    assert until_stopped(lambda stop: stop.is_set()) == (False, False)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_work_that_gives_nothing_when_it_is_asked_is_left() -> None:
    released = threading.Event()

    def work(stop: threading.Event) -> bool:
        asked(signal.SIGINT)
        return stop.wait() and released.wait(timeout=10)

    with pytest.raises(Stopped):
        until_stopped(work, patience=0.1)
    released.set()


def test_asked_twice_it_is_left_at_once() -> None:
    released = threading.Event()

    def work(stop: threading.Event) -> bool:
        asked(signal.SIGTERM)
        stop.wait(timeout=10)
        asked(signal.SIGINT)
        return released.wait(timeout=60)

    began = time.monotonic()
    with pytest.raises(Stopped):
        until_stopped(work, patience=30)
    released.set()
    assert time.monotonic() - began < 20


def test_what_goes_wrong_in_the_work_comes_out() -> None:
    def work(stop: threading.Event) -> None:
        raise KeyError(stop.is_set())

    with pytest.raises(KeyError, match="False"):
        until_stopped(work)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_must_be_tidied_away_is_interrupted_by_either_signal(number: signal.Signals) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)

    with pytest.raises(KeyboardInterrupt), interrupted_when_stopped():
        asked(number)
        time.sleep(10)

    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_who_serves_hears_the_signals_as_usual() -> None:
    with left_when_stopped("Stopped."):
        heard_as_usual()
        heard = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)

    assert heard == (signal.default_int_handler, signal.SIG_DFL)


def test_ctrl_c_that_is_ignored_in_the_background_stays_ignored() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with left_when_stopped("Stopped."):
            heard_as_usual()
            heard = signal.getsignal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)

    assert heard is signal.SIG_IGN
