"""`python -m bench.web_server ours|bare`: ours, or a bare FastAPI route, on the server and settings that we serve with.

It prints the port that it listens on. The bare route is `async def`, the quickest that there is: no thread, no work.
"""

import socket
import sys

import typer
import uvicorn
from fastapi import FastAPI

from app.kernel import log
from app.main import create_app


def bare() -> FastAPI:
    """An app with a single route that returns an empty object."""
    app = FastAPI()

    @app.get("/")
    async def nothing() -> dict[str, str]:
        return {}

    return app


def serve(kind: str) -> None:
    """Serve until told to stop."""
    app = {"ours": lambda: create_app(runs_jobs=False), "bare": bare}[kind]()
    # Named as TCP, as uvicorn does itself: else asyncio leaves out TCP_NODELAY, and bodies wait 40 ms for an ACK.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(100)
    typer.echo(listening.getsockname()[1])
    # What follows is logged into the file that the bench keeps: the port alone is for the bench to read.
    sys.stdout = sys.stderr
    log.set_up(to_terminal=False)
    config = uvicorn.Config(app, access_log=False, log_level="warning", server_header=False)
    uvicorn.Server(config).run([listening])


if __name__ == "__main__":
    typer.run(serve)
