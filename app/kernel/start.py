"""What every process does before anything else."""

import sys

from app.kernel import log
from app.kernel.settings import Settings


def prepare() -> None:
    """Set up the log; raises SystemExit under `python -O`, and where settings contradict each other.

    icalendar's guards against injected lines are assertions, which -O removes (collective/icalendar #1471).
    """
    if not __debug__:
        sys.exit("Dialogdag does not run under python -O.")
    # Read afresh, and not kept: the example says only after this where it stands.
    if contradiction := contradiction_in(Settings()):
        sys.exit(contradiction)
    log.set_up(to_terminal=sys.stderr.isatty())


def contradiction_in(chosen: Settings) -> str:
    """What is wrong with the settings taken together, as a sentence; empty where nothing is."""
    if chosen.replies is None:
        return ""
    local, _, domain = chosen.replies.partition("@")
    if not local or not domain or "+" in local:
        return "DIALOGDAG_REPLIES is no address that answers can come to, such as svar@dialog.example."
    if chosen.mailbox_url is None:
        # Else people would answer into a mailbox that nobody opens.
        return "DIALOGDAG_REPLIES is set, but DIALOGDAG_MAILBOX_URL does not say where that mailbox is read."
    return ""
