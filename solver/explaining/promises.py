"""Changes that let go of something: a room, a pin, a demand, or the wish to be done in one day."""

from dataclasses import replace

from solver.explaining.changes import Change
from solver.problem import Meeting, Problem

Ids = tuple[str, ...]


def let_panel_move(panels: Ids) -> Change:
    """Some panels may change rooms between their meetings."""

    def apply(problem: Problem) -> Problem:
        moving = (replace(each, stays=each.stays and each.id not in panels) for each in problem.panels)
        return replace(problem, panels=tuple(moving))

    return Change("let_panel_move", {"panels": list(panels)}, 5 * len(panels), apply)


def drop_pin(meetings: Ids) -> Change:
    """Some meetings need no longer keep the start and the room that they were given."""

    def apply(problem: Problem) -> Problem:
        loose = (replace(each, start=None, room=None) if each.id in meetings else each for each in problem.meetings)
        announced = (each for each in problem.announced if each.id not in meetings)
        return replace(problem, meetings=tuple(loose), announced=tuple(announced))

    return Change("drop_pin", {"meetings": list(meetings)}, 20 * len(meetings), apply)


def drop_required(meetings: Ids) -> Change:
    """Some meetings are wished for, and no longer required."""

    def apply(problem: Problem) -> Problem:
        wished = (replace(each, required=each.required and each.id not in meetings) for each in problem.meetings)
        return replace(problem, meetings=tuple(wished))

    return Change("drop_required", {"meetings": list(meetings)}, 1000 + 200 * len(meetings), apply)


def second_day(suppliers: Ids) -> Change:
    """Some suppliers have all their meetings on another day."""

    def apply(problem: Problem) -> Problem:
        gone = {each.id for each in problem.meetings if not set(suppliers).isdisjoint(each.parties)}

        def after(names: Ids) -> Ids:
            return tuple(name for name in names if name not in gone)

        def meeting(each: Meeting) -> Meeting:
            return replace(each, after=after(each.after))

        return replace(
            problem,
            meetings=tuple(meeting(each) for each in problem.meetings if each.id not in gone),
            sessions=tuple(replace(each, after=after(each.after)) for each in problem.sessions),
            announced=tuple(each for each in problem.announced if each.id not in gone),
        )

    return Change("second_day", {"suppliers": list(suppliers)}, 500 + 100 * len(suppliers), apply)
