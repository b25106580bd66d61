"""The foot of the sheet: what the shapes mean, and how far the plan is proven."""

from solver.picture.cards import ground
from solver.picture.grid import closed
from solver.picture.lettering import cut, legible, width
from solver.picture.palette import NEUTRAL
from solver.picture.parts import Box, Group, Hatch, Paper, Section, Stroke, Text, flow
from solver.picture.scene import Scene

_SIZE, _ROW, _SWATCH = 9.0, 15.0, 22.0
_ABOVE, _STATUS, _EDGE = 14.0, 36.0, 24.0
_FINGERPRINT = 12


def foot(scene: Scene, paper: Paper, top: float, edge: str = "") -> Section:
    """The key to the shapes that occur, and words at the edge of the paper: the status of the plan, or others."""
    key = _key(scene)
    first = top + _ABOVE
    places = flow([_SWATCH + 6 + width(words, _SIZE) + 16 for _, words in key], paper.left, paper.right)
    parts = [_entry(look, words, x, first + row * _ROW) for (look, words), (x, row) in zip(key, places, strict=True)]
    bottom = first + (places[-1][1] + 1 if places else 0) * _ROW
    words = cut(edge or status(scene), paper.room, _SIZE)
    return Section((*parts, Text(paper.left, paper.height - _EDGE, words, _SIZE, muted=True)), bottom + _STATUS)


def _key(scene: Scene) -> list[tuple[str, str]]:
    words = scene.words
    kinds = {scene.kind(each) for each in scene.placed if not each.is_meeting}
    waits = any(scene.waits.values())
    is_closed = any(closed(scene, room.free) for room in scene.problem.rooms)
    possible = (
        ("plenary", words.plenary, "plenary" in kinds),
        ("pause", words.pause, "pause" in kinds),
        ("session", words.other_session, "session" in kinds),
        ("wait", words.wait, waits),
        ("closed", words.closed, is_closed),
        (NEUTRAL, words.no_panel, not all(meeting.panels for meeting in scene.meetings)),
    )
    return [(look, said) for look, said, occurs in possible if occurs]


def _entry(look: str, words: str, x: float, y: float) -> Group:
    box, middle = Box(x, y, _SWATCH, 9), y + 4.5
    swatch = (Stroke(x, middle, x + _SWATCH, middle, look),) if look == "wait" else ground(box, look, 1.5)
    hatch = (Hatch(box),) if look == "closed" else ()
    return Group(words, (*hatch, *swatch, Text(x + _SWATCH + 6, y + 8, words, _SIZE, muted=True)))


def status(scene: Scene, digits: int = _FINGERPRINT) -> str:
    """How far the plan is proven, from which number it was drawn, and for which day."""
    words, plan = scene.words, scene.plan
    sha = legible(plan.problem_sha256)[:digits]
    facts = [words.status[plan.status], words.seed.format(seed=plan.seed)]
    return " · ".join([*facts, *([words.fingerprint.format(sha=sha)] if sha else [])])
