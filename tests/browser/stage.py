"""A service in use, to walk through in a browser: dialogues in several phases on a server of their own.

Registration for “Trygg hjemme” is open, and so is choosing times; “Skoleskyss” gives its times out later and has one
place, which is taken; “Vintervei” takes nobody in any more; in “Velferdsteknologi” two companies want the same panel.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright._impl._api_structures import SetCookieParam
from sqlalchemy.orm import Session

from app.dialogues import service as dialogues
from app.dialogues.models import Dialogue
from app.kernel import clock, schema
from app.kernel.db import transaction
from app.notes import documents
from app.notes import service as notes
from app.proposals import service as proposals
from app.questions import service as questions
from app.suppliers.door import COOKIE
from app.suppliers.models import Supplier
from tests.booking import crowd
from tests.booking.factories import first_come, lay
from tests.conftest import _forget_process_state
from tests.days.factories import a_day, a_dialogue
from tests.demo.conftest import ROOT, free_port
from tests.meetings.factories import wishes
from tests.notes.factories import note_in
from tests.proposals.factories import PDF
from tests.questions.factories import drafted, published
from tests.suppliers.factories import organisation_number, registered, session_of

OPEN, LATER, CLOSED, RACE = "trygg-hjemme", "skoleskyss", "vintervei", "velferdsteknologi"


@dataclass(frozen=True)
class Stage:
    """The server's address and folder, the organiser's page, and the suppliers that can be walked in as, by name."""

    address: str
    folder: Path
    organiser: str
    signed_in: dict[str, SetCookieParam]

    def dialogue(self, slug: str) -> str:
        """The address of a dialogue's public page."""
        return f"{self.address}/d/{slug}"

    def own_page(self, name: str) -> str:
        """The address of a supplier's own page."""
        return f"{self.address}{self.signed_in[name].get('path')}"

    def link_to(self, recipient: str, what: str) -> str | None:
        """The link with `what` in its path in the last letter to somebody that has one; None before it has come."""
        found = None
        for letter in self._letters():
            body = letter.get_body(("plain",))
            if letter["To"].addresses[0].addr_spec == recipient and body is not None:
                match = re.search(rf"http://127\.0\.0\.1:\d+/\S+/{what}/\S+", body.get_content())
                found = match[0] if match else found
        return found

    def _letters(self) -> Iterator[EmailMessage]:
        for path in sorted((self.folder / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns):
            yield message_from_bytes(path.read_bytes(), policy=policy.default)


@contextmanager
def staged(folder: Path) -> Iterator[Stage]:
    """The stage, set up in `folder` and served until the block ends."""
    port = free_port()
    environment = {
        "DIALOGDAG_DATABASE_URL": f"sqlite:///{folder}/stage.sqlite3",
        "DIALOGDAG_FILES": f"{folder}/files",
        "DIALOGDAG_OUTBOX": f"{folder}/outbox",
        "DIALOGDAG_BASE_URL": f"http://127.0.0.1:{port}",
        "DIALOGDAG_ENHETSREGISTERET_URL": "",  # no test asks the world
        "DIALOGDAG_SOLVER_SECONDS": "5",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        stage = _in_this_process(lambda: _set_up(folder, f"http://127.0.0.1:{port}"))
        server = _serve(folder, port, {**os.environ, **environment})
    try:
        crowd._wait_for(f"{stage.address}/health")
        yield stage
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)


def _in_this_process(work: Callable[[], Stage]) -> Stage:
    _forget_process_state()
    try:
        return work()
    finally:
        _forget_process_state()


def _serve(folder: Path, port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with (folder / "server.txt").open("wb") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "app", "serve", "--port", str(port)],
            cwd=folder,
            env={**environment, "PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _set_up(folder: Path, address: str) -> Stage:
    schema.upgrade()
    suppliers: dict[str, Supplier] = {}
    with transaction(actor="test") as db:
        opened = _open_now(db, suppliers)
        _later(db, suppliers)
        _closed(db, suppliers)
        race = _race(db, suppliers)
        signed_in = {name: _cookie(db, address, one) for name, one in suppliers.items()}
        organiser = dialogues.organiser_link(db, opened)
    lay(race.id)  # the server lays the others when it finds who has registered
    return Stage(address, folder, organiser, signed_in)


def _open_now(db: Session, suppliers: dict[str, Supplier]) -> Dialogue:
    """Everything is open; there is a note, a document, a seal, and a question with its answer."""
    dialogue = a_dialogue(db, title="Trygg hjemme")
    a_day(db, dialogue)
    first_come(dialogue)
    dialogue.sealed_until = dialogue.proposals_due_at
    db.flush()
    notes.publish_note(db, dialogue, note_in())
    documents.publish(db, dialogue, "Behovsbeskrivelse", "behov.pdf", PDF)
    proposals.ask(db, dialogue, 1, "Hvordan dekker løsningen behovene?", 150)
    proposals.ask(db, dialogue, 2, "Hva skal til for å ta den i bruk?", 500)
    suppliers["asker"] = _company(db, dialogue, 1, "Dosevakt AS")
    published(db, dialogue, questions.ask(db, suppliers["asker"], "Må løsningen virke uten mobildekning?"))
    drafted(db, dialogue, questions.ask(db, suppliers["asker"], "Hvor mange innbyggere gjelder det?"))
    questions.ask(db, suppliers["asker"], "Kan vi få se skjemaet som brukes i dag?")
    return dialogue


def _later(db: Session, suppliers: dict[str, Supplier]) -> Dialogue:
    """Nobody has asked or chosen anything yet, and the one place is taken."""
    dialogue = a_dialogue(db, title="Skoleskyss")
    a_day(db, dialogue)
    first_come(dialogue)
    dialogue.booking_opens_at = clock.now() + timedelta(days=10)
    dialogue.places = 1
    db.flush()
    suppliers["early"] = _company(db, dialogue, 1, "Skyssbud AS")
    suppliers["waiting"] = _company(db, dialogue, 2, "Ventelisten AS")
    return dialogue


def _closed(db: Session, suppliers: dict[str, Supplier]) -> Dialogue:
    """All deadlines have passed, and nothing was sent in."""
    dialogue = a_dialogue(db, title="Vintervei")
    a_day(db, dialogue)
    proposals.ask(db, dialogue, 1, "Hvordan dekker løsningen behovene?")
    suppliers["late"] = _company(db, dialogue, 1, "Brøytebud AS")
    suppliers["partner"] = _company(db, dialogue, 2, "Strøbud AS")
    for one in (suppliers["late"], suppliers["partner"]):
        one.on_partner_list = True
    dialogue.announced_at = clock.now() - timedelta(days=60)
    dialogue.registration_closes_at = clock.now() - timedelta(days=30)
    dialogue.proposals_due_at = clock.now() - timedelta(days=20)
    return dialogue


def _race(db: Session, suppliers: dict[str, Supplier]) -> Dialogue:
    """Nothing is asked, so that whoever looks may choose at once; two companies wish for one panel."""
    dialogue = a_dialogue(db, title="Velferdsteknologi")
    a_day(db, dialogue)
    first_come(dialogue)
    asked = wishes(db, dialogue, 2, "panel-a")
    suppliers["first"], suppliers["second"] = (db.get_one(Supplier, one.supplier_id) for one in asked)
    return dialogue


def _company(db: Session, dialogue: Dialogue, place: int, name: str) -> Supplier:
    address = f"post@{name.split(maxsplit=1)[0].lower().replace('ø', 'o')}.example"
    return registered(db, dialogue, organisation_number=organisation_number(place), name=name, contact_email=address)


def _cookie(db: Session, address: str, supplier: Supplier) -> SetCookieParam:
    # Playwright takes either an address or a domain with a path.
    return {"name": COOKIE, "value": session_of(db, supplier), "domain": "127.0.0.1", "path": f"/s/{supplier.id}"}
