"""The seal: where a dialogue has one, nobody reads the proposals before two persons have broken it together."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.days.service import people_of
from app.dialogues.models import Dialogue
from app.kernel import clock, trail
from app.kernel.refusals import Conflict, Invalid
from app.proposals import queries
from app.proposals.models import Unsealing


def check_readable(db: Session, dialogue: Dialogue) -> None:
    """Let an organiser read what the proposals say; raises Conflict while they are sealed."""
    if dialogue.sealed_until is None:
        return
    _check_time(dialogue)
    if queries.unsealing(db, dialogue.id) is None:
        raise Conflict("The proposals are sealed. Two persons must break the seal together before anybody reads them.")


def _check_time(dialogue: Dialogue) -> None:
    until = dialogue.sealed_until
    if until is not None and clock.now() < until:
        moment = until.astimezone(clock.OSLO).isoformat(sep=" ", timespec="minutes")
        raise Conflict("The proposals are sealed. Nobody reads them before {moment}.", moment=moment)


def unseal(db: Session, dialogue: Dialogue, persons: list[str]) -> Unsealing:
    """Break the seal, once and for good; the trail then tells who did it, and when.

    `persons` are two: by their handles where the dialogue has people, else by name. Raises Conflict before the time
    has come, or when there is no seal to break, and Invalid when they are not two persons that are known.
    """
    db.refresh(dialogue, with_for_update=True)
    if dialogue.sealed_until is None:
        raise Conflict("The proposals are not sealed.")
    _check_time(dialogue)
    if queries.unsealing(db, dialogue.id) is not None:
        raise Conflict("The seal has been broken already.")
    first, second = _two_names(db, dialogue.id, persons)
    broken = Unsealing(dialogue_id=dialogue.id, first_person=first, second_person=second)
    db.add(broken)
    db.flush()
    trail.record(db, "broke the seal", broken, dialogue_id=dialogue.id, persons=persons, names=[first, second])
    return broken


def _two_names(db: Session, dialogue_id: UUID, persons: list[str]) -> tuple[str, str]:
    names = {person.handle: person.name for person in people_of(db, dialogue_id)}
    if names and not names.keys() >= set(persons):
        raise Invalid("Name two of the people of the dialogue, by their handles.")
    first, second = (names.get(person, person) for person in persons)
    if persons[0].casefold() == persons[1].casefold():
        raise Invalid("Name two different persons.")
    return first, second
