"""The dialogue note in words and parts: the same for the page and for the PDF."""

from dataclasses import asdict, dataclass

from app.dialogues.models import Buyer, BuyerRole, Decision, Dialogue
from app.kernel.html import day_words, moment_words
from app.kernel.languages import translate
from app.kernel.prose import Block, blocks
from app.kernel.settings import Language
from app.notes.models import Note


@dataclass(frozen=True, slots=True)
class Part:
    """One of the five parts of a note, with its heading in the reader's language."""

    number: int
    heading: str
    blocks: list[Block]


def parts_of(note: Note, language: Language) -> list[Part]:
    """The five parts of a note, in their order."""
    texts = [
        (translate(language, "Background"), note.background),
        (translate(language, "The challenges"), note.challenges),
        (translate(language, "The needs"), note.needs),
        (translate(language, "Invitation to dialogue"), note.invitation),
        (translate(language, "The way forward"), note.next_steps),
    ]
    return [Part(number, heading, blocks(text)) for number, (heading, text) in enumerate(texts, start=1)]


def role_words(role: BuyerRole, language: Language) -> str:
    """What part a municipality has, in the reader's language."""
    words = {
        BuyerRole.LEAD: translate(language, "Leads the cooperation"),
        BuyerRole.BUYER: translate(language, "Takes part"),
        BuyerRole.OPTION: translate(language, "May join the procurement later"),
        BuyerRole.PROCESS_ONLY: translate(language, "Takes part in the dialogue, not in the procurement"),
        BuyerRole.OBSERVER: translate(language, "Observes"),
    }
    return words[role]


def decision_words(decision: Decision, language: Language) -> str:
    """How far a municipality's own decision has come, in the reader's language."""
    words = {
        Decision.MADE: translate(language, "Decided"),
        Decision.PENDING: translate(language, "Not decided yet"),
        Decision.NOT_SOUGHT: translate(language, "No decision is sought"),
    }
    return words[decision]


def facts_of(dialogue: Dialogue, buyers: list[Buyer], note: Note, language: Language) -> dict[str, object]:
    """What the PDF of a note shows, as JSON."""
    day = day_words(note.published_at, language)
    return {
        "language": language,
        "title": dialogue.title,
        "organiser": dialogue.organiser_name,
        "summary": dialogue.summary,
        "about": translate(language, "Dialogue note, version {version}, {day}", version=note.version, day=day),
        "dates_heading": translate(language, "The dates"),
        "dates": _dates_of(dialogue, language),
        "parts": [asdict(part) for part in parts_of(note, language)],
        "buyers_heading": translate(language, "Who asks"),
        "buyers": [f"{buyer.name}: {role_words(buyer.role, language)}" for buyer in buyers],
        "contact": translate(language, "Questions go to {address}.", address=dialogue.organiser_email),
    }


def _dates_of(dialogue: Dialogue, language: Language) -> list[tuple[str, str]]:
    return [
        (translate(language, "Register by"), moment_words(dialogue.registration_closes_at, language)),
        (translate(language, "Send your solution proposal by"), moment_words(dialogue.proposals_due_at, language)),
        (translate(language, "The times of the meetings are sent"), moment_words(dialogue.plan_told_at, language)),
        (translate(language, "Conference and meetings"), f"{day_words(dialogue.held_on, language)}, {dialogue.place}"),
        (translate(language, "The summary is published"), day_words(dialogue.summary_due_on, language)),
    ]
