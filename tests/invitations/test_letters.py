"""What a letter says does not depend on whether names are kind: they are words, and nothing else."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from html.parser import HTMLParser
from uuid import UUID

import pytest

from app.dialogues.models import Buyer, Dialogue
from app.invitations.difference import Change, Kind, Said, change_between
from app.invitations.letters import Letter, written
from app.kernel import mail
from tests import calendar_rules
from tests.hostile import NAMES
from tests.invitations.test_difference import MEETING
from tests.mail_rules import broken, calendar_of, opened, text_of

MADE_AT = datetime(2027, 3, 20, 12, tzinfo=UTC)


def _dialogue(name: str = "Vikstrand kommune") -> Dialogue:
    return Dialogue(title=name, organiser_name=name, organiser_email="post@vikstrand.example")


def _sent(change: Change, dialogue: Dialogue) -> EmailMessage:
    letter = Letter(UUID(int=7), change, MADE_AT, link="https://dialog.example/s/abc")
    message = written(letter, dialogue, [Buyer(name=dialogue.organiser_name)], "https://dialog.example/d/medisin")
    message["Message-ID"], message["Date"] = "<1@vikstrand.example>", MADE_AT
    return opened(message.as_bytes())


def _named(name: str) -> Said:
    return replace(MEETING, name=name, supplier=name, panel=name, people=(name, name), room=name, place=name)


class _Tags(HTMLParser):
    """The tags of a page, with their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))


@pytest.mark.parametrize(("case", "name"), NAMES)
def test_a_hostile_name_changes_nothing_but_words(case: str, name: str) -> None:
    """I1, I2, I3, I4, I5, I6, I8, I10."""
    harmless = _sent(Change(Kind.INVITED, _named("Firma"), None, 0), _dialogue())
    letter = _sent(Change(Kind.INVITED, _named(name), None, 0), _dialogue(name))

    assert (broken(letter), calendar_rules.broken(calendar_of(letter))) == ([], [])
    assert letter.keys() == harmless.keys()
    assert letter["To"].addresses[0].addr_spec == MEETING.address
    assert _Tags(text_of(letter, "text/html")).tags == _Tags(text_of(harmless, "text/html")).tags
    assert _names(letter) == _names(harmless)


def _names(letter: EmailMessage) -> list[str]:
    return [line.name for line in calendar_rules.written(calendar_of(letter)).lines]


@pytest.mark.parametrize("name", ["{{7*7}}", "{0.__class__}", "%s%n"])
def test_what_looks_like_a_template_is_shown_as_it_is(name: str) -> None:
    """I11."""
    letter = _sent(Change(Kind.INVITED, _named(name), None, 0), _dialogue())

    assert f"{name} har fått et en-til-en-møte." in text_of(letter)


def test_the_only_links_are_our_own() -> None:
    """I8."""
    hostile = _named("https://y.invalid/logg-inn")

    letter = _sent(Change(Kind.INVITED, hostile, None, 0), _dialogue("https://y.invalid/logg-inn"))

    links = re.findall('href="([^"]*)"', text_of(letter, "text/html"))
    assert links == ["https://dialog.example/s/abc"]


def test_other_people_to_meet_are_told_quietly() -> None:
    last = change_between(None, MEETING)
    assert last is not None
    change = Change(Kind.CORRECTED, replace(MEETING, people=("Ole Haugen (Myrland)",)), MEETING, 0)

    letter = _sent(change, _dialogue())

    assert letter["Subject"] == "Endret: Møtet deres er torsdag 8. april kl. 13.45"
    assert "Tid og sted er som før, men noe annet er endret: det står nedenfor." in text_of(letter)
    assert "Panel C: Ole Haugen (Myrland)" in text_of(letter)


def test_the_same_letter_has_the_same_calendar() -> None:
    change = Change(Kind.INVITED, MEETING, None, 0)

    assert calendar_of(_sent(change, _dialogue())) == calendar_of(_sent(change, _dialogue()))


def test_a_long_subject_is_one_header() -> None:
    letter = _sent(Change(Kind.INVITED, replace(MEETING, title="Å" * 300), None, 0), _dialogue())

    assert letter["Subject"] == mail.header_text("Å" * 300 + " er torsdag 8. april kl. 13.45")
