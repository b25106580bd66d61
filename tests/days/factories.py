"""A dialogue day to test with: two municipalities, two panels, three rooms and a plenary, in April 2099."""

from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.days import service
from app.days.models import Panel, Person, Room
from app.days.models import Session as DaySession
from app.days.schemas import DayIn, PanelIn, PersonIn, RoomIn, SessionIn
from app.dialogues import service as dialogues
from app.dialogues.models import BuyerRole, Dialogue
from app.dialogues.schemas import BuyerIn, DialogueIn

HELD_ON = date(2099, 4, 8)
DAY = DayIn(opens="09:00", closes="16:00", meeting_minutes=30, pause_minutes=0)


def a_dialogue(db: Session, *, title: str = "Trygg hjemme", is_open: bool = True) -> Dialogue:
    """A dialogue that companies can register for, unless it is to stay a draft."""
    asked = DialogueIn(
        title=title,
        summary="Vi vil høre fra dere.",
        place="Kulturhuset",
        organiser_name="Anne Solvang",
        organiser_email="post@vikstrand.example",
        announced_at=datetime(2099, 1, 5, 9, tzinfo=UTC),
        registration_closes_at=datetime(2099, 3, 1, 12, tzinfo=UTC),
        proposals_due_at=datetime(2099, 3, 10, 12, tzinfo=UTC),
        plan_told_at=datetime(2099, 3, 20, 12, tzinfo=UTC),
        held_on=HELD_ON,
        summary_due_on=date(2099, 6, 1),
        quiet_minutes=0,
        buyers=[
            BuyerIn(name="Vikstrand kommune", role=BuyerRole.LEAD),
            BuyerIn(name="Elvemo kommune", role=BuyerRole.BUYER),
        ],
    )
    dialogue = dialogues.open_dialogue(db, asked)
    if is_open:
        dialogues.publish(db, dialogue)
    return dialogue


def organiser(db: Session, dialogue: Dialogue) -> dict[str, str]:
    """What an organiser's system sends along."""
    token = dialogues.organiser_link(db, dialogue).rpartition("/")[2]
    return {"Authorization": f"Bearer {token}"}


def api(dialogue_id: UUID) -> str:
    """Where the dialogue stands in the API."""
    return f"/api/v1/dialogues/{dialogue_id}"


def a_room(db: Session, dialogue: Dialogue, name: str = "Furu", *, seats: int = 10, video: bool = False) -> Room:
    """A room that is free all day."""
    return service.add_room(db, dialogue, RoomIn(name=name, seats=seats, features=["video"] if video else []))


def a_person(db: Session, dialogue: Dialogue, name: str, buyer: str = "vikstrand-kommune") -> Person:
    """Somebody with the skill “health” who is there all day."""
    email = f"{name.split(maxsplit=1)[0].lower()}@vikstrand.example"
    return service.add_person(db, dialogue, PersonIn(name=name, email=email, buyer=buyer, skills=["health"]))


def a_panel(db: Session, dialogue: Dialogue, name: str = "Panel A", *members: str) -> Panel:
    """A panel of one person or more, who need not all be there."""
    return service.add_panel(db, dialogue, PanelIn(name=name, members=list(members)))


def a_session(db: Session, dialogue: Dialogue, title: str, kind: str, minutes: int, *window: str) -> DaySession:
    """A part of the programme for everyone, inside one window."""
    return service.add_session(db, dialogue, SessionIn(title=title, kind=kind, minutes=minutes, windows=[window]))


def a_day(db: Session, dialogue: Dialogue) -> None:
    """The hours, three rooms, four people in two panels, a plenary of an hour and half an hour of lunch."""
    service.set_day(db, dialogue, DAY)
    a_room(db, dialogue, "Aulaen", seats=100)
    a_room(db, dialogue, "Furu", seats=6, video=True)
    a_room(db, dialogue, "Gran", seats=6)
    for name, buyer in (("Anne Solvang", "vikstrand-kommune"), ("Jonas Vikan", "vikstrand-kommune")):
        a_person(db, dialogue, name, buyer)
    for name, buyer in (("Liv Elvebakk", "elvemo-kommune"), ("Per Aune", "elvemo-kommune")):
        a_person(db, dialogue, name, buyer)
    a_panel(db, dialogue, "Panel A", "anne-solvang", "liv-elvebakk")
    a_panel(db, dialogue, "Panel B", "jonas-vikan", "per-aune")
    a_session(db, dialogue, "Dialogkonferanse", "plenary", 60, "09:00", "10:00")
    a_session(db, dialogue, "Lunsj", "break", 30, "11:30", "13:00")
