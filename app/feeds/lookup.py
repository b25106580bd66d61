"""The one cheap look at a feed that is kept: what its address opens at this moment, asked of the database each time.

So a link that is withdrawn opens nothing from the next request on, whichever process gets it. The statements are put
into words once and given to the driver as they are: made anew for each request they would cost ten times the answer.
"""

import sqlite3
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache

import sqlalchemy as sa

from app.dialogues.models import Dialogue, Phase
from app.feeds.answers import Served
from app.feeds.models import RIGHTS, Feed, FeedKind
from app.kernel.access import Capability, hash_of
from app.suppliers.models import Supplier

ASKED = "asked"
SHOWN = (Feed.body, Feed.etag, Feed.rendered_at)


class Address(StrEnum):
    """What a feed is asked for by."""

    TOKEN = "token"  # noqa: S105 a kind of address
    SLUG = "slug"


def in_file(connection: sqlite3.Connection, by: Address, what: str) -> Served | None:
    """The feed at an address, by a bare connection to SQLite; None for what is not kept, or opens nothing."""
    row = connection.execute(_words("sqlite", by), (_key(by, what),)).fetchone()
    return Served(row[0], row[1], datetime.fromisoformat(row[2]).replace(tzinfo=UTC)) if row else None


def on_server(connection: sa.Connection, by: Address, what: str) -> Served | None:
    """The feed at an address, by a connection to PostgreSQL; None as above."""
    row = connection.exec_driver_sql(_words("postgresql", by), {ASKED: _key(by, what)}).one_or_none()
    return Served(*row) if row else None


def _key(by: Address, what: str) -> str:
    return hash_of(what) if by is Address.TOKEN else what


@cache
def _words(database: str, by: Address) -> str:
    dialect = sa.make_url(f"{database}+psycopg://" if database == "postgresql" else f"{database}://").get_dialect()()
    return str({Address.TOKEN: _secret, Address.SLUG: _public}[by]().compile(dialect=dialect))


def _secret() -> sa.Select[bytes, str, datetime]:
    kind = sa.case(*((Capability.right == _said(right), _said(kind)) for kind, right in RIGHTS.items()))
    # One that ends by itself is left to the ordinary route, which looks at the clock.
    stands = sa.and_(Capability.revoked_at.is_(None), Capability.expires_at.is_(None), Supplier.withdrawn_at.is_(None))
    return (
        sa.select(*SHOWN)
        .select_from(Capability)
        .join(Feed, sa.and_(Feed.about == Capability.about, Feed.kind == kind))
        .outerjoin(Supplier, Supplier.id == Capability.about)
        .where(Capability.token_hash == sa.bindparam(ASKED), stands)
    )


def _public() -> sa.Select[bytes, str, datetime]:
    is_it = sa.and_(Dialogue.slug == sa.bindparam(ASKED), Dialogue.phase != _said(Phase.DRAFT))
    of_all = sa.and_(Feed.about == Dialogue.id, Feed.kind == _said(FeedKind.PUBLIC))
    return sa.select(*SHOWN).select_from(Dialogue).join(Feed, of_all).where(is_it)


def _said(member: StrEnum) -> sa.ColumnElement[str]:
    return sa.literal_column(f"'{member.value}'", sa.String())
