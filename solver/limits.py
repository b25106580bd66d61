"""How long the solver may think, and what it tells while it does; no OR-Tools here."""

from dataclasses import dataclass

from solver.problem import Aim


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, with which seed and how many workers; the same limits give the same plan."""

    seconds: float = 30.0
    seed: int = 1
    workers: int = 2


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the solver has come: the aim it works on, step `step` of `steps`, `seconds` after it began.

    `aim` is None and `step` 0 while the first lawful plan is sought; `value` is the best found so far, `bound` the best
    still thinkable, each None when there is none yet.
    """

    aim: Aim | None
    step: int
    steps: int
    value: int | None
    bound: int | None
    seconds: float
