"""Why the day cannot hold all that was asked, and what would help, in words and as JSON; no OR-Tools unless needed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from solver.counting.capacity import bounds, day_holds
from solver.explaining.advice import advice
from solver.explaining.conflicts import Findings, find_conflicts
from solver.explaining.gathering import Told, gathered
from solver.explaining.instances import Instance, named, rule_word
from solver.explaining.listed import in_order_of_ids
from solver.explaining.patience import Patience
from solver.explaining.remedies import Remedy, find_remedies
from solver.explaining.sentences import Sentences
from solver.explaining.wording import LANGUAGES, Words
from solver.problem import Problem

# Lengths of meetings that an organiser would think of, each told if it is shorter than what is asked for.
USUAL_LENGTHS = (60, 45, 30, 20)

# The part of the time that the conflicts may take; remedies for them have the rest.
SHARE_OF_CONFLICTS = 0.5


@dataclass(frozen=True, slots=True)
class Explanation:
    """The conflicts of a day and the remedies for them, told in one language."""

    words: Words
    findings: Findings
    conflicts: tuple[tuple[Told, ...], ...]
    remedies: tuple[Remedy, ...]

    @property
    def has_conflicts(self) -> bool:
        """Whether there is anything to explain."""
        return bool(self.conflicts)

    def as_json(self) -> str:
        """The conflicts and the remedies as one JSON object, as docs/day-format.md has it."""
        conflicts = [
            {"rules": [{"rule": told.word, "about": told.instance.about, "text": told.text} for told in conflict]}
            for conflict in self.conflicts
        ]
        remedies = [
            {
                "change": {"kind": remedy.change.kind, **remedy.change.facts},
                "text": advice(self.words, remedy),
                "placed": remedy.placed,
                "verified": True,
            }
            for remedy in self.remedies
        ]
        return json.dumps({"conflicts": conflicts, "remedies": remedies}, ensure_ascii=False, indent=2)

    def lines(self) -> list[str]:
        """The same as lines for a person, with how much the panels hold where that is too little."""
        return [*self._outcome(), *self._of_conflicts(), *self._of_remedies()]

    def _outcome(self) -> Iterator[str]:
        if self.conflicts:
            yield self.words.say("unplaced" if self.findings.is_lawful else "unlawful")
            yield from () if self._sessions_do_not_fit else capacity(self.words)
        elif self.findings.is_settled:
            yield self.words.say("nothing")
        if not self.findings.is_settled:
            yield self.words.say("unsettled")

    @property
    def _sessions_do_not_fit(self) -> bool:
        """Whether the sessions alone cannot all be had: then there is nothing to say of meetings."""
        kinds = ({named(name)[0] for each in conflict for name in each.about} for conflict in self.findings.conflicts)
        return any("meeting" not in each for each in kinds)

    def _of_conflicts(self) -> Iterator[str]:
        for number, conflict in enumerate(self.conflicts, 1):
            yield ""
            yield self.words.say("conflict", number=number)
            yield from (f"  {line}" for line in gathered(self.words, conflict))

    def _of_remedies(self) -> Iterator[str]:
        if self.conflicts:
            yield ""
            yield self.words.say("remedies" if self.remedies else "no remedy")
            yield from (f"  {number}. {advice(self.words, each)}" for number, each in enumerate(self.remedies, 1))


def explain(problem: Problem, seconds: float, language: str) -> Explanation:
    """The explanation of a day, found within about so many seconds; raises ValueError for an unknown language."""
    if language not in LANGUAGES:
        raise ValueError(f"There are no words for “{language}”; there are for {', '.join(LANGUAGES)}.")
    problem, patience = in_order_of_ids(problem), Patience(seconds)
    words = Words(problem, language)
    findings = find_conflicts(problem, Patience(seconds * SHARE_OF_CONFLICTS, patience))
    known = bounds(problem) if findings.conflicts else ()
    conflicts = tuple(_told(Sentences(words, conflict, known), words, conflict) for conflict in findings.conflicts)
    return Explanation(words, findings, conflicts, find_remedies(problem, findings, patience))


def _told(sentences: Sentences, words: Words, conflict: tuple[Instance, ...]) -> tuple[Told, ...]:
    return tuple(Told(each, rule_word(words.problem, each), sentences.of(each)) for each in conflict)


def capacity(words: Words) -> Iterator[str]:
    """How many meetings the panels hold, as long as they are and shorter, when that is fewer than are asked for."""
    problem = words.problem
    asked = [each for each in problem.meetings if problem.panels_of(each)]
    lengths = {each.minutes for each in asked}
    if len(lengths) != 1 or not any(bound.takers[0].startswith("panel:") for bound in bounds(problem)):
        return
    told = [minutes for minutes in (*lengths, *USUAL_LENGTHS) if minutes <= max(lengths)]
    held = {minutes: day_holds(problem, minutes) for minutes in dict.fromkeys(told)}
    fits = [
        words.say("capacity at one" if most == 1 else "capacity at", most=most, minutes=minutes)
        for minutes, most in held.items()
    ]
    if any(held.values()):
        yield words.say("capacity", asked=len(asked), fits=words.either(fits))
