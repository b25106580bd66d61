"""Serving: the web app behind uvicorn, on this machine's own terms."""

import sys

import uvicorn

from app.kernel import log, schema
from app.main import create_app


def serve(host: str, port: int, *, runs_jobs: bool = True) -> None:
    """Bring the database up to date, then serve until told to stop; raises SystemExit under `python -O`."""
    refuse_optimised_python()
    log.set_up(to_terminal=sys.stderr.isatty())
    schema.upgrade()
    # The access log would write addresses down, and addresses hold tokens: ours logs routes instead.
    uvicorn.run(
        create_app(runs_jobs=runs_jobs),
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
    )


def refuse_optimised_python() -> None:
    """Stop under `python -O`: icalendar's guards against injected lines are assertions, which -O removes."""
    if not __debug__:
        sys.exit("Dialogdag does not run under python -O.")
