"""What the picture says in whole sentences: to a screen reader, under a pointer, and in its head and foot."""

from collections.abc import Callable

from solver.attendance import Activity
from solver.picture.scene import Scene
from solver.plan import Status
from solver.problem import Meeting


def outcome(scene: Scene) -> tuple[str, ...]:
    """What came of it: how many suppliers have a meeting, the longest wait, and what found no place."""
    words, is_planned = scene.words, scene.plan.status in {Status.OPTIMAL, Status.FEASIBLE}
    reached = words.reached.format(reached=len(scene.reached), asked=len(scene.asking | scene.reached))
    facts = [reached if scene.asking else words.nobody_asked]
    if is_planned and scene.waits:
        facts.append(_longest_wait(scene))
    if scene.unplaced:
        facts.append(unplaced_heading(scene))
    return tuple(facts) if is_planned else (words.status[scene.plan.status], *facts)


def description(scene: Scene) -> str:
    """The picture in words: the outcome, what is common, and who has no meeting."""
    without = [scene.names.party(each) for each in scene.suppliers if each in scene.asking - scene.reached]
    missing = [scene.words.without_meeting.format(names=scene.words.listed(without))] if without else []
    return " ".join(f"{said}." for said in (*outcome(scene), *(activity(scene, each) for each in scene.wide), *missing))


def activity(scene: Scene, placed: Activity) -> str:
    """A session or a meeting in full: what it is, when, where, and who comes."""
    what = _meeting(scene, placed.suppliers, placed.panels) if placed.is_meeting else scene.names.session(placed.id)
    time, place = scene.words.span(placed.start, placed.end), scene.names.room(placed.room)
    return ", ".join(filter(None, (what, time, place, "" if placed.is_meeting else audience(scene, placed))))


def unplaced(scene: Scene, meeting: Meeting) -> str:
    """A meeting without a place in full: who would have met whom, for how long."""
    suppliers, panels = parties(scene, meeting)
    return f"{_meeting(scene, suppliers, panels)}, {scene.words.duration(meeting.minutes)}"


def unplaced_heading(scene: Scene) -> str:
    """How many meetings found no place: `Ikke plassert: 2 møter`."""
    return scene.words.not_placed.format(meetings=scene.words.meetings.count(len(scene.unplaced)))


def parties(scene: Scene, meeting: Meeting) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The suppliers and the panels of a wished meeting, by id."""
    problem = scene.problem
    return tuple(each.id for each in problem.suppliers_of(meeting)), tuple(
        each.id for each in problem.panels_of(meeting)
    )


def supplier(scene: Scene, supplier_id: str) -> str:
    """The day of one supplier in full: its meetings, and how long it waits."""
    words, name = scene.words, scene.names.party(supplier_id)
    if supplier_id not in scene.reached:
        return f"{name}: {_lower(wait(scene, supplier_id))}"
    meetings = [
        f"{', '.join(map(panel_of(scene), each.panels)) or words.meetings.one} {words.span(each.start, each.end)}"
        for each in scene.day_of(supplier_id)
        if each.is_meeting
    ]
    return f"{name}: {words.listed(meetings)}, {words.waits.format(wait=wait(scene, supplier_id))}"


def wait(scene: Scene, supplier_id: str) -> str:
    """How long a supplier waits, or why that is not to be told."""
    if supplier_id in scene.reached:
        return scene.words.duration(scene.waits[supplier_id])
    return scene.words.no_meeting if supplier_id in scene.asking else scene.words.no_request


def room(scene: Scene, room_id: str) -> str:
    """A room in full: its name, its seats and the panels that meet in it."""
    panels = panels_in(scene, room_id)
    seats = scene.words.seats.count(scene.problem.room[room_id].seats)
    return ", ".join((scene.names.room(room_id), seats, *map(panel_of(scene), panels)))


def panels_in(scene: Scene, room_id: str) -> tuple[str, ...]:
    """The panels that have meetings in a room, in the order of the problem."""
    busy = {panel for meeting in scene.meetings if meeting.room == room_id for panel in meeting.panels}
    return tuple(panel.id for panel in scene.problem.panels if panel.id in busy)


def panel_of(scene: Scene) -> Callable[[str], str]:
    """A namer of panels by id, with letter and name: `panel A (Helse)`."""

    def name(panel: str) -> str:
        letter, own = scene.names.letters((panel,)), scene.names.party(panel)
        lettered = scene.words.panel.format(letter=letter)
        return lettered if own.casefold() in (letter.casefold(), lettered.casefold()) else f"{lettered} ({own})"

    return name


def audience(scene: Scene, session: Activity) -> str:
    """Who comes to a session: `alle leverandører og alle paneler`."""
    words, problem = scene.words, scene.problem
    groups = (
        _share(len(session.suppliers), len(problem.suppliers), words.all_suppliers, words.suppliers.count),
        _share(len(scene.panels_at(session)), len(problem.panels), words.all_panels, words.panels.count),
    )
    return words.listed([*filter(None, groups)]) or words.people.count(len(session.people))


def _meeting(scene: Scene, suppliers: tuple[str, ...], panels: tuple[str, ...]) -> str:
    everyone = [*map(scene.names.party, suppliers), *map(panel_of(scene), panels)]
    # A meeting of suppliers alone, or of panels alone, is told from the first of them.
    firsts = len(suppliers) if suppliers and panels else 1
    who, whom = scene.words.listed(everyone[:firsts]), scene.words.listed(everyone[firsts:])
    return scene.words.meeting.format(who=who, whom=whom)


def _longest_wait(scene: Scene) -> str:
    longest = max(scene.waits.values())
    return scene.words.longest_wait.format(wait=scene.words.duration(longest)) if longest else scene.words.nobody_waits


def _share(some: int, everyone: int, all_of_them: str, count: Callable[[int], str]) -> str:
    if not some:
        return ""
    return all_of_them if some == everyone else count(some)


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
