"""Each remedy as one or two short sentences."""

from collections.abc import Callable, Mapping
from typing import Any

from solver.explaining.remedies import Remedy
from solver.explaining.wording import Words

# The facts of a change, each of the kind that its maker has put there.
Facts = Mapping[str, Any]


_ALL = {0: "all none", 1: "all one"}


def advice(words: Words, remedy: Remedy) -> str:
    """What to do, and what it comes to."""
    change = remedy.change
    said = _what_to_do(words, change.kind, change.facts)
    key = _ALL.get(remedy.asked, "all") if remedy.placed == remedy.asked else "some"
    return f"{said} {words.say(key, placed=remedy.placed, count=remedy.asked)}"


def _what_to_do(words: Words, kind: str, facts: Facts) -> str:
    return SAY[kind](words, facts) if kind in SAY else words.say(kind, **facts)


def _together(words: Words, facts: Facts) -> str:
    """Each change in turn, as sentences of one paragraph."""
    return " ".join(_what_to_do(words, each["kind"], each) for each in facts["changes"])


def _more_seats(words: Words, facts: Facts) -> str:
    return words.say("more_seats", room=words.thing(f"room:{facts['room']}"), seats=facts["seats"])


def _close_later(words: Words, facts: Facts) -> str:
    minutes = facts["minutes"]
    return words.say("close_later", minutes=minutes, time=words.time(words.problem.day.closes + minutes))


def _open_earlier(words: Words, facts: Facts) -> str:
    minutes = facts["minutes"]
    return words.say("open_earlier", minutes=minutes, time=words.time(words.problem.day.opens - minutes))


def _free_longer(words: Words, facts: Facts) -> str:
    kind, _, _ = facts["who"].partition(":")
    key = "free_longer activity" if kind in {"session", "meeting"} else "free_longer"
    whole, *before = (
        "–".join(map(words.written, piece)) for piece in ((facts["from"], facts["to"]), *facts["instead_of"])
    )
    said = words.say(key, who=words.thing(facts["who"]), window=whole)
    return words.say("free_longer instead", said=said, windows=words.listed(before)) if before else f"{said}."


def _add_room(words: Words, facts: Facts) -> str:
    features = words.say("with video") if facts["features"] else ""
    return words.say(
        _counted("add_room", facts["rooms"]), count=facts["rooms"], seats=facts["seats"], features=features
    )


def _add_panel(words: Words, facts: Facts) -> str:
    said = words.say(
        _counted("add_panel", facts["panels"]),
        count=facts["panels"],
        panel=words.thing(f"panel:{facts['like']}"),
        meetings=words.things("meeting", facts["meetings"]),
    )
    return f"{said} {words.say('add_panel rooms')}" if facts["rooms"] else said


def _add_person(words: Words, facts: Facts) -> str:
    key = "add_person skill" if "skill" in facts else "add_person"
    panels = words.things("panel", facts["panels"])
    said = words.say(_counted(key, facts["people"]), count=facts["people"], panels=panels, skill=facts.get("skill"))
    return f"{said} {words.say('add_person buyer')}" if "buyer" in facts else said


def _go_online(words: Words, facts: Facts) -> str:
    parts = [
        words.say(f"go_online {key}", names=words.things(kind, facts[key]))
        for key, kind in (("suppliers", "supplier"), ("rooms", "room"))
        if key in facts
    ]
    return " ".join(parts)


def _naming(key: str, kind: str, facts_key: str) -> Callable[[Words, Facts], str]:
    return lambda words, facts: words.say(key, names=words.things(kind, facts[facts_key]))


def _counted(key: str, count: int) -> str:
    return f"{key} one" if count == 1 else key


SAY: Mapping[str, Callable[[Words, Facts], str]] = {
    "close_later": _close_later,
    "open_earlier": _open_earlier,
    "free_longer": _free_longer,
    "add_room": _add_room,
    "add_panel": _add_panel,
    "add_person": _add_person,
    "go_online": _go_online,
    "more_seats": _more_seats,
    "together": _together,
    "let_panel_move": _naming("let_panel_move", "panel", "panels"),
    "drop_pin": _naming("drop_pin", "meeting", "meetings"),
    "drop_required": _naming("drop_required", "meeting", "meetings"),
    "second_day": _naming("second_day", "supplier", "suppliers"),
}
