"""Letters as the organiser sees them before they are sent: to whom, and what happens. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.invitations import words
from app.invitations.difference import Kind
from app.invitations.service import Due
from app.kernel.settings import Language


@dataclass(frozen=True, slots=True)
class Line:
    """One letter: to whom, for which company where it is a supplier's, about what, and when that is and was.

    `before` is empty unless the time or the place is another than was told.
    """

    kind: Kind
    name: str
    address: str
    company: str
    what: str
    when: str
    where: str
    before: str


def lines_of(due: Iterable[Due], language: Language) -> dict[Kind, list[Line]]:
    """The letters by what they bring, in the organiser's language; each kind in the order of the day."""
    lines: dict[Kind, list[Line]] = {kind: [] for kind in Kind}
    for line in _lines(due, language):
        lines[line.kind].append(line)
    return {kind: those for kind, those in lines.items() if those}


def _lines(due: Iterable[Due], language: Language) -> Iterator[Line]:
    for one in due:
        change, said = one.change, one.change.said
        before = change.before if change.kind is Kind.MOVED else None
        yield Line(
            kind=change.kind,
            name=said.name,
            address=said.address,
            company=said.supplier if said.supplier_id else "",
            what=words.what(said, language),
            when=words.hours(said, language),
            where=said.room,
            before=", ".join(part for part in (words.hours(before, language), before.room) if part) if before else "",
        )
