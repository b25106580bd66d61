"""What each thing of the day is called in the picture, and the letter and look of each panel."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from solver.picture.lettering import legible
from solver.picture.palette import Look, look
from solver.problem import Problem

_ALPHABET = 26
_LEGAL_FORM = " AS"
_NAMELESS = "?"


@dataclass(frozen=True)
class Names:
    """Names of one day, all of them legible; `labels` are those of suppliers and panels by id."""

    problem: Problem
    labels: Mapping[str, str]

    def party(self, party: str) -> str:
        """The name of a supplier or a panel; its id when it has none."""
        return _first_legible(self.labels.get(party, ""), party)

    def short(self, supplier: str) -> str:
        """The name of a supplier for where the whole does not fit: without “AS”, unless two would then be alike."""
        name = self.party(supplier)
        bare = name.removesuffix(_LEGAL_FORM)
        return bare if self._bare_names[bare] == 1 else name

    def parties(self, suppliers: Sequence[str], panels: Sequence[str]) -> tuple[str, ...]:
        """Ways to write who meets, the longest first: the suppliers, or the panels when they meet by themselves."""
        if not suppliers:
            return (" + ".join(map(self.party, panels)),)
        return " + ".join(map(self.party, suppliers)), " + ".join(map(self.short, suppliers))

    def room(self, room: str | None) -> str:
        """The name of a room; empty for no room."""
        if room is None:
            return ""
        known = self.problem.room.get(room)
        return _first_legible(known.name if known else "", room)

    def session(self, session: str) -> str:
        """The title of a session; its id when it has none."""
        return _first_legible(self.problem.session[session].title, session)

    def letters(self, panels: Iterable[str]) -> str:
        """The letters of panels that sit together: `A`, or `A+B`; empty without panels."""
        return "+".join(letter(self._numbers[panel]) for panel in panels)

    def looks(self, panels: Iterable[str]) -> tuple[Look, ...]:
        """The looks of panels that sit together."""
        return tuple(look(self._numbers[panel]) for panel in panels)

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {panel.id: number for number, panel in enumerate(self.problem.panels)}

    @cached_property
    def _bare_names(self) -> Counter[str]:
        return Counter(self.party(supplier.id).removesuffix(_LEGAL_FORM) for supplier in self.problem.suppliers)


def letter(number: int) -> str:
    """The letter of a panel by its place in the list: A to Z, then AA, AB and on."""
    rounds, place = divmod(number, _ALPHABET)
    return (letter(rounds - 1) if rounds else "") + chr(ord("A") + place)


def _first_legible(*texts: str) -> str:
    return next(filter(None, map(legible, texts)), _NAMELESS)
