"""The trail shows every later edit, at the right entry, and stands or falls with the change it tells of (D5, D6)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session
from typer.testing import CliRunner

from app.cli import app as command_line
from app.kernel import db, trail
from app.kernel.access import Capability, Right, grant


def _change(number: int) -> None:
    with db.transaction(actor="kari") as session:
        row = Capability(right=Right.PERSON, about=uuid4(), token_hash=str(number))
        session.add(row)
        session.flush()
        trail.record(session, "granted", row, number=number, name="Kåre")


def _five_changes() -> None:
    for number in range(1, 6):
        _change(number)


def _flaw() -> trail.Flaw | None:
    with db.transaction(reads_only=True) as session:
        return trail.first_flaw(session)


def test_a_chain_that_nobody_touched_holds(house: object) -> None:
    _five_changes()

    assert _flaw() is None


def test_an_entry_tells_who_did_what_to_which_thing(house: object) -> None:
    _change(1)

    with db.transaction(reads_only=True) as session:
        entry, row = next(trail.entries(session)), session.scalars(sa.select(Capability)).one()
        told = (entry.number, entry.actor, entry.action, entry.kind, entry.about, entry.details)
        assert told == (1, "kari", "granted", "capabilities", row.id, {"number": 1, "name": "Kåre"})


def _edit(entry: int, **values: object) -> Callable[[Session], object]:
    return lambda s: s.execute(sa.update(trail.TrailEntry).where(trail.TrailEntry.number == entry).values(**values))


def _delete(number: int) -> Callable[[Session], object]:
    return lambda s: s.execute(sa.delete(trail.TrailEntry).where(trail.TrailEntry.number == number))


def _break(column: str, value: str) -> Callable[[Session], object]:
    """What a flipped byte on the disk may do to the third entry: the database still holds it, but it is no JSON."""

    def tamper(session: Session) -> None:
        # PostgreSQL keeps to JSON: there the same damage leaves a text where an object stood.
        is_strict = session.get_bind().dialect.name == "postgresql"
        value_of = f"'\"{value}\"'::json" if is_strict else f"'{value}'"
        session.execute(sa.text(f"UPDATE trail SET {column} = {value_of} WHERE number = 3"))  # noqa: S608 our own words

    return tamper


def _swap(session: Session) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        _edit(old, number=new)(session)


@pytest.mark.parametrize(
    ("tampering", "first_bad"),
    [
        (_edit(3, actor="per"), 3),
        (_edit(3, action="Granted"), 3),
        (_edit(4, details={"number": 4, "name": "Kari"}), 4),
        (_edit(2, about=uuid4()), 2),
        (_edit(5, hash="0" * 64), 5),
        (_edit(1, previous_hash="1" * 64), 1),
        (_delete(3), 3),
        (_delete(1), 1),
        (_delete(5), 5),
        (_swap, 2),
        (_break("details", "{b"), 3),
        (lambda s: s.execute(sa.delete(trail.TrailHead)), 6),
    ],
)
def test_any_tampering_is_found_at_its_entry(
    house: object, tampering: Callable[[Session], object], first_bad: int
) -> None:
    _five_changes()

    with db.transaction() as session:
        tampering(session)

    flaw = _flaw()
    assert flaw is not None
    assert flaw.number == first_bad


def test_a_chain_rewritten_from_one_entry_on_is_seen_only_by_the_head_kept_elsewhere(house: object) -> None:
    _five_changes()
    with db.transaction(reads_only=True) as session:
        kept_elsewhere = trail.head(session).hash

    with db.transaction() as session:
        session.execute(sa.delete(trail.TrailEntry).where(trail.TrailEntry.number == 5))
        fourth = session.get_one(trail.TrailEntry, 4)
        session.execute(sa.update(trail.TrailHead).values(number=4, hash=fourth.hash))

    with db.transaction(reads_only=True) as session:
        assert (_flaw(), trail.head(session).hash == kept_elsewhere) == (None, False)


def test_what_was_said_of_a_person_can_be_forgotten_and_the_chain_still_holds(house: object) -> None:
    """G2: the chain holds a salted hash only; with the salt gone, the details cannot even be guessed."""
    _five_changes()

    with db.transaction() as session:
        _edit(3, details=None, salt=None)(session)

    assert _flaw() is None


def test_a_change_that_is_undone_leaves_no_entry(house: object) -> None:
    with pytest.raises(RuntimeError), db.transaction() as session:
        row = Capability(right=Right.PERSON, about=uuid4(), token_hash="x")
        session.add(row)
        trail.record(session, "granted", row)
        raise RuntimeError

    with db.transaction(reads_only=True) as session:
        assert (trail.head(session).number, session.query(Capability).count()) == (0, 0)


def test_many_at_once_make_one_chain(house: object) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(12) as threads:
        list(threads.map(_change, range(60)))

    with db.transaction(reads_only=True) as session:
        assert (trail.head(session).number, _flaw()) == (60, None)


def test_the_command_line_names_the_first_bad_entry(house: object) -> None:
    _five_changes()
    sound = CliRunner().invoke(command_line, ["trail", "verify"])
    with db.transaction() as session:
        _edit(4, actor="per")(session)

    tampered = CliRunner().invoke(command_line, ["trail", "verify"])

    assert (sound.exit_code, sound.output.split(",")[0]) == (0, "The trail holds: 5 entries")
    assert (tampered.exit_code, tampered.output) == (1, "The trail does not hold: entry 4 has been changed.\n")


def test_a_token_itself_is_never_stored(db: Session) -> None:
    token = grant(db, Right.SUPPLIER, uuid4())

    stored = db.scalars(sa.select(Capability)).one()
    assert (token in str(vars(stored)), len(token) >= 43) == (False, True)
