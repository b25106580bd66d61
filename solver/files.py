"""The doors of the day format: days and plans in from files and out to files; see docs/day-format.md."""

import hashlib
import json

from solver.format.day_file import problem_of
from solver.format.json_text import MOST_BYTES, FileFault, json_values, refuse
from solver.format.plan_file import plan_of
from solver.format.writing import laid_out, plan_values, problem_values
from solver.plan import Plan
from solver.problem import Problem

__all__ = ["MOST_BYTES", "FileFault", "problem_sha256", "read_plan", "read_problem", "write_plan", "write_problem"]


def read_problem(content: bytes) -> Problem:
    """The problem that a day file describes, with every default filled in.

    Raises FileFault at the first fault, with the place where it stands.
    """
    return problem_of(json_values(content))


def read_plan(content: bytes, problem: Problem) -> Plan:
    """The plan that a plan file describes, for the day it belongs to.

    Whether the plan is lawful is for `solver.verify` to say. Raises FileFault at the first fault.
    """
    return plan_of(json_values(content), problem)


def write_problem(problem: Problem) -> bytes:
    """The problem as a day file, every default written out; reading it gives an equal problem."""
    return laid_out(problem_values(problem))


def write_plan(plan: Plan) -> bytes:
    """The plan as a plan file."""
    return laid_out(plan_values(plan))


def problem_sha256(content: bytes) -> str:
    """The fingerprint of a day file as it was given: layout and order of keys do not change it.

    It is taken of the canonical JSON text, with sorted keys, no spaces and UTF-8, and no defaults filled in.
    Raises FileFault when the file is not JSON.
    """
    values = json_values(content)
    try:
        # Decimals and lone surrogates, which no day file may hold, still have a fingerprint of their own.
        canonical = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    except RecursionError:
        refuse("the file is nested too deeply")
    return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()
