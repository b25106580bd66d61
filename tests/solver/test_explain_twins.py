"""What is shown of one meeting stands for all that nothing tells apart from it."""

from collections.abc import Collection
from dataclasses import replace

from solver.explaining.instances import Instance
from solver.explaining.shrinking import Shrinking, Verdict
from solver.explaining.twins import Twins
from solver.problem import Problem
from solver.rules import Rule
from tests.solver.test_capacity import asked

MEETINGS = tuple(Instance(Rule.REQUIRED, (f"meeting:m{number:02}",)) for number in range(6))
SUPPLIERS = tuple(Instance(Rule.ONE_PLACE, (f"supplier:s{number:02}",)) for number in range(6))
PANEL = Instance(Rule.ONE_PLACE, ("panel:p0",))
TWO_PANELS = asked(3, panels=2)


def test_meetings_that_nothing_tells_apart_are_twins_and_so_is_what_is_said_of_their_suppliers() -> None:
    kept = (*MEETINGS, *SUPPLIERS)
    assert Twins(TWO_PANELS, kept).of(MEETINGS[0]) == frozenset(MEETINGS)
    assert Twins(TWO_PANELS, kept).of(SUPPLIERS[5]) == frozenset(SUPPLIERS)


def test_meetings_with_a_panel_of_which_something_is_said_are_no_twins_of_others() -> None:
    assert Twins(TWO_PANELS, (*MEETINGS, PANEL)).of(MEETINGS[0]) == frozenset(MEETINGS[::2])


def test_a_meeting_of_another_length_or_of_which_more_is_said_has_no_twin() -> None:
    longer = replace(TWO_PANELS, meetings=(replace(TWO_PANELS.meetings[0], minutes=35), *TWO_PANELS.meetings[1:]))
    kept = (*MEETINGS, SUPPLIERS[1])
    assert Twins(longer, kept).of(MEETINGS[0]) == {MEETINGS[0]}
    assert Twins(longer, kept).of(MEETINGS[1]) == {MEETINGS[1]}
    assert Twins(longer, kept).of(MEETINGS[2]) == frozenset(MEETINGS[2:])


def test_a_supplier_with_two_meetings_is_told_from_others() -> None:
    first, second, *others = TWO_PANELS.meetings
    twice = replace(TWO_PANELS, meetings=(first, replace(second, parties=("s00", "p1")), *others))
    assert Twins(twice, (*MEETINGS, *SUPPLIERS)).of(MEETINGS[2]) == frozenset(MEETINGS[2:])


def test_what_holds_of_one_is_asked_of_no_twin() -> None:
    assert _questions(TWO_PANELS) == 1


def _questions(problem: Problem) -> int:
    """How often a judge is asked who knows that every meeting is needed."""
    questions = list[Collection[Instance]]()

    def judge(kept: Collection[Instance]) -> Verdict:
        questions.append(kept)
        return Verdict(is_possible=True)

    shrinking = Shrinking(judge, MEETINGS, problem).shrink()
    assert (shrinking.kept, shrinking.is_sure) == (frozenset(MEETINGS), True)
    return len(questions)
