"""Whether a conflict is about the opening hours too: whether it could be resolved around the clock."""

from collections.abc import Collection

from solver.counting.thinkable import Thinkable, within
from solver.explaining.counting import countable, judge_by_counting
from solver.explaining.hours import MIDNIGHT_TO_MIDNIGHT, open_all
from solver.explaining.instances import Instance
from solver.explaining.patience import Patience
from solver.explaining.plainer import for_these
from solver.explaining.trial import Trial
from solver.problem import Problem, Span


def resolved_around_the_clock(day: Problem, kept: Collection[Instance], patience: Patience) -> bool | None:
    """Whether all that is kept could be if the day were open at all hours; None when that is not found out."""
    if _keeps_hours_anyhow(for_these(open_all(day, MIDNIGHT_TO_MIDNIGHT), kept), day.day.whole):
        return False
    is_possible = None
    for hours in (_a_little_longer(day), MIDNIGHT_TO_MIDNIGHT):
        with Trial(for_these(open_all(day, hours), kept), patience) as trial:
            is_possible = trial.judge(kept).is_possible
        if is_possible:
            break
    return is_possible


def counts_as_too_much_around_the_clock(day: Problem, kept: Collection[Instance], patience: Patience) -> bool:
    """Whether counting objects to what is kept even if the day were open at all hours."""
    open_day = for_these(open_all(day, MIDNIGHT_TO_MIDNIGHT), kept)
    return judge_by_counting(open_day, countable(open_day), kept, patience).is_possible is False


def _keeps_hours_anyhow(around_the_clock: Problem, whole: Span) -> bool:
    """Whether everything lies within the opening hours also when nobody asks for it."""
    thinkable = Thinkable(around_the_clock)
    lawful = {each.id: within((whole,), each.minutes, thinkable.step) for each in thinkable.activities.values()}
    return all(starts & ~lawful[name] == 0 for name, starts in thinkable.starts.items())


def _a_little_longer(problem: Problem) -> Span:
    """The hours of the day with room after them for one activity more, with its pause: mostly that is enough."""
    activities = [*(each.minutes for each in problem.sessions), *(each.minutes for each in problem.meetings)]
    more = max(activities, default=0) + max((each.pause_minutes for each in problem.panels), default=0)
    step = problem.day.step
    closes = problem.day.closes + -(-more // step) * step
    return Span(problem.day.opens, min(closes, MIDNIGHT_TO_MIDNIGHT.end))
