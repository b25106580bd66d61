"""Rights: what a token is made of, what ends it, and that it is used up once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from math import log2
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.kernel import access, clock
from app.kernel.access import Capability, Right, grant, opened_by, revoke, use_up
from app.kernel.db import transaction
from app.kernel.refusals import NotFound, UnknownToken

UUID_SHAPE = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[1-8][0-9a-f]{3}-?[89ab][0-9a-f]{3}-?[0-9a-f]{12}")


def test_ten_thousand_tokens_are_256_bits_of_chance_without_repeat(db: Session) -> None:
    """T1: sign-in and feed tokens alike; none is a UUID, and each place takes all its letters about as often."""
    tokens = [grant(db, right, uuid4()) for right in (Right.SIGN_IN, Right.SUPPLIER_FEED) for _ in range(5000)]

    assert len(set(tokens)) == 10_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)
    assert not any(UUID_SHAPE.fullmatch(token) for token in tokens)
    # 42 of the 43 places hold six bits, the last one four: what is seen of them in 10,000 draws is next to that.
    assert sum(_bits([token[place] for token in tokens]) for place in range(43)) > 255


def _bits(letters: list[str]) -> float:
    shares = [letters.count(one) / len(letters) for one in set(letters)]
    return -sum(share * log2(share) for share in shares)


def test_tokens_come_from_the_systems_own_source_of_chance() -> None:
    """T1."""
    source = Path(access.__file__).read_text()

    assert "secrets.token_urlsafe(32)" in source
    assert "uuid4" not in source


@pytest.mark.parametrize(
    ("right", "lasts"), [(Right.SIGN_IN, timedelta(minutes=10)), (Right.SUPPLIER, timedelta(days=7))]
)
def test_a_right_ends_by_itself(db: Session, right: Right, lasts: timedelta) -> None:
    now, about, moment = clock.now(), uuid4(), timedelta(seconds=1)
    with clock.as_if(now):
        token = grant(db, right, about)

    with clock.as_if(now + lasts - moment):
        assert opened_by(db, token, right).about == about
    with clock.as_if(now + lasts), pytest.raises(UnknownToken):
        opened_by(db, token, right)
    with clock.as_if(now + lasts), pytest.raises(UnknownToken):
        use_up(db, token, right)


def test_a_right_lasts_as_long_as_it_is_told_and_others_until_they_are_revoked(db: Session) -> None:
    short, feed = grant(db, Right.SUPPLIER, uuid4(), timedelta(hours=1)), grant(db, Right.SUPPLIER_FEED, uuid4())

    with clock.as_if(clock.now() + timedelta(hours=2)), pytest.raises(UnknownToken):
        opened_by(db, short, Right.SUPPLIER)
    with clock.as_if(clock.now() + timedelta(days=3650)):
        assert opened_by(db, feed, Right.SUPPLIER_FEED).right is Right.SUPPLIER_FEED


def test_a_token_is_used_up_once_and_by_its_own_right_alone(db: Session) -> None:
    about = uuid4()
    token = grant(db, Right.SIGN_IN, about)

    with pytest.raises(UnknownToken):
        use_up(db, token, Right.SUPPLIER)
    assert use_up(db, token, Right.SIGN_IN) == about
    for again in (use_up, opened_by):
        with pytest.raises(UnknownToken):
            again(db, token, Right.SIGN_IN)


def test_of_two_that_use_a_token_at_once_one_wins(house: object) -> None:
    """T3."""
    with transaction() as db:
        token = grant(db, Right.SIGN_IN, about := uuid4())

    def use(_: int) -> UUID | None:
        try:
            with transaction() as db:
                return use_up(db, token, Right.SIGN_IN)
        except NotFound:
            return None

    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(use, range(8)))

    assert (won.count(about), won.count(None)) == (1, 7)


def test_looking_first_and_then_using_would_let_several_in(house: object) -> None:
    """The control of the test above: without the one conditional statement, more than one gets through."""
    with transaction() as db:
        token = grant(db, Right.SIGN_IN, uuid4())
    with transaction(reads_only=True) as one, transaction(reads_only=True) as other:
        seen = [opened_by(each, token, Right.SIGN_IN).revoked_at for each in (one, other)]

    assert seen == [None, None]


def test_whatever_is_wrong_with_a_token_it_is_refused_alike(db: Session) -> None:
    """T9: unknown, revoked, over, used, of another right: one kind of refusal, with the same words."""
    about = uuid4()
    revoked, over, used = (grant(db, Right.SIGN_IN, about, timedelta(days=span)) for span in (9, -1, 9))
    use_up(db, used, Right.SIGN_IN)
    revoke(db, Right.SIGN_IN, about)
    other, surrogate = grant(db, Right.PERSON, about), "\ud800"

    said = []
    for token in (revoked, over, used, other, "", "x", "x" * 5000, surrogate):
        with pytest.raises(UnknownToken) as refused:
            opened_by(db, token, Right.SIGN_IN)
        said.append((type(refused.value), str(refused.value), refused.value.status))

    assert len(set(said)) == 1


def test_only_the_hash_of_a_token_is_kept(db: Session) -> None:
    """T2."""
    token = grant(db, Right.SIGN_IN, uuid4())

    (row,) = db.execute(sa.select(Capability.__table__)).all()

    assert token not in repr(tuple(row))
    assert access.hash_of(token) in repr(tuple(row))
