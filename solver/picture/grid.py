"""Where things stand on the board: time down, rooms across, and beside each other what overlaps."""

from collections.abc import Sequence
from dataclasses import dataclass

from solver.attendance import Activity
from solver.picture.parts import Box, Paper
from solver.picture.scene import Scene
from solver.problem import Span, Windows

_LEFT = 64.0
_GAP = 1.5
# A room that only holds what stands over all rooms needs no more than room for its name.
_IDLE, _IDLE_LEAST = 0.7, 44.0


@dataclass(frozen=True, slots=True)
class Hours:
    """Time downwards: where the shown part of the day begins, and the height of an hour."""

    top: float
    hour: float
    shown: Span

    @property
    def bottom(self) -> float:
        """Where the shown part of the day ends."""
        return self.y(self.shown.end)

    def y(self, minute: int) -> float:
        """How far down a moment is."""
        return self.top + (minute - self.shown.start) * self.hour / 60


@dataclass(frozen=True, slots=True)
class Column:
    """A room with its place across; `room` is None for what has no room, or one that the day does not know."""

    room: str | None
    x: float
    width: float
    activities: tuple[Activity, ...]


def columns(scene: Scene, paper: Paper) -> tuple[Column, ...]:
    """A column for each room, and one more when something needs no room while something else goes on."""
    rooms: list[str | None] = [room.id for room in scene.problem.rooms]
    narrow = [each for each in scene.placed if each not in scene.wide]
    if any(each.room not in rooms for each in narrow):
        rooms.append(None)
    held = [tuple(each for each in narrow if _column_of(each, scene) == room) for room in rooms]
    idle = max(_IDLE, min(1.0, _IDLE_LEAST * len(rooms) / (paper.right - _LEFT)))
    shares = [1.0 if activities or not any(held) else idle for activities in held]
    unit, x, found = (paper.right - _LEFT) / sum(shares), _LEFT, []
    for room, activities, share in zip(rooms, held, shares, strict=True):
        found.append(Column(room, x, share * unit, activities))
        x += share * unit
    return tuple(found)


def _column_of(activity: Activity, scene: Scene) -> str | None:
    return activity.room if activity.room in scene.problem.room else None


def place(hours: Hours, column: Column) -> tuple[tuple[Activity, Box], ...]:
    """The activities of a column, each with its box; those that overlap share the width."""
    placed = []
    for cluster in _clusters(column.activities):
        lanes = _lanes(cluster)
        share = (column.width - 2 * _GAP) / (max(lanes) + 1)
        for activity, lane in zip(cluster, lanes, strict=True):
            placed.append((activity, box(hours, activity, column.x + _GAP + lane * share, share)))
    return tuple(placed)


def box(hours: Hours, span: Activity | Span, x: float, width: float) -> Box:
    """The box of a span of time; a hair of air keeps it from the next."""
    top, bottom = hours.y(span.start), hours.y(span.end)
    return Box(x, top + 0.6, width, max(1.0, bottom - top - 1.2))


def wide_box(hours: Hours, activity: Activity, paper: Paper) -> Box:
    """The box of what stands over all rooms."""
    return box(hours, activity, _LEFT + _GAP, paper.right - _LEFT - 2 * _GAP)


def closed(scene: Scene, free: Windows) -> tuple[Span, ...]:
    """When a room is closed within the shown day, less what stands over all rooms."""
    taken = sorted([(each.start, each.end) for each in free] + [(each.start, each.end) for each in scene.wide])
    spans, start = [], scene.frame.start
    for begins, ends in [*taken, (scene.frame.end, scene.frame.end)]:
        if start < begins:
            spans.append(Span(start, begins))
        start = max(start, ends)
    return tuple(spans)


def _clusters(activities: Sequence[Activity]) -> list[list[Activity]]:
    clusters: list[list[Activity]] = []
    end = 0
    for activity in activities:
        if not clusters or activity.start >= end:
            clusters.append([])
        clusters[-1].append(activity)
        end = max(end, activity.end)
    return clusters


def _lanes(cluster: Sequence[Activity]) -> list[int]:
    ends: list[int] = []
    lanes = []
    for activity in cluster:
        lane = next((lane for lane, end in enumerate(ends) if end <= activity.start), len(ends))
        ends[lane:] = [activity.end, *ends[lane + 1 :]]
        lanes.append(lane)
    return lanes
