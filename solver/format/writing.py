"""Days and plans as JSON values, with every default written out, and as the text of a file."""

import json
from collections.abc import Mapping

from solver.format.day_file import FORMAT as DAY_FORMAT
from solver.format.plan_file import FORMAT as PLAN_FORMAT
from solver.plan import Move, Place, PlacedMeeting, PlacedSession, Plan
from solver.problem import Day, Meeting, Panel, Person, Problem, Rest, Room, Session, Supplier, Travel, Windows
from solver.times import clock

Json = Mapping[str, object]
_LINE = 120


def problem_values(problem: Problem) -> Json:
    """The JSON values of a day file."""
    return {
        "format": DAY_FORMAT,
        "day": _day(problem.day),
        "rooms": [_room(room) for room in problem.rooms],
        "travel": _travel(problem.travel),
        "people": [_person(person) for person in problem.people],
        "panels": [_panel(panel) for panel in problem.panels],
        "suppliers": [_supplier(supplier) for supplier in problem.suppliers],
        "sessions": [_session(session) for session in problem.sessions],
        "meetings": [_meeting(meeting) for meeting in problem.meetings],
        "rests": [_rest(rest, problem) for rest in problem.rests],
        "apart": [{"suppliers": apart.suppliers, "minutes": apart.minutes} for apart in problem.apart],
        "limits": {"breaks_differ_by": problem.breaks_differ_by},
        "announced": _announced(problem),
        "aims": problem.aims,
    }


def plan_values(plan: Plan) -> Json:
    """The JSON values of a plan file."""
    return {
        "format": PLAN_FORMAT,
        "status": plan.status,
        "sessions": [_placed(placed) for placed in plan.sessions],
        "meetings": [{**_placed(placed), "people": placed.people} for placed in plan.meetings],
        "unplaced": plan.unplaced,
        **({} if plan.moved is None else {"moved": [_move(move) for move in plan.moved]}),
        "aims": [
            {"aim": result.aim, "value": result.value, "bound": result.bound, "proven": result.proven}
            for result in plan.aims
        ],
        "seed": plan.seed,
        "workers": plan.workers,
        "solver": plan.solver,
        "seconds": plan.seconds,
        "problem_sha256": plan.problem_sha256,
    }


def laid_out(values: Json) -> bytes:
    """A JSON object as a file that people can read and compare: what fits on a line stands on one."""
    return (_broken(values, "") + "\n").encode()


def _laid(value: object, margin: str, label: str = "") -> str:
    line = f"{margin}{label}{_text(value)}"
    if len(line) < _LINE or not isinstance(value, list | tuple | Mapping) or not value:
        return line
    return f"{margin}{label}{_broken(value, margin)}"


def _broken(value: Json | list[object] | tuple[object, ...], margin: str) -> str:
    deeper = margin + "  "
    if isinstance(value, Mapping):
        lines, (left, right) = [_laid(item, deeper, f"{_text(key)}: ") for key, item in value.items()], "{}"
    else:
        lines, (left, right) = [_laid(item, deeper) for item in value], "[]"
    return f"{left}\n" + ",\n".join(lines) + f"\n{margin}{right}"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _clock_or_null(minutes: int | None) -> str | None:
    return None if minutes is None else clock(minutes)


def _windows(windows: Windows) -> list[tuple[str, str]]:
    return [(clock(span.start), clock(span.end)) for span in windows]


def _day(day: Day) -> Json:
    return {
        "date": day.date.isoformat(),
        "timezone": day.timezone,
        "opens": clock(day.opens),
        "closes": clock(day.closes),
        "step_minutes": day.step,
    }


def _room(room: Room) -> Json:
    return {
        "id": room.id,
        "name": room.name,
        "seats": room.seats,
        "features": sorted(room.features),
        "free": _windows(room.free),
    }


def _travel(travel: Travel) -> Json:
    between = [[*sorted(pair), minutes] for pair, minutes in travel.between.items()]
    return {"minutes": travel.minutes, "between": between}


def _person(person: Person) -> Json:
    return {
        "id": person.id,
        "buyer": person.buyer,
        "skills": sorted(person.skills),
        "free": _windows(person.free),
        "barred": sorted(person.barred),
    }


def _panel(panel: Panel) -> Json:
    needs, stretch = panel.needs, panel.stretch
    return {
        "id": panel.id,
        "members": panel.members,
        "needs": {"people": needs.people, "buyers": needs.buyers, "skills": dict(needs.skills)},
        "rooms": panel.rooms,
        "stays": panel.stays,
        "pause_minutes": panel.pause_minutes,
        "stretch": stretch and {"minutes": stretch.minutes, "rest_minutes": stretch.rest_minutes},
    }


def _supplier(supplier: Supplier) -> Json:
    return {
        "id": supplier.id,
        "seats": supplier.seats,
        "online": supplier.online,
        "free": _windows(supplier.free),
        "wishes": [
            {"from": clock(wish.span.start), "to": clock(wish.span.end), "weight": wish.weight}
            for wish in supplier.wishes
        ],
    }


def _session(session: Session) -> Json:
    # A break without rooms needs none, and the format says so by leaving the key out.
    rooms = {} if session.is_break and not session.rooms else {"rooms": session.rooms}
    return {
        "id": session.id,
        "title": session.title,
        "kind": session.kind,
        "minutes": session.minutes,
        "windows": _windows(session.windows),
        **rooms,
        "suppliers": session.suppliers,
        "panels": session.panels,
        "people": session.people,
        "after": session.after,
    }


def _meeting(meeting: Meeting) -> Json:
    return {
        "id": meeting.id,
        "parties": meeting.parties,
        "minutes": meeting.minutes,
        "required": meeting.required,
        "weight": meeting.weight,
        "after": meeting.after,
        "windows": _windows(meeting.windows),
        "rooms": meeting.rooms,
        "start": _clock_or_null(meeting.start),
        "room": meeting.room,
    }


def _rest(rest: Rest, problem: Problem) -> Json:
    return {
        "who": _who(rest, problem),
        "minutes": rest.minutes,
        "window": (clock(rest.window.start), clock(rest.window.end)),
    }


def _who(rest: Rest, problem: Problem) -> str | list[str]:
    # In a list, an id that is both a supplier and a person means both; the words can tell them apart.
    every_supplier, every_person = tuple(problem.supplier), tuple(problem.person)
    words = {(every_supplier, every_person): "all", (every_supplier, ()): "suppliers", ((), every_person): "people"}
    return words.get((rest.suppliers, rest.people)) or list(dict.fromkeys((*rest.suppliers, *rest.people)))


def _announced(problem: Problem) -> Json:
    return {
        "meetings": [{"id": told.id, "start": clock(told.start), "room": told.room} for told in problem.announced],
        "fixed_until": _clock_or_null(problem.fixed_until),
    }


def _move(move: Move) -> Json:
    return {"id": move.id, "from": _place(move.told), "to": move.to and _place(move.to)}


def _place(place: Place) -> Json:
    return {"start": clock(place.start), "room": place.room}


def _placed(placed: PlacedSession | PlacedMeeting) -> Json:
    return {"id": placed.id, "start": clock(placed.start), "end": clock(placed.end), "room": placed.room}
