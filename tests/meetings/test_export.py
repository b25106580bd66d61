"""What each room tells a supplier that asks for all that is stored about it: its own, whole, and nothing of others."""

import json

from sqlalchemy.orm import Session

from app.main import EXPORTS
from app.meetings import service as meetings
from app.proposals import service as proposals
from app.proposals.schemas import AnswerIn, ProposalIn
from app.questions import service as questions
from app.suppliers import forgetting
from tests.meetings.factories import a_planned_dialogue, a_supplier, panel, place


def test_a_supplier_is_told_all_that_every_room_keeps_of_it(db: Session) -> None:
    """G1, Z12."""
    dialogue = a_planned_dialogue(db)
    proposals.ask(db, dialogue, 1, "Hva koster det?", 100)
    own, rival = a_supplier(db, dialogue, 0), a_supplier(db, dialogue, 1)
    for supplier, price in ((own, "ti kroner"), (rival, "ni kroner")):
        proposals.submit(db, supplier, ProposalIn(answers=[AnswerIn(number=1, text=price)]))
        questions.ask(db, supplier, f"Er {price} for mye?")
        at = "10:00" if supplier is own else "14:00"
        meetings.book(db, meetings.request(db, supplier, panel(db, dialogue)), place(db, dialogue, at))

    told = forgetting.everything(db, own)

    whole = json.dumps(told, ensure_ascii=False)
    assert EXPORTS
    assert [version["answers"][0]["text"] for version in told["proposals"]] == ["ti kroner"]
    assert [question["text"] for question in told["questions"]] == ["Er ti kroner for mye?"]
    assert [(meeting["panel"], meeting["room"], meeting["starts_at"]) for meeting in told["meetings"]] == [
        ("Panel A", "Furu", "2099-04-08T08:00:00+00:00")
    ]
    assert told["draft"] is None
    assert [
        word for word in ("ni kroner", "Firma 1", "firma1", str(rival.id), "14:00", "T12:00") if word in whole
    ] == []
