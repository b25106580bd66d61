"""Moments keep their offset, enums their value, and a lost race becomes a clean no, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.kernel import db as kernel_db
from app.kernel.access import Capability, Right
from app.kernel.refusals import Conflict


def _row(token_hash: str, moment: datetime | None = None) -> Capability:
    row = Capability(right=Right.PERSON, about=uuid4(), token_hash=token_hash)
    if moment is not None:
        row.created_at = moment
    return row


def test_a_moment_comes_back_as_the_same_instant_in_utc(db: Session) -> None:
    db.add(_row("a", datetime(2027, 4, 8, 9, 0, tzinfo=ZoneInfo("Europe/Oslo"))))
    db.flush()
    db.expire_all()

    moment = db.scalars(sa.select(Capability.created_at)).one()

    assert (moment, moment.tzinfo) == (datetime(2027, 4, 8, 7, 0, tzinfo=UTC), UTC)


def test_a_moment_without_its_offset_is_refused(house: object) -> None:
    with pytest.raises(sa.exc.StatementError, match="a moment needs its offset"), kernel_db.transaction() as session:
        session.add(_row("a", datetime(2027, 4, 8, 9, 0)))  # noqa: DTZ001 that is the point


def test_an_enum_is_stored_by_its_value(db: Session) -> None:
    db.add(_row("a"))
    db.flush()

    assert db.execute(sa.text('SELECT "right" FROM capabilities')).scalar_one() == "person"


def test_of_two_hundred_who_want_the_same_one_gets_it_and_the_others_a_clean_no(house: object) -> None:
    def claim(_number: int) -> str:
        try:
            with kernel_db.transaction() as session:
                session.add(_row("the same"))
        except Conflict:
            return "lost"
        return "won"

    with ThreadPoolExecutor(20) as threads:
        outcomes = list(threads.map(claim, range(200)))

    assert (outcomes.count("won"), outcomes.count("lost")) == (1, 199)


def test_a_commit_that_was_answered_is_on_disk(house: object) -> None:
    """C5: neither database is told to answer before the disk has."""
    with kernel_db.engine().connect() as connection:
        if connection.dialect.name == "sqlite":
            names = ("journal_mode", "synchronous", "foreign_keys")
            assert [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names] == ["wal", 2, 1]
        else:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"
