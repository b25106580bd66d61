"""Timefold, a local search in Java, told the rules as constraint streams; it cannot prove anything.

It ends when its time is up, or with a plan without breaks, the best there could be.
"""

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver import BestSolutionChangedEvent, SolverFactory
from timefold.solver.config import (
    Duration,
    EnvironmentMode,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    BiConstraintStream,
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

from bench.peers.answer import Answer, Watch
from bench.peers.textbook import Textbook


@dataclass
class Hall:
    """What holds for the whole day; without a limit, `differ_by` is more than there are slots."""

    tables: int
    differ_by: int
    has_idle: bool


@dataclass
class Attendance:
    """A participant of a meeting, both by number."""

    participant: int
    meeting: int


@dataclass
class Order:
    """A meeting that is to come later than another, both by number."""

    later: int
    earlier: int


@planning_entity
@dataclass
class Meeting:
    """A meeting of two, the slots it may have, and the one it has."""

    id: Annotated[int, PlanningId]
    one: int
    other: int
    allowed: Annotated[list[int], ValueRangeProvider]
    slot: Annotated[int | None, PlanningVariable] = field(default=None)


@planning_solution
@dataclass
class Timetable:
    """All meetings with their slots, and what Timefold thinks of them."""

    halls: Annotated[list[Hall], ProblemFactCollectionProperty]
    attendances: Annotated[list[Attendance], ProblemFactCollectionProperty]
    orders: Annotated[list[Order], ProblemFactCollectionProperty]
    meetings: Annotated[list[Meeting], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def solve(book: Textbook, watch: Watch) -> Answer:
    """The best plan that Timefold finds in the time it has."""
    nothing = Answer(None, None, is_proven=False)
    if not all(book.allowed):
        return nothing
    solver = SolverFactory.create(_config(watch.seconds)).build_solver()
    solver.add_event_listener(lambda event: _note(event, watch))
    found = solver.solve(_timetable(book))
    if found.score is None or found.score.hard_score < 0:
        return nothing
    return Answer(tuple(int(meeting.slot) for meeting in found.meetings), None, is_proven=False)


def _note(event: BestSolutionChangedEvent[Timetable], watch: Watch) -> None:
    if event.new_best_score.hard_score == 0:
        watch.improved()


def _config(seconds: float) -> SolverConfig:
    return SolverConfig(
        solution_class=Timetable,
        entity_class_list=[Meeting],
        environment_mode=EnvironmentMode.NO_ASSERT,
        random_seed=1,
        score_director_factory_config=ScoreDirectorFactoryConfig(constraint_provider_function=rules),
        termination_config=TerminationConfig(
            spent_limit=Duration(milliseconds=round(1000 * seconds)), best_score_limit="0hard/0soft"
        ),
    )


def _timetable(book: Textbook) -> Timetable:
    has_idle = any(not book.meetings_of(each) for each in range(book.participants))
    return Timetable(
        halls=[Hall(book.tables, book.slots if book.differ_by is None else book.differ_by, has_idle)],
        attendances=[
            Attendance(participant, meeting) for meeting, pair in enumerate(book.meetings) for participant in pair
        ],
        orders=[Order(later, earlier) for later, earlier in book.after],
        meetings=[
            Meeting(number, one, other, list(allowed))
            for number, ((one, other), allowed) in enumerate(zip(book.meetings, book.allowed, strict=True))
        ],
    )


@constraint_provider
def rules(factory: ConstraintFactory) -> list[Constraint]:
    """What a plan must keep, and what it should be."""
    return [one_place(factory), tables(factory), order(factory), even(factory), few_breaks(factory)]


def one_place(factory: ConstraintFactory) -> Constraint:
    """Nobody has two meetings in a slot."""
    return (
        factory.for_each(Attendance)
        .join(Meeting, Joiners.equal(meeting_attended, meeting_id))
        .group_by(participant_of, slot_taken, ConstraintCollectors.count_bi())
        .filter(lambda _participant, _slot, count: count > 1)
        .penalize(HardSoftScore.ONE_HARD, lambda _participant, _slot, count: count - 1)
        .as_constraint("one place")
    )


def tables(factory: ConstraintFactory) -> Constraint:
    """No slot has more meetings than there are tables."""
    return (
        factory.for_each(Meeting)
        .group_by(lambda meeting: meeting.slot, ConstraintCollectors.count())
        .join(Hall)
        .filter(lambda _slot, count, hall: count > hall.tables)
        .penalize(HardSoftScore.ONE_HARD, lambda _slot, count, hall: count - hall.tables)
        .as_constraint("tables")
    )


def order(factory: ConstraintFactory) -> Constraint:
    """A meeting comes later than those it is to come after."""
    return (
        factory.for_each(Order)
        .join(Meeting, Joiners.equal(lambda order: order.later, lambda meeting: meeting.id))
        .join(Meeting, Joiners.equal(lambda order, _later: order.earlier, lambda meeting: meeting.id))
        .filter(lambda _order, later, earlier: later.slot <= earlier.slot)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("order")
    )


def even(factory: ConstraintFactory) -> Constraint:
    """The breaks of any two participants differ by no more than allowed."""
    return (
        _participants(factory)
        .map(lambda _participant, chain: len(chain.getBreaks()))
        .group_by(ConstraintCollectors.min(), ConstraintCollectors.max())
        .join(Hall)
        .map(lambda fewest, most, hall: most - (0 if hall.has_idle else fewest) - hall.differ_by)
        .filter(lambda excess: excess > 0)
        .penalize(HardSoftScore.ONE_HARD, lambda excess: excess)
        .as_constraint("even")
    )


def few_breaks(factory: ConstraintFactory) -> Constraint:
    """The fewer breaks the better."""
    return (
        _participants(factory)
        .penalize(HardSoftScore.ONE_SOFT, lambda _participant, chain: len(chain.getBreaks()))
        .as_constraint("few breaks")
    )


def _participants(factory: ConstraintFactory) -> BiConstraintStream:
    """Each participant with the chain of the slots it has meetings in."""
    return (
        factory.for_each(Attendance)
        .join(Meeting, Joiners.equal(meeting_attended, meeting_id))
        .group_by(participant_of, ConstraintCollectors.to_consecutive_sequences(slot_taken, itself))
    )


# Timefold shares the work of streams that are told the same functions.
def meeting_attended(attendance: Attendance) -> int:
    """The number of the meeting."""
    return attendance.meeting


def meeting_id(meeting: Meeting) -> int:
    """The number of the meeting."""
    return meeting.id


def participant_of(attendance: Attendance, _meeting: Meeting) -> int:
    """The number of the participant."""
    return attendance.participant


def slot_taken(_attendance: Attendance, meeting: Meeting) -> int | None:
    """The slot in which the participant has the meeting."""
    return meeting.slot


def itself(slot: int) -> int:
    """The place of a slot among all slots."""
    return slot
