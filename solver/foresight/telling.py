"""Times and rooms told as sessions and meetings, each with the people it takes; and these as a plan."""

from collections.abc import Mapping

from solver.foresight.arbiter import Placed
from solver.foresight.cells import Cells
from solver.foresight.crews import NOBODY
from solver.foresight.lodging import Rooming
from solver.foresight.pieces import Ground
from solver.plan import PlacedMeeting, PlacedSession, Plan, Status
from solver.problem import Problem


def told(cells: Cells, ground: Ground, times: Mapping[str, int], rooming: Rooming) -> Placed:
    """Everything that takes place: what is fixed, and the rest at these numbers of starts."""
    minutes = {name: start * cells.step for name, start in times.items()}
    rooms = {name: _room(ground, name, rooming) for name in times}
    for name, fixed in cells.fixed.items():
        minutes[name], rooms[name] = fixed.start, fixed.room
    sessions = [name for name in sorted(minutes) if not cells.activities[name].is_meeting]
    return (
        tuple(_session(cells, name, minutes[name], rooms[name]) for name in sessions),
        tuple(
            _meeting(cells, ground, name, minutes[name], rooms[name]) for name in sorted(set(minutes) - set(sessions))
        ),
    )


def _room(ground: Ground, name: str, rooming: Rooming) -> str | None:
    unit = ground.units.name_of(name)
    return rooming.elsewhere.get(name) or (None if unit is None else rooming.room[unit])


def _session(cells: Cells, name: str, start: int, room: str | None) -> PlacedSession:
    return PlacedSession(name, start, start + cells.activities[name].minutes, room)


def _meeting(cells: Cells, ground: Ground, name: str, start: int, room: str | None) -> PlacedMeeting:
    if room is None:
        raise LookupError(name)
    meeting = cells.activities[name]
    without = frozenset[str]().union(*(ground.spared.get(panel, NOBODY) for panel in meeting.panels))
    return PlacedMeeting(name, start, start + meeting.minutes, room, cells.crews.crew(meeting, room, start, without))


def plan_of(problem: Problem, placed: Placed, solver: str, problem_sha256: str) -> Plan:
    """What takes place as a plan that claims nothing of any aim."""
    names = {each.id for each in placed[1]}
    return Plan(
        status=Status.FEASIBLE,
        sessions=placed[0],
        meetings=placed[1],
        unplaced=tuple(sorted(name for name in problem.meeting if name not in names)),
        aims=(),
        seed=0,
        workers=1,
        solver=solver,
        seconds=0.0,
        problem_sha256=problem_sha256,
    )
