"""The sentences of a conflict as lines for a person: what is said of several meetings is said once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from solver.explaining.instances import Instance, named
from solver.explaining.wording import Words
from solver.rules import Rule

# Of these, many say the same of one meeting each.
REPEATED = frozenset({Rule.PANEL, Rule.AFTER})


@dataclass(frozen=True, slots=True)
class Told:
    """One instance of a rule, or one wish, with its sentence."""

    instance: Instance
    word: str
    text: str


# Stands in place of the meeting, so that sentences which are otherwise the same are seen to be.
MARK = "\0"


def gathered(words: Words, conflict: Iterable[Told]) -> Iterator[str]:
    """A line for each rule and what it is about."""
    for (word, sentence), alike in groupby(conflict, lambda told: (told.word, _of_any_meeting(words, told))):
        about = list(dict.fromkeys(name for told in alike for name in told.instance.about))
        meetings, others = (
            [name for name in about if _is_meeting(name)],
            [name for name in about if not _is_meeting(name)],
        )
        in_order = meetings + others if _is_meeting(about[0]) else others + meetings
        yield f"{word} {', '.join(in_order)}: {_said(words, sentence, meetings)}"


def _said(words: Words, sentence: str, meetings: list[str]) -> str:
    """The sentence with the meetings in place of the mark."""
    if MARK not in sentence:
        return sentence
    return _capital(sentence.replace(MARK, words.things("meeting", [named(name)[1] for name in meetings])))


def _of_any_meeting(words: Words, told: Told) -> str:
    """The sentence with the mark for its only meeting, if it is one that others say as well."""
    meetings = [name for name in told.instance.about if _is_meeting(name)]
    if told.instance.rule not in REPEATED or len(meetings) != 1:
        return told.text
    thing = words.thing(meetings[0])
    return told.text.replace(thing, MARK).replace(_capital(thing), MARK)


def _is_meeting(about: str) -> bool:
    return about.startswith("meeting:")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
