"""`python -m bench.peers NAME DAY.json --seconds 60`: one peer on one day, in a process of its own."""

import json
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from bench.peers.answer import Answer, Report, Watch
from bench.peers.textbook import textbook_of
from solver.files import read_problem


def report(name: str, day: Path, seconds: Annotated[float, typer.Option()] = 60.0) -> None:
    """Print what the peer answers, as JSON."""
    # Only the one asked for is loaded: OR-Tools and HiGHS cannot live in one process.
    peer = import_module(f"bench.peers.{name}")
    watch = Watch(seconds)
    answer: Answer = peer.solve(textbook_of(read_problem(day.read_bytes())), watch)
    told = Report(answer.slots, answer.bound, answer.is_proven, watch.cpu_seconds, watch.wall_seconds)
    typer.echo(json.dumps(asdict(told)))


typer.run(report)
