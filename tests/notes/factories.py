"""Dialogue notes for tests."""

from app.notes.schemas import NoteIn

TEXTS = {
    "background": "Vi har samarbeidet siden høsten 2026.\n\nArbeidsgruppen har intervjuet 34 ansatte.",
    "challenges": "Vi ser to utfordringer:\n- doser kommer for sent\n- turene er lange",
    "needs": "Innbyggeren skal mestre medisinene sine selv.",
    "invitation": "Svar på dette:\n1. Hvordan dekker løsningen behovene?\n2. Hva koster den?",
    "next_steps": "Vi legger ut en felles oppsummering.",
}


def note_in(**changes: str) -> NoteIn:
    """A note in its five parts, but for `changes`."""
    return NoteIn.model_validate({**TEXTS, **changes})
