"""Which panel a supplier meets when nobody has said: shared out evenly, and by lot between equals.

The lot of something is the SHA-256 of `<dialogue id>:<its id>`: neither the order of registration nor a name decides,
and anybody who knows the ids can draw it again.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from app.days.models import Panel
from app.days.service import panels_of
from app.meetings import queries, service
from app.meetings.models import MeetingRequest
from app.suppliers.service import of_dialogue


def share_out(db: Session, dialogue_id: UUID) -> list[MeetingRequest]:
    """A wish for a meeting for each supplier that wants one and has none; those that are new, in the order of the lot.

    A panel all of whose members must not meet the supplier is left out; a supplier for whom none is left gets none.
    """
    panels, asked = panels_of(db, dialogue_id), queries.requests_of(db, dialogue_id).values()
    barred = {(one.person_id, one.supplier_id) for one in queries.barred_of(db, dialogue_id)}
    met, counts = {one.supplier_id for one in asked}, Counter(one.panel_id for one in asked)
    made = []
    for supplier in sorted(of_dialogue(db, dialogue_id), key=lambda one: lot(dialogue_id, one.id)):
        if not supplier.wants_meeting or supplier.id in met:
            continue
        open_ones = [one for one in panels if any((who.id, supplier.id) not in barred for who in one.members)]
        if open_ones:
            panel = _least(dialogue_id, open_ones, counts)
            counts[panel.id] += 1
            made.append(service.request(db, supplier, panel))
    return made


def _least(dialogue_id: UUID, panels: Sequence[Panel], counts: Counter[UUID]) -> Panel:
    return min(panels, key=lambda panel: (counts[panel.id], lot(dialogue_id, panel.id)))


def lot(dialogue_id: UUID, drawn: UUID) -> str:
    """The lot of something within a dialogue; the lowest comes first."""
    return hashlib.sha256(f"{dialogue_id}:{drawn}".encode()).hexdigest()
