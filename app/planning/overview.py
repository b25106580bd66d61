"""Where a dialogue stands, for its organiser: the next step, the figures, the municipalities and the suppliers."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.days.models import Person
from app.days.service import people_of
from app.dialogues.models import Buyer, Dialogue
from app.dialogues.service import buyers_of
from app.kernel import post
from app.kernel.post import Letter
from app.meetings.queries import Appointment, AppointmentKind, appointments, requests_of
from app.planning.models import PlanRun, RunState
from app.planning.service import is_current, latest_run
from app.proposals.models import Proposal
from app.suppliers.checking import differs
from app.suppliers.models import Supplier
from app.suppliers.queries import waiting as waitlisted
from app.suppliers.service import of_dialogue


class Step(StrEnum):
    """What the organiser does next."""

    WAIT_FOR_SUPPLIERS = "wait_for_suppliers"
    FIRST_PLAN = "first_plan"
    FOLLOW = "follow"
    LOOK = "look"
    PLAN_ANEW = "plan_anew"
    FIND_FAULT = "find_fault"
    SEE_DAY = "see_day"


@dataclass(frozen=True, slots=True)
class SupplierLine:
    """A supplier with the last version of its proposal, and its meetings."""

    supplier: Supplier
    proposal: Proposal | None
    meetings: Sequence[Appointment]
    wants_meeting: bool
    is_named_otherwise: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the organiser's page shows; `placed` of `wished` meetings have a time."""

    step: Step
    run: PlanRun | None
    suppliers: Sequence[SupplierLine]
    waitlisted: Sequence[Supplier]
    buyers: Sequence[tuple[Buyer, Sequence[Person]]]
    wished: int
    placed: int
    without_panel: int
    sent: int
    waiting: int
    parked: Sequence[Letter]

    @property
    def asked(self) -> int:
        """How many suppliers want a meeting."""
        return sum(line.wants_meeting for line in self.suppliers)

    @property
    def reached(self) -> int:
        """How many suppliers have one."""
        return sum(bool(line.meetings) for line in self.suppliers)

    @property
    def proposals(self) -> int:
        """How many suppliers have sent in a solution proposal."""
        return sum(line.proposal is not None for line in self.suppliers)


def overview(db: Session, dialogue: Dialogue) -> Overview:
    """Where the dialogue stands just now."""
    standing, run = of_dialogue(db, dialogue.id), latest_run(db, dialogue.id)
    here = {supplier.id for supplier in standing}
    wished = [one.supplier_id for one in requests_of(db, dialogue.id).values() if one.supplier_id in here]
    lines = _lines(db, dialogue.id, standing, set(wished))
    sent, waiting = _letters(db, dialogue.id)
    without_panel = sum(line.wants_meeting and line.supplier.id not in set(wished) for line in lines)
    return Overview(
        step=step_of(dialogue, run, len(wished) + without_panel),
        run=run,
        suppliers=lines,
        waitlisted=waitlisted(db, dialogue.id),
        buyers=_buyers(db, dialogue.id),
        wished=len(wished),
        placed=sum(len(line.meetings) for line in lines),
        without_panel=without_panel,
        sent=sent,
        waiting=waiting,
        parked=post.troubled(db, dialogue.id),
    )


def step_of(dialogue: Dialogue, run: PlanRun | None, wished: int) -> Step:
    """What the organiser does next; `wished` is how many meetings there are to plan."""
    if run is None:
        return Step.FIRST_PLAN if wished else Step.WAIT_FOR_SUPPLIERS
    if run.state is RunState.READY:
        return Step.LOOK if is_current(dialogue, run) else Step.PLAN_ANEW
    return {
        RunState.WAITING: Step.FOLLOW,
        RunState.SOLVING: Step.FOLLOW,
        RunState.PUBLISHED: Step.SEE_DAY,
        RunState.OUTDATED: Step.PLAN_ANEW,
        RunState.INFEASIBLE: Step.FIND_FAULT,
        RunState.FAILED: Step.FIND_FAULT,
    }[run.state]


def _lines(db: Session, dialogue_id: UUID, standing: list[Supplier], wished: set[UUID]) -> list[SupplierLine]:
    proposals = _last_proposals(db, dialogue_id)
    meetings = [one for one in appointments(db, dialogue_id) if one.kind is AppointmentKind.MEETING]
    return [
        SupplierLine(
            supplier=supplier,
            proposal=proposals.get(supplier.id),
            meetings=[one for one in meetings if supplier in one.suppliers],
            wants_meeting=supplier.wants_meeting or supplier.id in wished,
            is_named_otherwise=differs(supplier),
        )
        for supplier in standing
    ]


def _last_proposals(db: Session, dialogue_id: UUID) -> dict[UUID, Proposal]:
    sent = sa.select(Proposal).join(Supplier, Supplier.id == Proposal.supplier_id)
    mine = db.scalars(sent.where(Supplier.dialogue_id == dialogue_id).order_by(Proposal.version))
    return {proposal.supplier_id: proposal for proposal in mine}


def _buyers(db: Session, dialogue_id: UUID) -> list[tuple[Buyer, list[Person]]]:
    people = people_of(db, dialogue_id)
    return [
        (buyer, [person for person in people if person.buyer_id == buyer.id]) for buyer in buyers_of(db, dialogue_id)
    ]


def _letters(db: Session, dialogue_id: UUID) -> tuple[int, int]:
    sent = sa.func.count(Letter.sent_at)
    waiting = sa.func.count().filter(Letter.sent_at.is_(None), Letter.parked_at.is_(None))
    counted = db.execute(sa.select(sent, waiting).where(Letter.dialogue_id == dialogue_id)).one()
    return counted[0], counted[1]
