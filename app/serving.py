"""Serving: the web app behind uvicorn, on this machine's own terms."""

import uvicorn

from app.kernel import schema, start
from app.main import create_app


def serve(host: str, port: int, *, runs_jobs: bool = True) -> None:
    """Bring the database up to date, then serve until told to stop."""
    start.prepare()
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
