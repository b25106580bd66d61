"""The checks about panels and people: who attends, their pauses, who is barred, and even breaks."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from solver.attendance import Activity, Reading, breaks_of, meetings_of
from solver.plan import PlacedMeeting
from solver.problem import Needs, Panel, Person, Stretch
from solver.rules import Breach, Rule
from solver.times import clock


def panel(reading: Reading) -> Iterator[Breach]:
    """R6: everyone who attends does so once and for a panel, and each panel has what it needs."""
    for placed in reading.plan.meetings:
        asked = reading.problem.meeting.get(placed.id)
        if asked is not None:
            panels = reading.problem.panels_of(asked)
            yield from _strangers(placed, panels)
            for attending in panels:
                yield from _unmet_needs(reading, placed, attending)


def pause(reading: Reading) -> Iterator[Breach]:
    """R7: a panel has its pause between two meetings, and its rest after a long stretch; sessions do not count."""
    for known in reading.problem.panels:
        meetings = meetings_of(reading.of_panel(known.id))
        yield from _short_pauses(known, meetings)
        if known.stretch is not None:
            yield from _long_stretches(known, known.stretch, meetings)


def barred(reading: Reading) -> Iterator[Breach]:
    """R14: nobody attends a meeting with a supplier they are barred from."""
    for meeting in reading.meetings:
        for name in meeting.people:
            for supplier in meeting.suppliers:
                if supplier in reading.problem.person[name].barred:
                    text = f"Person {name} attends {meeting.shown}, but is barred from supplier {supplier}."
                    yield Breach(Rule.BARRED, (meeting.about, f"person:{name}", f"supplier:{supplier}"), text)


def even(reading: Reading) -> Iterator[Breach]:
    """R15: the breaks of no two suppliers differ too much; told once, for the most and the fewest."""
    allowed = reading.problem.breaks_differ_by
    breaks = {each.id: breaks_of(reading.of_supplier(each.id)) for each in reading.problem.suppliers}
    if allowed is None or not breaks:
        return
    most, fewest = max(breaks, key=breaks.__getitem__), min(breaks, key=breaks.__getitem__)
    if breaks[most] - breaks[fewest] > allowed:
        text = (
            f"Supplier {most} has {breaks[most]} breaks and supplier {fewest} has {breaks[fewest]};"
            f" they may differ by at most {allowed}."
        )
        yield Breach(Rule.EVEN, (f"supplier:{most}", f"supplier:{fewest}"), text)


def _strangers(placed: PlacedMeeting, panels: Iterable[Panel]) -> Iterator[Breach]:
    members = {member for attending in panels for member in attending.members}
    for name, times in Counter(placed.people).items():
        about = (f"meeting:{placed.id}", f"person:{name}")
        if name not in members:
            text = f"Person {name} attends meeting {placed.id}, but is a member of none of its panels."
            yield Breach(Rule.PANEL, about, text)
        if times > 1:
            yield Breach(Rule.PANEL, about, f"Person {name} attends meeting {placed.id} {times} times.")


def _unmet_needs(reading: Reading, placed: PlacedMeeting, attending: Panel) -> Iterator[Breach]:
    present = [reading.problem.person[name] for name in {*attending.members} & {*placed.people}]
    for what, needed, had in _needs(attending.needs, present):
        if had < needed:
            text = f"Panel {attending.id} has {had} of the {needed} {what} it needs in meeting {placed.id}."
            yield Breach(Rule.PANEL, (f"meeting:{placed.id}", f"panel:{attending.id}"), text)


def _needs(needs: Needs, present: list[Person]) -> Iterator[tuple[str, int, int]]:
    yield "people", needs.people, len(present)
    yield "buyers", needs.buyers, len({person.buyer for person in present})
    for skill, needed in needs.skills.items():
        holders = sum(skill in person.skills for person in present)
        yield f"holders of “{skill}”", needed, holders


def _short_pauses(known: Panel, meetings: tuple[Activity, ...]) -> Iterator[Breach]:
    for one, other in pairwise(meetings):
        had = max(0, one.gap_to(other))
        if had < known.pause_minutes:
            text = (
                f"Panel {known.id} has {had} of its {known.pause_minutes} minutes of pause"
                f" between {one.shown} and {other.shown}."
            )
            yield Breach(Rule.PAUSE, (one.about, other.about, f"panel:{known.id}"), text)


def _long_stretches(known: Panel, stretch: Stretch, meetings: tuple[Activity, ...]) -> Iterator[Breach]:
    for run in _runs(meetings, stretch.rest_minutes):
        start, end = run[0].start, max(meeting.end for meeting in run)
        if end - start > stretch.minutes:
            text = (
                f"Panel {known.id} goes on for {end - start} minutes, from {clock(start)} to {clock(end)},"
                f" but at most {stretch.minutes} may pass without a rest of {stretch.rest_minutes}."
            )
            about = (*(meeting.about for meeting in run), f"panel:{known.id}")
            yield Breach(Rule.PAUSE, about, text)


def _runs(meetings: tuple[Activity, ...], rest_minutes: int) -> list[list[Activity]]:
    runs: list[list[Activity]] = []
    end = 0
    for meeting in meetings:
        if runs and meeting.start - end < rest_minutes:
            runs[-1].append(meeting)
            end = max(end, meeting.end)
        else:
            runs.append([meeting])
            end = meeting.end
    return runs
