"""What the aims of a plan came to, and how far a solve has come, in plain words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from babel.dates import format_date

from app.kernel import clock
from app.kernel.html import clock_words, length_words
from app.kernel.languages import translate
from app.kernel.settings import Language
from solver.plan import AimResult, Plan
from solver.problem import Aim, Problem

_LENGTHS = {Aim.LONGEST_WAIT, Aim.WAIT}


@dataclass(frozen=True, slots=True)
class AimWords:
    """One aim as the page of a plan tells of it."""

    name: str
    value: str
    proof: str
    is_proven: bool


def aims_of(problem: Problem, plan: Plan, language: Language) -> list[AimWords]:
    """What the plan came to, the most important aim first; without aims that the day gives no cause for."""
    causeless = {Aim.KEPT} if not problem.announced else set()
    if not any(supplier.wishes for supplier in problem.suppliers):
        causeless.add(Aim.WISHES)
    told = [result for result in plan.aims if result.aim not in causeless]
    return [
        AimWords(
            name_of(one.aim, language), _value(one, problem, plan, language), _proof(one, problem, language), one.proven
        )
        for one in told
    ]


def name_of(aim: Aim, language: Language) -> str:
    """What the plan strives for by an aim."""
    return {
        Aim.REACHED: translate(language, "Suppliers that have a meeting"),
        Aim.PLACED: translate(language, "Meetings that have a place"),
        Aim.KEPT: translate(language, "Meetings moved after they were told"),
        Aim.LONGEST_WAIT: translate(language, "The longest wait"),
        Aim.WAIT: translate(language, "All waits together"),
        Aim.BREAKS: translate(language, "Gaps in the suppliers' days"),
        Aim.WISHES: translate(language, "Wishes met, by their weight"),
        Aim.PANEL_ROOMS: translate(language, "Panels' changes of room"),
        Aim.FINISH: translate(language, "The last meeting ends"),
    }[aim]


def _value(result: AimResult, problem: Problem, plan: Plan, language: Language) -> str:
    if result.aim is Aim.KEPT:
        return str(_moved(problem, plan))
    words, most = _figure(result.aim, result.value, problem, language), _most(result.aim, problem)
    return words if most is None else translate(language, "{count} of {all}", count=words, all=most)


def _moved(problem: Problem, plan: Plan) -> int:
    placed = {one.id: (one.start, one.room) for one in plan.meetings}
    return sum(placed.get(told.id) != (told.start, told.room) for told in problem.announced)


def _most(aim: Aim, problem: Problem) -> int | None:
    if aim is Aim.REACHED:
        return len(asking(problem))
    if aim is Aim.PLACED:
        return sum(meeting.weight for meeting in problem.meetings)
    if aim is Aim.WISHES:
        return sum(wish.weight for supplier in problem.suppliers for wish in supplier.wishes)
    return None


def asking(problem: Problem) -> set[str]:
    """The suppliers that wish for a meeting, by id."""
    return {supplier.id for meeting in problem.meetings for supplier in problem.suppliers_of(meeting)}


def _figure(aim: Aim, value: int, problem: Problem, language: Language) -> str:
    if aim in _LENGTHS:
        return length_words(value, language)
    if aim is Aim.FINISH:
        ends_at = clock.wall(problem.day.date, problem.day.opens + value)
        return translate(language, "at {time}", time=clock_words(ends_at, language))
    return str(value)


def _proof(result: AimResult, problem: Problem, language: Language) -> str:
    if not result.proven:
        # The figure behind moved meetings is a price, which would tell nobody anything.
        if result.bound is None or result.aim is Aim.KEPT:
            return translate(language, "Not proven to be the best")
        return translate(
            language, "Not proven: at best {figure}", figure=_figure(result.aim, result.bound, problem, language)
        )
    if result.aim.is_maximised:
        return translate(language, "Proven: cannot be more")
    if result.aim in _LENGTHS:
        return translate(language, "Proven: cannot be shorter")
    if result.aim is Aim.FINISH:
        return translate(language, "Proven: cannot be earlier")
    return translate(language, "Proven: cannot be fewer")


def progress_of(told: Mapping[str, Any], problem: Problem | None, language: Language) -> list[str]:
    """What the solver is doing, from the last it told of itself, a sentence each."""
    aim, value, bound = told.get("aim"), told.get("value"), told.get("bound")
    if problem is None or aim not in set(Aim):
        return [translate(language, "It looks for a first plan that keeps every rule.")]
    known = Aim(aim)
    name = name_of(known, language)
    words = [translate(language, "Aim {step} of {steps}: {name}.", step=told["step"], steps=told["steps"], name=name)]
    if value is None or known is Aim.KEPT:
        return words
    so_far = _figure(known, value, problem, language)
    if bound is None or bound == value:
        return [*words, translate(language, "So far: {figure}.", figure=so_far)]
    at_best = _figure(known, bound, problem, language)
    return [*words, translate(language, "So far: {figure}, at best {bound}.", figure=so_far, bound=at_best)]


def day_and_hours(starts_at: datetime, ends_at: datetime, language: Language) -> str:
    """When something is, to the one who comes: torsdag 8. april kl. 13.45–14.15."""
    hours = f"{clock_words(starts_at, language)}–{clock_words(ends_at, language)}"
    return translate(language, "{day}, {hours}", day=day_of(starts_at, language), hours=hours)


def day_of(moment: datetime, language: Language) -> str:
    """The day without its year, which nobody doubts: torsdag 8. april."""
    pattern = "EEEE d MMMM" if language == "en" else "EEEE d. MMMM"
    return str(format_date(moment.astimezone(clock.OSLO), pattern, locale=language))
