"""The part of the report that tells of letters."""

from collections.abc import Iterable, Iterator

from bench.results import FaultsRow, MailRow
from bench.tables import seconds, table


def mail_sections(mail: Iterable[MailRow], faults: Iterable[FaultsRow]) -> Iterator[str]:
    """What was measured of letters; nothing where nothing was."""
    yield from _publications(list(mail))
    yield from _faults(list(faults))


def _publications(rows: list[MailRow]) -> Iterator[str]:
    if not rows:
        return
    yield "## Letters"
    yield (
        "A plan is published: panels of three have eight meetings each, and all come to a plenary. Every invitation is"
        " composed and queued, a hundred in a transaction, then sent by the jobs of one process to a mail server in"
        " another, on SQLite. The goals: all composed in 5 seconds, 50 sent a second."
    )
    heads = ("publication", "letters", "composed and queued, s", "longest transaction, s", "sent a second")
    yield table((*heads, "CPU s", "MiB"), map(_published, rows))
    yield "![Letters sent against seconds](mail.svg)"


def _published(row: MailRow) -> list[object]:
    return [
        f"{row.suppliers} suppliers × {row.panels} panels",
        row.letters,
        seconds(row.composed_seconds),
        seconds(row.longest_transaction_seconds),
        f"{row.letters_a_second:.0f}",
        seconds(row.cost.cpu_seconds),
        f"{row.cost.peak_mib:.0f}",
    ]


def _faults(rows: list[FaultsRow]) -> Iterator[str]:
    if not rows:
        return
    yield "## Letters through faults"
    yield (
        "Made by `make faults`: the mail server fails one time in five (421, 451 and 452, and lines dropped before and"
        " after the content, some of which it has taken), and the process that sends is killed with -9 again and"
        " again. *Repeated*: arrived once more with the same Message-ID; *doubled*: with another."
    )
    heads = ("letters", "kills", "attempts that failed", "lost", "parked", "doubled", "repeated", "wall s")
    yield table(heads, map(_tried, rows))
    yield "![Letters sent against seconds, and kills](faults.svg)"


def _tried(row: FaultsRow) -> list[object]:
    counts = (row.letters, row.kills, row.faults, row.lost, row.parked, row.doubled, row.repeated)
    return [*counts, seconds(row.cost.wall_seconds)]
