"""The sentences of a conflict as lines for a person: what is said of several meetings is said once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from solver.explaining.instances import Instance, named
from solver.explaining.wording import Words
from solver.rules import Rule

# Of these, many say the same: each of one meeting, or of one supplier.
REPEATED = {Rule.PANEL: "meeting", Rule.AFTER: "meeting", Rule.ONE_PLACE: "supplier"}


@dataclass(frozen=True, slots=True)
class Told:
    """One instance of a rule, or one wish, with its sentence."""

    instance: Instance
    word: str
    text: str


# Stands in place of what it is said of, so that sentences which are otherwise the same are seen to be.
MARK = "\0"


def gathered(words: Words, conflict: Iterable[Told]) -> Iterator[str]:
    """A line for each rule and what it is about."""
    listed = list(conflict)
    kinds = {**REPEATED, Rule.ROOM: _more_of(listed, Rule.ROOM)}
    lines: dict[tuple[str, str, str], list[str]] = {}
    for told in listed:
        kind = kinds.get(told.instance.rule, "meeting")
        about = lines.setdefault((told.word, _of_any(words, told, kinds), kind), [])
        about.extend(name for name in told.instance.about if name not in about)
    for (word, sentence, kind), about in lines.items():
        mine, others = ([name for name in about if (named(name)[0] == kind) is is_mine] for is_mine in (True, False))
        in_order = mine + others if named(about[0])[0] == kind else others + mine
        yield f"{word} {', '.join(in_order)}: {_said(words, sentence, kind, mine)}"


def _more_of(conflict: Iterable[Told], rule: Rule) -> str:
    """Whether the rule is about one room and many meetings, or about one meeting and many rooms."""
    about = {name for told in conflict if told.instance.rule is rule for name in told.instance.about}
    rooms = sum(named(name)[0] == "room" for name in about)
    return "room" if rooms > len(about) - rooms else "meeting"


def _said(words: Words, sentence: str, kind: str, about: list[str]) -> str:
    """The sentence with the things it is said of in place of the mark."""
    if MARK not in sentence:
        return sentence
    return _capital(sentence.replace(MARK, words.things(kind, [named(name)[1] for name in about])))


def _of_any(words: Words, told: Told, kinds: Mapping[Rule, str]) -> str:
    """The sentence with the mark for the only thing of its kind, if it is one that others say as well."""
    mine = [name for name in told.instance.about if named(name)[0] == kinds.get(told.instance.rule)]
    if len(mine) != 1:
        return told.text
    thing = words.thing(mine[0])
    return told.text.replace(thing, MARK).replace(_capital(thing), MARK)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
