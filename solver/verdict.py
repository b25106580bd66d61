"""What a check of a plan came to, as lines for a person and as JSON for a program."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from solver.fairness import Fairness, fairness
from solver.plan import Plan
from solver.problem import Aim, Problem
from solver.rules import Breach
from solver.score import false_figures, score
from solver.verify import breaches


@dataclass(frozen=True, slots=True)
class Verdict:
    """The breaches and the false figures of a plan, what its aims truly come to, and how it treats each supplier."""

    breaches: tuple[Breach, ...]
    figures: tuple[str, ...]
    aims: Mapping[Aim, int]
    fairness: Fairness

    @property
    def holds(self) -> bool:
        """Whether the plan breaks no rule and every figure in it is true."""
        return not self.breaches and not self.figures

    def lines(self) -> Iterator[str]:
        """Each breach and each false figure on a line; or, when there are none, what the aims come to."""
        yield from (f"{one.rule.number} {one.rule.word}: {', '.join(one.about)}: {one.text}" for one in self.breaches)
        yield from (f"figure: {figure}" for figure in self.figures)
        if self.holds:
            yield "No rule is broken, and every figure is true."
            yield "That nothing better can be had is the solver's claim: solve the day again to see it proven."
            yield from (f"{aim}: {value}" for aim, value in self.aims.items())

    def as_json(self) -> str:
        """The same as one JSON object; `lawful` tells of the rules alone."""
        found = [{"rule": one.rule.number, "about": one.about, "text": one.text} for one in self.breaches]
        values = {
            "lawful": not self.breaches,
            "breaches": found,
            "figures": self.figures,
            "aims": self.aims,
            **self.fairness.as_values(),
        }
        return json.dumps(values, ensure_ascii=False, indent=2)


def judge(problem: Problem, plan: Plan, problem_sha256: str) -> Verdict:
    """The verdict on a plan, found without the solver; `problem_sha256` is that of the day as given."""
    found, untrue = breaches(problem, plan), false_figures(problem, plan, problem_sha256)
    return Verdict(found, untrue, score(problem, plan), fairness(problem, plan))
