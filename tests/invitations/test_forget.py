"""Whom an erased supplier had as its contact is forgotten where it was told of meetings, too."""

from datetime import datetime, time, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.invitations import service
from app.invitations.models import Told
from app.kernel import clock, trail
from app.kernel.db import Table
from app.kernel.post import Letter
from app.suppliers import forgetting
from app.suppliers.models import Supplier
from tests.invitations.factories import ANNE, LIV, SUPPLIER, a_booked_day, tell, time_programme


def test_the_contact_of_an_erased_supplier_is_nowhere_and_nobody_else_is_touched(db: Session) -> None:
    """G2."""
    dialogue, _ = a_booked_day(db)
    time_programme(db, dialogue)
    tell(db, dialogue)
    db.execute(sa.update(Letter).values(sent_at=clock.now(), mime=b""))
    supplier = db.scalars(sa.select(Supplier)).one()
    before = _everything(db)

    with clock.as_if(datetime.combine(dialogue.summary_due_on + timedelta(days=1), time(9), clock.OSLO)):
        forgetting.erase(db, supplier)
        service.forget(db, supplier)
        service.forget(db, supplier)
        later = tell(db, dialogue)

    after = _everything(db)
    told = set(db.scalars(sa.select(Told.recipient)))
    db.commit()
    assert SUPPLIER in before
    assert "Kari Nordmann" in before
    assert SUPPLIER not in after
    assert "Kari Nordmann" not in after
    assert {ANNE, LIV, supplier.contact_email} <= told
    assert [address for address in told if not address.endswith("@vikstrand.example")] == [supplier.contact_email]
    assert later == []
    assert trail.first_flaw(db) is None


def _everything(db: Session) -> str:
    db.flush()
    return "\n".join(str(tuple(row)) for table in Table.metadata.sorted_tables for row in db.execute(sa.select(table)))
