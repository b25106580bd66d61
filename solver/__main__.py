"""`python -m solver`: the same verbs as `dialogdag`."""

from solver.cli import app

app(prog_name="python -m solver")
