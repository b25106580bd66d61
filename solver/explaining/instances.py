"""What a conflict is made of: instances of rules, and the meetings and sessions that were asked for."""

from collections.abc import Iterable

from solver.model.formula import Tag
from solver.problem import Problem
from solver.rules import Rule

# A wish for a meeting is no rule; a conflict names it beside the rules that it cannot be had with.
WISH = "placed"

Instance = Tag


def asked_of(problem: Problem) -> tuple[Instance, ...]:
    """Everything that is asked for, each as the instance that asks: sessions, then meetings, in the order given."""
    sessions = (Instance(Rule.REQUIRED, (f"session:{session.id}",)) for session in problem.sessions)
    return (*sessions, *(Instance(Rule.REQUIRED, (f"meeting:{meeting.id}",)) for meeting in problem.meetings))


def is_must(problem: Problem, instance: Instance) -> bool:
    """Whether a rule asks for it; otherwise it is a wish."""
    kind, name = named(instance.about[0])
    return kind == "session" or problem.meeting[name].required


def rule_word(problem: Problem, instance: Instance) -> str:
    """The number of the rule, or `placed` for a meeting that is wished for and not required."""
    if instance.rule is Rule.REQUIRED and not is_must(problem, instance):
        return WISH
    return instance.rule.number


def named(about: str) -> tuple[str, str]:
    """The kind and the id of a thing: `panel:p1` is a `panel` and `p1`."""
    kind, _, name = about.partition(":")
    return kind, name


def names_of(instances: Iterable[Instance]) -> frozenset[str]:
    """The ids of the sessions and meetings that are asked for among the instances."""
    return frozenset(named(each.about[0])[1] for each in instances if each.rule is Rule.REQUIRED)


def about_of(problem: Problem, activity: str) -> str:
    """The name of an activity as rules are about it, such as `session:lunch`."""
    return f"{'session' if activity in problem.session else 'meeting'}:{activity}"
