"""One change for each conflict, where no single one helps against all of them."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from solver.counting.capacity import Bound, is_overfull
from solver.explaining.changes import Change, together
from solver.explaining.instances import Instance, names_of
from solver.explaining.patience import Patience
from solver.explaining.planning import with_all
from solver.explaining.proposals import Proposal, Proposals
from solver.explaining.smaller import only
from solver.problem import Problem


def one_for_each(
    problem: Problem, conflicts: Sequence[Collection[Instance]], bounds: Sequence[Bound], patience: Patience
) -> Change | None:
    """For each conflict what asks least against it, looked at alone; None when there is nothing against one of them.

    Whether they help together is not known yet. Raises OutOfTime when the patience is over.
    """
    found: list[Change] = []
    for conflict in conflicts:
        helping = list(_against(problem, tuple(conflict), bounds, patience))
        if not helping:
            return None
        found.append(min(helping, key=lambda change: (change.burden, change.kind)))
    return together(found)


def _against(
    problem: Problem, conflict: tuple[Instance, ...], bounds: Iterable[Bound], patience: Patience
) -> Iterator[Change]:
    """Of each proposal the first option that helps against the conflict."""
    names = names_of(conflict)

    def helps(change: Change) -> bool:
        day = only(change.apply(problem), names)
        patience.keep_counting(day)
        return not is_overfull(day, day.meeting) and with_all(day, day.meeting, patience) is not None

    for proposal in Proposals(problem, [conflict], tuple(bounds)).all():
        yield from _first(proposal, helps)


def _first(proposal: Proposal, helps: Callable[[Change], bool]) -> Sequence[Change]:
    options = proposal.options
    if not proposal.is_ladder:
        return [option for option in options if helps(option)][:1]
    least = bisect_left(options, 1, key=lambda option: int(helps(option)))
    return options[least : least + 1]
