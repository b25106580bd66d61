"""`python -m app` is `dialogdag`."""

from app.cli import app

app(prog_name="dialogdag")
