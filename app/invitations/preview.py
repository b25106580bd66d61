"""Letters as the organiser sees them before they are sent, and the answers to those that were. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.invitations import words
from app.invitations.answered import Answered
from app.invitations.difference import Kind
from app.invitations.service import Due
from app.kernel.ical import PartStat
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


@dataclass(frozen=True, slots=True)
class Replies:
    """Answers as the organiser reads them: how many of each, and those that ask for something to be done."""

    counts: dict[PartStat, int]
    pressing: list[tuple[Line, Answered]]


def answers_of(answers: Iterable[Answered], language: Language) -> Replies:
    """The answers counted, with those apart that decline, doubt, propose, say something or prove nothing."""
    answers = list(answers)
    counts = Counter(one.answer for one in answers)
    pressing = [(_answered_line(one, language), one) for one in answers if _is_pressing(one)]
    return Replies({answer: counts[answer] for answer in PartStat if counts[answer]}, pressing)


def _is_pressing(one: Answered) -> bool:
    is_doubtful = one.answer in {PartStat.DECLINED, PartStat.TENTATIVE, PartStat.DELEGATED}
    return is_doubtful or bool(one.comment or one.proposed_at or one.unproved)


def _answered_line(one: Answered, language: Language) -> Line:
    said = one.said
    company = said.supplier if said.supplier_id else ""
    what, when = words.what(said, language), words.hours(said, language)
    return Line(Kind.INVITED, one.name, one.address, company, what, when, said.room, "")
