"""What the plan strives for: each aim as one figure that the solver can compare."""

from collections.abc import Callable, Sequence

from solver.activities import Activity
from solver.model.formula import Figure, Literal, count, times, total
from solver.model.waiting import breaks_of, last_end, takes_any, wait_of
from solver.problem import Aim, AnnouncedMeeting, Panel, Span, Supplier, Wish
from solver.variables import MINUTES_OF_A_DAY, Choices


def reached(choices: Choices) -> Figure:
    """The suppliers with at least one requested meeting that have at least one placed."""
    requested = {supplier: _meetings_of(choices, supplier) for supplier in sorted(choices.problem.supplier)}
    return count(_has_meeting(choices, supplier, meetings) for supplier, meetings in requested.items())


def _meetings_of(choices: Choices, supplier: str) -> list[Activity]:
    return [meeting for meeting in choices.meetings.values() if supplier in meeting.suppliers]


def _has_meeting(choices: Choices, supplier: str, meetings: Sequence[Activity]) -> Literal:
    return choices.some(("has a meeting", supplier), (choices.placed[meeting.id] for meeting in meetings))


def placed(choices: Choices) -> Figure:
    """The sum of the `weight` of placed meetings."""
    return total(times(choices.problem.meeting[name].weight, choices.placed[name]) for name in choices.meetings)


def kept(choices: Choices) -> Figure:
    """Ten for each announced meeting dropped or at another start, one for each in another room only."""
    announced = sorted(choices.problem.announced, key=lambda meeting: meeting.id)
    return total(_cost_of_change(choices, meeting) for meeting in announced)


def _cost_of_change(choices: Choices, announced: AnnouncedMeeting) -> Figure:
    keeps_start = choices.start[announced.id].get(announced.start, choices.never)
    keeps_room = choices.room[announced.id][announced.room]
    only_room = choices.both(("only changes room", announced.id), keeps_start, -keeps_room)
    return times(10, -keeps_start) + times(1, only_room)


def longest_wait(choices: Choices) -> Figure:
    """The longest wait of any supplier, in minutes."""
    longest = choices.formula.number(0, MINUTES_OF_A_DAY, "the longest wait")
    for supplier in sorted(choices.problem.supplier):
        choices.formula.bound(longest - wait_of(choices, supplier), least=0)
    return longest


def wait(choices: Choices) -> Figure:
    """The sum of the suppliers' waits, in minutes."""
    return total(wait_of(choices, supplier) for supplier in sorted(choices.problem.supplier))


def breaks(choices: Choices) -> Figure:
    """The number of gaps between consecutive activities of a supplier, over all suppliers."""
    return total(breaks_of(choices, supplier) for supplier in sorted(choices.problem.supplier))


def wishes(choices: Choices) -> Figure:
    """The weight of the wishes met: all placed meetings of the supplier, at least one, lie inside the wish."""
    suppliers = sorted(choices.problem.suppliers, key=lambda supplier: supplier.id)
    wished = [(supplier, wish) for supplier in suppliers for wish in sorted(supplier.wishes, key=_by_span)]
    return total(times(wish.weight, _is_met(choices, supplier, wish)) for supplier, wish in wished)


def _by_span(wish: Wish) -> tuple[Span, int]:
    return wish.span, wish.weight


def _is_met(choices: Choices, supplier: Supplier, wish: Wish) -> Literal:
    meetings = _meetings_of(choices, supplier.id)
    outside = [
        literal
        for meeting in meetings
        for time, literal in choices.start[meeting.id].items()
        if not wish.span.holds(time, time + meeting.minutes)
    ]
    lies_outside = choices.some(("has a meeting outside", supplier.id, wish.span), outside)
    return choices.both(
        ("has its wish", supplier.id, wish.span), _has_meeting(choices, supplier.id, meetings), -lies_outside
    )


def panel_rooms(choices: Choices) -> Figure:
    """For each panel with meetings, the rooms used less one, summed."""
    return total(_moves(choices, panel) for panel in sorted(choices.problem.panels, key=lambda panel: panel.id))


def _moves(choices: Choices, panel: Panel) -> Figure:
    meetings = [meeting for meeting in choices.meetings.values() if panel.id in meeting.panels]
    if len({choices.home(meeting.id) for meeting in meetings}) < 2:
        return Figure()
    used = [_uses(choices, panel, meetings, room) for room in choices.alike]
    return count(used) - times(1, takes_any(choices, ("panel", panel.id), meetings))


def _uses(choices: Choices, panel: Panel, meetings: Sequence[Activity], room: str) -> Literal:
    return choices.some(
        ("uses", panel.id, room),
        (
            choices.both(
                ("takes place in", meeting.id, room), choices.placed[meeting.id], choices.room[meeting.id][room]
            )
            for meeting in meetings
            if room in choices.rooms_left(meeting.id)
        ),
    )


def finish(choices: Choices) -> Figure:
    """The minutes from `opens` to the end of the last meeting; 0 without meetings."""
    meetings = list(choices.meetings.values())
    opens = choices.problem.day.opens
    return last_end(choices, ("day",), meetings) - times(opens, takes_any(choices, ("day",), meetings))


AIMS: dict[Aim, Callable[[Choices], Figure]] = {
    Aim.REACHED: reached,
    Aim.PLACED: placed,
    Aim.KEPT: kept,
    Aim.LONGEST_WAIT: longest_wait,
    Aim.WAIT: wait,
    Aim.BREAKS: breaks,
    Aim.WISHES: wishes,
    Aim.PANEL_ROOMS: panel_rooms,
    Aim.FINISH: finish,
}
