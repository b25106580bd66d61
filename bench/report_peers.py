"""The part of the report that sets us beside the peers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from math import ceil
from statistics import median

from bench.against import against, instances_of, starting_up
from bench.results import PeerRow
from bench.tables import NOTHING, known, seconds, table, times
from bench.textbook_runs import OURS, PEERS

SOLVERS = (OURS, *PEERS.values())
WHO_THEY_ARE = """\
*CP-SAT, first try* has a literal for each meeting and slot and minimises, with its defaults and two workers; *HiGHS*
(two threads) and *SCIP* have the same as rows and columns; *RC2* (MaxSAT) has the clauses of the literature; *Timefold*
searches locally with constraint streams and proves nothing. A plan counts when rules that no solver shares find it
lawful."""
HOW_COMPARED = """\
*As far* counts the instances on which a peer came to the same proof or, where it has none, to a plan as good as ours.
*× ours* is how many times our CPU seconds it took to come there, of whole processes and of *thinking* alone, without
what a day with one meeting costs: starting up. Where it did not come as far it was stopped, at so many times our
thinking. Medians, but for the least."""


def peers_sections(peers: Iterable[PeerRow], limit: float) -> Iterator[str]:
    """How many instances each has proven, how much longer than we it takes, and every single run."""
    rows = sorted(peers, key=lambda row: row.meetings)
    names = list(dict.fromkeys(row.instance for row in instances_of(rows)))
    if not names:
        return
    yield "## Against the peers"
    yield (
        f"The plain meeting problem of the literature, {len(names)} instances, the same day file for everybody,"
        f" {limit:.0f} seconds on the wall each. {WHO_THEY_ARE}"
    )
    heads = ("solver", "proven", "best value", "with a plan", "CPU s", "of it starting up")
    longer = ("as far", "× ours", "× ours, thinking", "the least", "stopped at")
    yield table((*heads, *longer), (_summary(name, rows) for name in SOLVERS))
    yield HOW_COMPARED
    yield "![CPU seconds of the peers against ours](peers.svg)"
    yield from _every_run(rows, names)


def _every_run(rows: Sequence[PeerRow], names: Sequence[str]) -> Iterator[str]:
    for what, cell in (
        ("Breaks; the bound in brackets where they are not proven to be the fewest:", _breaks),
        ("CPU seconds of the whole process:", _cpu),
        ("MiB:", _mib),
    ):
        yield what
        yield table(("instance", "meetings", *SOLVERS), (_across(name, rows, cell) for name in names))


def _summary(name: str, rows: Sequence[PeerRow]) -> list[object]:
    own = [row for row in instances_of(rows) if row.solver == name and row.is_lawful]
    compared = [each for each in against(rows) if each.peer.solver == name]
    finished = [each for each in compared if each.is_finished]
    return [
        name,
        sum(row.is_proven for row in own),
        sum(row.value is not None and row.value == _best(rows, row.instance) for row in own),
        sum(row.value is not None for row in own),
        seconds(median(row.cost.cpu_seconds for row in own)) if own else NOTHING,
        seconds(starting_up(rows).get(name)),
        len(finished) if name != OURS else NOTHING,
        _middle([each.ratio for each in finished]),
        _middle([each.thinking_ratio for each in finished]),
        _times_or_nothing(min((each.thinking_ratio for each in finished), default=None)),
        _middle([each.thinking_ratio for each in compared if not each.is_finished], "> "),
    ]


def _middle(ratios: Sequence[float], before: str = "") -> str:
    return f"{before}{times(median(ratios))}" if ratios else NOTHING


def _times_or_nothing(ratio: float | None) -> str:
    return NOTHING if ratio is None else times(ratio)


def _best(rows: Sequence[PeerRow], instance: str) -> int | None:
    lawful = [row.value for row in rows if row.instance == instance and row.is_lawful and row.value is not None]
    return min(lawful, default=None)


def _across(instance: str, rows: Sequence[PeerRow], cell: Callable[[PeerRow], str]) -> list[object]:
    by_solver = {row.solver: row for row in rows if row.instance == instance}
    meetings = next(row.meetings for row in by_solver.values())
    return [instance, meetings, *(cell(by_solver[name]) if name in by_solver else NOTHING for name in SOLVERS)]


def _breaks(row: PeerRow) -> str:
    if not row.is_lawful:
        return "not lawful"
    if row.value is None:
        return "infeasible" if row.is_proven else f"none ({known(row.bound)})"
    return str(row.value) if row.is_proven else f"{row.value} ({known(row.bound)})"


def _cpu(row: PeerRow) -> str:
    return seconds(row.cost.cpu_seconds)


def _mib(row: PeerRow) -> str:
    return str(ceil(row.cost.peak_mib))
