"""HiGHS, a solver of mixed-integer programmes, with its defaults on two threads."""

import highspy

from bench.peers.answer import Answer, Watch
from bench.peers.mip import Programme
from bench.peers.textbook import Textbook

THREADS = 2


def solve(book: Textbook, watch: Watch) -> Answer:
    """The best plan that HiGHS finds."""
    programme = Programme(book)
    highs = _highs(programme, watch)
    highs.run()
    status, info = highs.getModelStatus(), highs.getInfo()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(None, None, is_proven=True)
    is_proven = status == highspy.HighsModelStatus.kOptimal
    bound = programme.bound(info.mip_dual_bound)
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return Answer(None, bound, is_proven)
    return Answer(programme.slots_in(highs.getSolution().col_value), bound, is_proven)


def _highs(programme: Programme, watch: Watch) -> highspy.Highs:
    highs = highspy.Highs()
    highs.silent()
    highs.setOptionValue("threads", THREADS)
    highs.setOptionValue("parallel", "on")
    highs.setOptionValue("time_limit", watch.seconds)
    costs = set(programme.costs)
    for column, most in enumerate(programme.most):
        highs.addCol(float(column in costs), 0.0, float(most), 0, [], [])
        highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
    for row in programme.rows:
        highs.addRow(float(row.least), float(row.most), len(row.factors), list(row.factors), list(row.factors.values()))
    highs.cbMipImprovingSolution.subscribe(lambda _event: watch.improved())
    return highs
