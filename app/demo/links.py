"""Where to look: the links and files of the played example, kept in `var/demo/links.json`."""

import json
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from app.days import service as days
from app.dialogues import service as dialogues
from app.feeds import service as feeds
from app.feeds.models import FeedKind
from app.kernel import access
from app.kernel.access import Right
from app.kernel.disk import write_whole
from app.kernel.settings import settings
from app.suppliers import service as suppliers
from app.suppliers.links import personal_link

FOLDER = Path("var/demo")
FILE = FOLDER / "links.json"
DAY, PLAN, PICTURE = (FOLDER / name for name in ("day.json", "plan.json", "day.svg"))
_A_YEAR = timedelta(days=365)  # whoever tries the example need not fetch a letter first
SUPPLIER, PERSON, PANEL, ROOM = "dosevakt-as", "anne-solvang", "panel-a", "furu"


def make(db: Session, dialogue_id: UUID) -> dict[str, str]:
    """New links to everything worth looking at; each grants its own token."""
    dialogue = dialogues.get(db, dialogue_id)
    supplier = next(one for one in suppliers.of_dialogue(db, dialogue_id) if one.handle == SUPPLIER)
    person = next(one for one in days.people_of(db, dialogue_id) if one.handle == PERSON)
    panel = next(one for one in days.panels_of(db, dialogue_id) if one.handle == PANEL)
    room = next(one for one in days.rooms_of(db, dialogue_id) if one.handle == ROOM)
    base = settings().base_url
    return {
        "public": f"{base}/d/{dialogue.slug}",
        "organiser": dialogues.organiser_link(db, dialogue),
        "supplier": personal_link(supplier),
        "person": f"{base}/p/{access.grant(db, Right.PERSON, person.id)}",
        "feed_public": feeds.feed_link(db, FeedKind.PUBLIC, dialogue.id, dialogue),
        "feed_supplier": feeds.feed_link(db, FeedKind.SUPPLIER, supplier.id, dialogue),
        "feed_panel": feeds.feed_link(db, FeedKind.PANEL, panel.id, dialogue),
        "feed_room": feeds.feed_link(db, FeedKind.ROOM, room.id, dialogue),
        "api": f"{base}/api/v1/openapi.json",
        "day": DAY.as_posix(),
        "plan": PLAN.as_posix(),
        "picture": PICTURE.as_posix(),
        "outbox": settings().outbox.as_posix(),
    }


def with_way_in(db: Session, links: dict[str, str]) -> dict[str, str]:
    """The links with a new one that signs in as the supplier, once: the last one may have been used."""
    own_page = links["supplier"].partition("/sign-in/")[0]
    supplier_id = UUID(own_page.rpartition("/")[2])
    access.revoke(db, Right.SIGN_IN, supplier_id)
    return {**links, "supplier": f"{own_page}/sign-in/{access.grant(db, Right.SIGN_IN, supplier_id, _A_YEAR)}"}


def keep(links: dict[str, str]) -> None:
    """Write the links down for programs to read."""
    write_whole(FILE, json.dumps(links, indent=2, ensure_ascii=False).encode() + b"\n")


def kept(base_url: str) -> dict[str, str] | None:
    """The links of an earlier start, now at `base_url`; None when the example has not been played to its end."""
    if not FILE.exists():
        return None
    links: dict[str, str] = json.loads(FILE.read_text(encoding="utf-8"))
    former = links["api"].removesuffix("/api/v1/openapi.json")
    return {
        name: link.replace(former, base_url, 1) if link.startswith(former) else link for name, link in links.items()
    }
