"""The sentences of an invitation that depend on what is told to whom, each in the recipient's language. Pure."""

from babel.dates import format_date

from app.invitations.difference import Audience, Change, Kind, Said
from app.kernel import clock
from app.kernel.html import clock_words, day_words
from app.kernel.languages import translate
from app.kernel.settings import Language


def heading(change: Change, *, goes_on: bool) -> str:
    """The subject of the letter: what happens, and when."""
    said, what, moment = change.said, subject(change.said), _moment(change.said)
    if change.kind in (Kind.INVITED, Kind.REPEATED):
        return translate(said.language, "{what} is on {moment}", what=what, moment=moment)
    if change.kind is Kind.KEPT:
        return translate(said.language, "As planned: {what} is on {moment}", what=what, moment=moment)
    if change.kind is not Kind.CANCELLED:
        return translate(said.language, "Changed: {what} is on {moment}", what=what, moment=moment)
    return _taken_back(said, what, moment, goes_on=goes_on)


def _taken_back(said: Said, what: str, moment: str, *, goes_on: bool) -> str:
    if not goes_on:
        return translate(said.language, "Cancelled: {what}, {moment}", what=what, moment=moment)
    if said.audience is Audience.ROOM:
        return translate(said.language, "The room is free again: {what}, {moment}", what=what, moment=moment)
    if said.audience is Audience.SUPPLIER:
        return translate(said.language, "Your company no longer takes part: {what}, {moment}", what=what, moment=moment)
    return translate(said.language, "You no longer take part: {what}, {moment}", what=what, moment=moment)


def subject(said: Said) -> str:
    """What it is about, at the beginning of a sentence."""
    if not said.is_meeting:
        return said.title
    if said.audience is Audience.SUPPLIER:
        return translate(said.language, "Your meeting")
    if said.audience is Audience.ROOM:
        return translate(said.language, "A meeting")
    return translate(said.language, "The meeting with {supplier}", supplier=said.supplier)


def opening(change: Change, *, goes_on: bool) -> str:
    """The first paragraph of the letter: what it means for the one who reads it."""
    language = change.said.language
    if change.kind is Kind.CANCELLED:
        return _end(change.said, goes_on=goes_on)
    if change.kind is Kind.KEPT:
        return translate(language, "You proposed another time. It was not possible, so the time below stands.")
    if change.kind is Kind.CORRECTED:
        return translate(
            language,
            "The time and the place are as before, but something else has been changed: it stands below.",
        )
    if change.kind is Kind.MOVED and change.before is not None:
        before = ", ".join(part for part in (when(change.before), change.before.room) if part)
        sentence = "The time or the place has been changed. Before, it was {when}."
        return translate(language, sentence, when=before)
    return _meeting(change.said) if change.said.is_meeting else _session(change.said)


def _end(said: Said, *, goes_on: bool) -> str:
    if not goes_on:
        return translate(said.language, "It will not take place.")
    if said.audience is Audience.ROOM:
        return translate(said.language, "It takes place somewhere else.")
    if said.audience is Audience.SUPPLIER:
        return translate(said.language, "It takes place, but your company is no longer expected.")
    return translate(said.language, "It takes place, but you are no longer expected.")


def _meeting(said: Said) -> str:
    if said.audience is Audience.ROOM:
        return _held_here(said)
    if said.audience is Audience.PERSON:
        return translate(
            said.language,
            "You sit in {panel}, which meets {supplier}. The supplier presents its solution proposal orally, "
            "and all suppliers get the same questions.",
            panel=said.panel,
            supplier=said.supplier,
        )
    return translate(
        said.language,
        "{supplier} has been given a one-to-one meeting, where you present your solution proposal orally. "
        "It lasts {minutes} minutes, and all suppliers get the same questions.",
        supplier=said.supplier,
        minutes=int((said.ends_at - said.starts_at).total_seconds()) // 60,
    )


def _held_here(said: Said) -> str:
    return translate(said.language, "{room} is taken by this for the time that stands below.", room=said.room)


def _session(said: Said) -> str:
    if said.audience is Audience.ROOM:
        return _held_here(said)
    if said.audience is Audience.PERSON:
        return translate(said.language, "“{what}” is part of the day, and you are expected.", what=said.title)
    return translate(said.language, "“{what}” is part of the day, and all suppliers are invited.", what=said.title)


def when(said: Said) -> str:
    """The day in full, and its hours: torsdag 8. april 2027 kl. 13.45–14.30."""
    day = day_words(said.starts_at, said.language)
    return translate(said.language, "{day}, {hours}", day=day, hours=hours(said, said.language))


def hours(said: Said, language: Language) -> str:
    """From when to when, by the clock on the wall: 13.45–14.30."""
    return f"{clock_words(said.starts_at, language)}–{clock_words(said.ends_at, language)}"


def what(said: Said, language: Language) -> str:
    """What it is, to somebody who sees the whole day."""
    if not said.is_meeting:
        return said.title
    if said.audience is Audience.PERSON:
        return translate(language, "The meeting with {supplier}", supplier=said.supplier)
    return translate(language, "One-to-one meeting")


def _moment(said: Said) -> str:
    # The year is left to the text: nobody doubts it in a subject.
    pattern = "EEEE d MMMM" if said.language == "en" else "EEEE d. MMMM"
    day = format_date(said.starts_at.astimezone(clock.OSLO), pattern, locale=said.language)
    return translate(said.language, "{day} at {time}", day=day, time=clock_words(said.starts_at, said.language))
