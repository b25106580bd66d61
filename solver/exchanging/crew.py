"""Who attends for a panel: all who can, or as few as are enough, and never more than the room has seats for."""

from collections import Counter
from collections.abc import Iterator, Sequence

from solver.exchanging.ground import Ground
from solver.problem import Panel


def crews(ground: Ground, meeting: str, room: str, able: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The most who may attend of those who are able, sorted, and the fewest where that differs; none if too few."""
    panels = ground.panels(meeting)
    if not _suffice(ground, panels, able):
        return
    most = _left_out(ground, panels, able, ground.seats_left(ground.problem.meeting[meeting], room))
    if most is None:
        return
    yield tuple(sorted(most))
    fewest = _fewest(ground, panels, most)
    if len(fewest) < len(most):
        yield tuple(sorted(fewest))


def _left_out(ground: Ground, panels: Sequence[Panel], able: Sequence[str], seats: int) -> list[str] | None:
    """As many as there are seats for, those left out whom the panels can spare; None when they can spare too few."""
    crew = list(able)
    for person in sorted(able, reverse=True):
        if len(crew) <= seats:
            break
        rest = [other for other in crew if other != person]
        crew = rest if _suffice(ground, panels, rest) else crew
    return crew if len(crew) <= seats else None


def _fewest(ground: Ground, panels: Sequence[Panel], crew: Sequence[str]) -> list[str]:
    fewest = list(crew)
    for person in sorted(crew, reverse=True):
        rest = [other for other in fewest if other != person]
        fewest = rest if _suffice(ground, panels, rest) else fewest
    return fewest


def _suffice(ground: Ground, panels: Sequence[Panel], crew: Sequence[str]) -> bool:
    """Whether those of each panel who are there have what it needs."""
    return all(_meets(ground, panel, [who for who in crew if who in panel.members]) for panel in panels)


def _meets(ground: Ground, panel: Panel, present: Sequence[str]) -> bool:
    people = [ground.problem.person[who] for who in present]
    skills = Counter(skill for person in people for skill in person.skills)
    return (
        len(people) >= panel.needs.people
        and len({person.buyer for person in people}) >= panel.needs.buyers
        and all(skills[skill] >= wanted for skill, wanted in panel.needs.skills.items())
    )
