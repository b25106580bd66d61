"""What a panel needs in a meeting, and who of it is left when those are away of whom a conflict speaks."""

from collections.abc import Collection, Iterator

from solver.explaining.instances import Instance, named
from solver.explaining.wording import Words
from solver.problem import Needs, Panel
from solver.rules import Rule

# For these reasons a person cannot be counted on.
AWAY = frozenset({Rule.WINDOW, Rule.ONE_PLACE, Rule.REST, Rule.BARRED, Rule.TRAVEL})


class Crew:
    """The people of whom one conflict speaks."""

    def __init__(self, words: Words, conflict: Collection[Instance]) -> None:
        self._words = words
        people = (named(about) for each in conflict if each.rule in AWAY for about in each.about)
        self._away = {name for kind, name in people if kind == "person"}

    def needed(self, about: str, meeting: str) -> str:
        """What the panel needs, and who there is."""
        panel = self._words.problem.panel[named(about)[1]]
        needs = self._words.listed(list(self._needs(panel.needs)))
        said = self._words.say("R6", panel=self._words.thing(about), needs=needs, meeting=self._words.thing(meeting))
        return f"{said} {self._who(panel)}"

    def _needs(self, needs: Needs) -> Iterator[str]:
        say = self._words.say
        if needs.people:
            yield say("R6 person" if needs.people == 1 else "R6 people", count=needs.people)
        if needs.buyers > 1:
            yield say("R6 buyers", count=needs.buyers)
        for skill, count in sorted(needs.skills.items()):
            yield say("R6 skill", count=count, skill=skill)

    def _who(self, panel: Panel) -> str:
        members = sorted({*panel.members})
        away, left = [who for who in members if who in self._away], [who for who in members if who not in self._away]
        if not members:
            return self._words.say("R6 nobody")
        if not away:
            return self._words.say("R6 members", names=self._words.listed(self._skilled(panel, left)))
        key = "R6 left" if left else "R6 none left"
        return self._words.say(key, away=self._words.listed(away), names=self._words.listed(self._skilled(panel, left)))

    def _skilled(self, panel: Panel, people: list[str]) -> list[str]:
        """The people, each with what of the wanted it can."""
        person = self._words.problem.person
        skills = {who: sorted(person[who].skills & panel.needs.skills.keys()) for who in people}
        return [f"{who} ({', '.join(skills[who])})" if skills[who] else who for who in people]
