"""What must not wait in a request: a process that works off jobs and serves nothing."""

import signal
import threading

from app.kernel import engine, schema, start
from app.main import create_app


def work() -> None:
    """Work off jobs until told to stop by SIGINT or SIGTERM."""
    start.prepare()
    schema.upgrade()
    create_app(runs_jobs=False)  # every room's jobs are known once its doors are
    ended = threading.Event()
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, lambda *_: ended.set())
    engine.launch()
    ended.wait()
    engine.stop()
