"""What every process does before anything else."""

import sys

from app.kernel import log


def prepare() -> None:
    """Set up the log; raises SystemExit under `python -O`.

    icalendar's guards against injected lines are assertions, which -O removes (collective/icalendar #1471).
    """
    if not __debug__:
        sys.exit("Dialogdag does not run under python -O.")
    log.set_up(to_terminal=sys.stderr.isatty())
