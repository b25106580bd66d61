"""The words of an explanation, in bokmål, nynorsk or English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from solver.explaining.instances import named
from solver.explaining.said_of_remedies import REMEDIES
from solver.explaining.said_of_rules import RULES, Said
from solver.problem import Problem, Windows

LANGUAGES = ("nb", "nn", "en")

SENTENCES: Mapping[str, Said] = {**RULES, **REMEDIES}

THINGS: Mapping[str, Said] = {
    "panel": ("panelet {name}", "panelet {name}", "panel {name}"),
    "supplier": ("leverandøren {name}", "leverandøren {name}", "supplier {name}"),
    "room": ("rommet {name}", "rommet {name}", "room {name}"),
    "session": ("økten {name}", "økta {name}", "session {name}"),
    "meeting": ("møtet {name}", "møtet {name}", "meeting {name}"),
    "person": ("{name}", "{name}", "{name}"),
}

SEVERAL: Mapping[str, Said] = {
    "panel": ("panelene {names}", "panela {names}", "panels {names}"),
    "supplier": ("leverandørene {names}", "leverandørane {names}", "suppliers {names}"),
    "room": ("rommene {names}", "romma {names}", "rooms {names}"),
    "meeting": ("møtene {names}", "møta {names}", "meetings {names}"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language for one day."""

    problem: Problem
    language: str

    def say(self, key: str, **facts: object) -> str:
        """The sentence known by the key, with the facts in it; a capital begins it unless a person's name does."""
        template = self._in(SENTENCES[key])
        said = template.format(**facts)
        begins_with_a_thing = any(said.startswith(self._in(thing).split("{")[0] or "\0") for thing in THINGS.values())
        return said[:1].upper() + said[1:] if begins_with_a_thing else said

    def thing(self, about: str) -> str:
        """The name of a thing within a sentence: `panelet p1`."""
        kind, name = named(about)
        return self._in(THINGS[kind]).format(name=self._name(kind, name))

    def things(self, kind: str, names: Sequence[str]) -> str:
        """One or several of a kind: `panelet p1`, `panelene p1 og p2`."""
        if len(names) == 1:
            return self.thing(f"{kind}:{names[0]}")
        return self._in(SEVERAL[kind]).format(names=self.listed([self._name(kind, name) for name in names]))

    def time(self, minutes: int) -> str:
        """A time of day: `13.45`."""
        return f"{minutes // 60:02d}{':' if self.language == 'en' else '.'}{minutes % 60:02d}"

    def written(self, clock: str) -> str:
        """A time of day as it stands in files, in the manner of the language: `13.45` for `13:45`."""
        return clock if self.language == "en" else clock.replace(":", ".")

    def windows(self, windows: Windows) -> str:
        """Several spans: `10.45–12.00 og 13.00–16.30`."""
        return self.listed([f"{self.time(each.start)}–{self.time(each.end)}" for each in sorted(windows)])

    def listed(self, items: Sequence[str]) -> str:
        """Things in a row: `A, B og C`."""
        return self._joined(items, "and" if self.language == "en" else "og")

    def either(self, items: Sequence[str]) -> str:
        """Things of which one is had, and not the others: `enten A, B eller C`."""
        either, or_ = {"nb": ("enten", "eller"), "nn": ("anten", "eller"), "en": ("either", "or")}[self.language]
        return f"{either} {self._joined(items, or_)}" if len(items) > 1 else self._joined(items, or_)

    @staticmethod
    def _joined(items: Sequence[str], last: str) -> str:
        return f" {last} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))

    def _in(self, said: Said) -> str:
        return said[LANGUAGES.index(self.language)]

    def _name(self, kind: str, name: str) -> str:
        if kind == "room" and name in self.problem.room:
            return self.problem.room[name].name
        if kind == "session":
            return self.problem.session[name].title or name
        return name
