"""What the example tells: read from `nine_municipalities.toml` into what the rooms take in at their doors."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.days.schemas import DayIn, PanelIn, PersonIn, RoomIn, SessionIn
from app.dialogues.schemas import DialogueIn
from app.notes.schemas import NoteIn
from app.proposals.schemas import AnswerIn, ProposalIn
from app.suppliers.schemas import Registration

FILE = Path(__file__).parent / "nine_municipalities.toml"
_NOT_REGISTERED = {"panel", "barred", "solution", "secret"}


@dataclass(frozen=True, slots=True)
class Part:
    """One supplier's part in the story: whom it asks to meet, who may not attend, and what it offers.

    `secret` is a sentence on its prices that it claims to be a trade secret; most suppliers have none.
    """

    registration: Registration
    panel: str
    barred: tuple[str, ...]
    solution: str
    secret: str

    @property
    def proposal(self) -> ProposalIn:
        """What the supplier answers to the four questions of the note."""
        name = self.registration.name
        texts = (
            f"{name} tilbyr {self.solution}. Tjenesten får vite det når en dose ikke er tatt.",
            "Vi henter legemiddellisten fra journalen i nasjonale grensesnitt, og skriver avvik tilbake i et notat.",
            "En liten kommune trenger to superbrukere og to uker. I en stor begynner vi i én sone og utvider derfra.",
        )
        prices = (
            "Vi foreslår en pris per innbygger i bruk, uten bindingstid etter første år, og med opplæring inkludert."
        )
        claimed = f" [[{self.secret}]]" if self.secret else ""
        answers = [
            AnswerIn(number=number, text=text) for number, text in enumerate((*texts, prices + claimed), start=1)
        ]
        return ProposalIn(answers=answers, reason="Prisene våre er ikke kjent for konkurrentene." if claimed else None)


@dataclass(frozen=True, slots=True)
class Question:
    """One question that every supplier answers, and its limit in words."""

    text: str
    word_limit: int


@dataclass(frozen=True, slots=True)
class Story:
    """The whole example, ready for the doors of the rooms."""

    dialogue: DialogueIn
    note: NoteIn
    questions: tuple[Question, ...]
    day: DayIn
    rooms: tuple[RoomIn, ...]
    people: tuple[PersonIn, ...]
    panels: tuple[PanelIn, ...]
    sessions: tuple[SessionIn, ...]
    parts: tuple[Part, ...]


def story() -> Story:
    """The example as it is told in the file beside this module."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return Story(
        dialogue=DialogueIn.model_validate(told["dialogue"]),
        note=NoteIn.model_validate(told["note"]),
        questions=tuple(Question(**question) for question in told["questions"]),
        day=DayIn.model_validate(told["day"]),
        rooms=tuple(RoomIn.model_validate(room) for room in told["rooms"]),
        people=tuple(PersonIn.model_validate(person) for person in told["people"]),
        panels=tuple(PanelIn.model_validate(panel) for panel in told["panels"]),
        sessions=tuple(SessionIn.model_validate(session) for session in told["sessions"]),
        parts=tuple(_part(supplier) for supplier in told["suppliers"]),
    )


def _part(supplier: dict[str, Any]) -> Part:
    registration = {name: value for name, value in supplier.items() if name not in _NOT_REGISTERED}
    return Part(
        registration=Registration.model_validate(registration),
        panel=supplier["panel"],
        barred=tuple(supplier.get("barred", ())),
        solution=supplier["solution"],
        secret=supplier.get("secret", ""),
    )
