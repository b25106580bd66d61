"""What a plan comes to, aim by aim, and whether the figures it claims are true; without the solver."""

from collections.abc import Iterable, Iterator

from solver.attendance import Activity, Reading, breaks_of, meetings_of, read, wait_of, wishes_met
from solver.moves import moves, shown
from solver.plan import AimResult, PlacedMeeting, Plan, Status
from solver.problem import Aim, AnnouncedMeeting, Problem, Supplier
from solver.times import clock

MOVED = 10
MOVED_TO_ANOTHER_ROOM = 1


def score(problem: Problem, plan: Plan) -> dict[Aim, int]:
    """The value of every aim, also of those the problem does not name; a meeting placed twice counts once."""
    reading = read(problem, plan)
    of_each = _waits(reading)
    return {
        Aim.REACHED: len({supplier for meeting in reading.meetings for supplier in meeting.suppliers}),
        Aim.PLACED: sum(problem.meeting[placed].weight for placed in {meeting.id for meeting in reading.meetings}),
        Aim.KEPT: _kept(problem, plan),
        Aim.LONGEST_WAIT: max(of_each.values(), default=0),
        Aim.WAIT: sum(of_each.values()),
        Aim.BREAKS: sum(breaks_of(reading.of_supplier(each.id)) for each in problem.suppliers),
        Aim.WISHES: sum(_wishes_met(each, reading) for each in problem.suppliers),
        Aim.PANEL_ROOMS: sum(_further_rooms(meetings_of(reading.of_panel(panel.id))) for panel in problem.panels),
        Aim.FINISH: max((meeting.end - problem.day.opens for meeting in reading.meetings), default=0),
    }


def waits(problem: Problem, plan: Plan) -> dict[str, int]:
    """Minutes that each supplier waits, by id, in the order of the problem."""
    return _waits(read(problem, plan))


def false_figures(problem: Problem, plan: Plan, problem_sha256: str) -> tuple[str, ...]:
    """A sentence for every figure of the plan that is not true; `problem_sha256` is that of the problem as given."""
    return (
        *_false_status(problem, plan),
        *_false_ends(problem, plan),
        *_false_unplaced(problem, plan),
        *_false_moves(problem, plan),
        *_false_aims(problem, plan),
        *_false_sha256(plan, problem_sha256),
    )


def _waits(reading: Reading) -> dict[str, int]:
    return {each.id: wait_of(reading.of_supplier(each.id)) for each in reading.problem.suppliers}


def _kept(problem: Problem, plan: Plan) -> int:
    announced = {told.id: told for told in problem.announced}
    costs = dict.fromkeys(announced, MOVED)
    for placed in plan.meetings:
        if placed.id in announced:
            costs[placed.id] = min(costs[placed.id], _cost_of_move(announced[placed.id], placed))
    return sum(costs.values())


def _cost_of_move(told: AnnouncedMeeting, placed: PlacedMeeting) -> int:
    if placed.start != told.start:
        return MOVED
    return 0 if placed.room == told.room else MOVED_TO_ANOTHER_ROOM


def _wishes_met(supplier: Supplier, reading: Reading) -> int:
    return sum(wish.weight for wish in wishes_met(supplier, meetings_of(reading.of_supplier(supplier.id))))


def _further_rooms(meetings: tuple[Activity, ...]) -> int:
    return max(0, len({meeting.room for meeting in meetings}) - 1)


def _false_status(problem: Problem, plan: Plan) -> Iterator[str]:
    named = {result.aim for result in plan.aims if result.proven}
    is_proven = named.issuperset(problem.aims)
    if plan.status in {Status.INFEASIBLE, Status.UNKNOWN}:
        yield f"The status is “{plan.status}”, which no plan can have."
    elif plan.status is Status.OPTIMAL and not is_proven:
        yield "The status is “optimal”, but not every aim is proven."
    elif plan.status is Status.FEASIBLE and is_proven:
        yield "The status is “feasible”, but every aim is proven: it should be “optimal”."


def _false_ends(problem: Problem, plan: Plan) -> Iterator[str]:
    reading = read(problem, plan)
    for activity in reading.placed:
        minutes = reading.asked(activity).minutes
        if activity.minutes != minutes:
            true_end = clock(activity.start + minutes)
            yield f"{activity.subject} takes {minutes} minutes and ends at {true_end}."


def _false_unplaced(problem: Problem, plan: Plan) -> Iterator[str]:
    placed = {meeting.id for meeting in plan.meetings}
    true_unplaced = sorted(meeting.id for meeting in problem.meetings if meeting.id not in placed)
    if sorted(plan.unplaced) != true_unplaced:
        yield f"The plan names {_listed(sorted(plan.unplaced))} as unplaced; it leaves out {_listed(true_unplaced)}."


def _false_moves(problem: Problem, plan: Plan) -> Iterator[str]:
    if plan.moved is None:
        if problem.announced:
            yield "The plan does not tell who is moved, though the day has been announced."
    else:
        claimed, true = {*plan.moved}, {*(moves(problem, plan.meetings) or ())}
        yield from sorted(f"The plan moves {shown(problem, move)}, which is not so." for move in claimed - true)
        yield from sorted(f"The plan moves {shown(problem, move)}, which it does not tell." for move in true - claimed)


def _false_aims(problem: Problem, plan: Plan) -> Iterator[str]:
    claimed = [result.aim for result in plan.aims]
    if claimed != list(problem.aims):
        yield f"The plan gives the aims {_listed(claimed)}; the day asks for {_listed(problem.aims)}."
    values = score(problem, plan)
    ends = nothing_better(problem)
    for result in plan.aims:
        yield from _false_result(result, values[result.aim])
        yield from _impossible_bound(result, ends[result.aim])


def _false_result(claimed: AimResult, value: int) -> Iterator[str]:
    aim, bound = claimed.aim, claimed.bound
    if claimed.value != value:
        yield f"The aim “{aim}” is {value}, not {claimed.value}."
    if bound is not None and (bound < value if aim.is_maximised else bound > value):
        yield f"The aim “{aim}” is {value}, which is better than its bound {bound}."
    if claimed.proven and bound != claimed.value:
        known = "unknown" if bound is None else bound
        yield f"The aim “{aim}” is proven, but its bound is {known} and its value {claimed.value}."


def _impossible_bound(claimed: AimResult, end: int) -> Iterator[str]:
    bound = claimed.bound
    if bound is not None and (bound > end if claimed.aim.is_maximised else bound < end):
        yield f"The bound of the aim “{claimed.aim}” is {bound}, but nothing can be better than {end}."


def nothing_better(problem: Problem) -> dict[Aim, int]:
    """What each aim can come to at the very best, by what is asked alone."""
    asking = {party for meeting in problem.meetings for party in meeting.parties if party in problem.supplier}
    return dict.fromkeys(Aim, 0) | {
        Aim.REACHED: len(asking),
        Aim.PLACED: sum(meeting.weight for meeting in problem.meetings),
        Aim.WISHES: sum(wish.weight for supplier in problem.suppliers for wish in supplier.wishes),
    }


def _false_sha256(plan: Plan, problem_sha256: str) -> Iterator[str]:
    if plan.problem_sha256 != problem_sha256:
        yield f"The plan was made for another day: its SHA-256 is {plan.problem_sha256}, this one has {problem_sha256}."


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "none"
