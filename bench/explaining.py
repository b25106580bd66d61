"""`python -m bench.explaining DAY.json`: a day explained as `solver.explain` does it, its two halves timed apart."""

import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from solver.explain import SHARE_OF_CONFLICTS
from solver.explaining.conflicts import find_conflicts
from solver.explaining.patience import Patience
from solver.explaining.remedies import find_remedies
from solver.files import read_problem
from solver.problem import Problem

SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Explained:
    """Seconds until the conflicts and until the remedies, which have been solved; the kinds of these in order."""

    conflicts: int
    remedies: tuple[str, ...]
    conflict_seconds: float
    remedies_seconds: float


def explain(day: Problem) -> Explained:
    """What it takes to say why not, and what would help."""
    began, patience = time.monotonic(), Patience(SECONDS)
    findings = find_conflicts(day, Patience(SECONDS * SHARE_OF_CONFLICTS))
    found = time.monotonic()
    remedies = find_remedies(day, findings, patience)
    kinds = tuple(str(remedy.change.kind) for remedy in remedies)
    return Explained(len(findings.conflicts), kinds, found - began, time.monotonic() - began)


def report(day: Path) -> None:
    """Print what it took, as JSON."""
    typer.echo(json.dumps(asdict(explain(read_problem(day.read_bytes())))))


if __name__ == "__main__":
    typer.run(report)
