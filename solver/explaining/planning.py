"""Plans for changed days: one with everything that is asked for, or as much of it as can be had; each checked.

Each raises OutOfTime when the patience is over.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import islice

from solver.constraints import constrain
from solver.counting.capacity import at_most, is_overfull
from solver.engines.cnf import Cnf
from solver.engines.cores import least_of
from solver.engines.sat import Sat
from solver.explaining.patience import Patience
from solver.limits import Limits
from solver.model.answer import Draft, sessions_and_meetings
from solver.model.formula import Formula, Literal, count
from solver.plan import Plan, Status
from solver.planning.sketch import Starts, beats, sketch
from solver.problem import Problem
from solver.variables import Choices
from solver.verify import breaches

# So much work is worth one attempt to plan a changed day.
OF_A_SKETCH = Limits(seconds=1.0)
CONFLICTS = 4_000


def sketched(problem: Problem, patience: Patience) -> Plan | None:
    """A lawful plan with every meeting placed on a beat; None when counting objects, or none is found at once."""
    patience.keep_counting(problem)
    if is_overfull(problem, problem.meeting):
        return None
    drafts = (sketch(problem, starts, OF_A_SKETCH, patience.keep) for starts in _beats(problem))
    return next((_checked(problem, draft) for draft in drafts if draft), None)


def _beats(problem: Problem) -> Iterator[Starts]:
    """The starts on a beat; first on that of rooms which are never empty, where panels must take turns in them."""
    if len(problem.rooms) < len(problem.panels):
        panels = tuple(replace(panel, pause_minutes=0) for panel in problem.panels)
        yield from islice(beats(replace(problem, panels=panels)), 1)
    yield from beats(problem)


def with_all(problem: Problem, names: Collection[str], patience: Patience) -> Plan | None:
    """A lawful plan with all of these meetings, and if possible every other; None when none is found with some work."""
    choices = _said(problem, patience)
    cnf = Cnf(choices.formula)
    with Sat(cnf.clauses, cnf.top, conflicts=CONFLICTS) as sat:
        patience.watch(sat)
        every = [choices.placed[name] for name in choices.meetings]
        asked = [choices.placed[name] for name in choices.meetings if name in names]
        is_found = sat.can_hold(every, CONFLICTS // 2) or (len(asked) < len(every) and sat.can_hold(asked))
        return _plan(choices, sat.holding()) if is_found else None


def with_most(problem: Problem, names: Collection[str], patience: Patience) -> Plan | None:
    """A lawful plan with as many of these meetings as can be; None when that is too much work."""
    choices = _said(problem, patience)
    holding = _most_of(choices, [choices.placed[name] for name in sorted(names)], patience)
    return _plan(choices, holding) if holding else None


def fewest_left_out(
    problem: Problem, groups: Mapping[str, Collection[str]], asked: Collection[str], patience: Patience
) -> tuple[str, ...]:
    """The fewest groups without whose meetings the others that are asked for can be had; none when that is not known.

    Which of equals is left out depends on the order of their names alone.
    """
    choices = _said(problem, patience)
    kept = {name: choices.formula.new(f"{name} is kept") for name in sorted(groups)}
    for name, placed in ((name, choices.placed[name]) for name in choices.meetings):
        mine = [kept[group] for group in kept if name in groups[group]]
        if name in asked:
            choices.formula.either([placed, *(-literal for literal in mine)])
        for literal in mine:
            choices.formula.implies(placed, literal)
    holding = _most_of(choices, list(kept.values()), patience)
    return tuple(name for name, literal in kept.items() if literal not in holding) if holding else ()


def _said(problem: Problem, patience: Patience) -> Choices:
    """The day as it is said to a solver, with what counting knows of it."""
    choices = Choices(problem, formula=Formula(patience.keep))
    constrain(choices)
    choices.formula.about(None)
    for names, most in at_most(problem):
        choices.formula.bound(count(choices.placed[name] for name in names), most=most)
    return choices


def _most_of(choices: Choices, hopes: list[Literal], patience: Patience) -> frozenset[Literal]:
    """What holds when as many hopes as can be come true; nothing when that is too much work."""
    cnf = Cnf(choices.formula)
    with Sat(cnf.clauses, cnf.top) as sat:
        patience.watch(sat)
        sat.prefer(hopes)
        return least_of(sat, [(1, -literal) for literal in hopes], CONFLICTS).holding


def _plan(choices: Choices, holding: frozenset[Literal]) -> Plan | None:
    return _checked(choices.problem, Draft(*sessions_and_meetings(choices, holding.__contains__)))


def _checked(problem: Problem, draft: Draft) -> Plan | None:
    """The plan of the draft, if no rule is broken by it; that one is would be a fault of ours."""
    placed = {each.id for each in draft.meetings}
    unplaced = tuple(sorted(each.id for each in problem.meetings if each.id not in placed))
    plan = Plan(Status.FEASIBLE, draft.sessions, draft.meetings, unplaced, (), 0, 0, "", 0.0, "")
    return None if breaches(problem, plan) else plan
