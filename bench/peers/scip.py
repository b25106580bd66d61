"""SCIP, a solver of constraint integer programmes, with its defaults."""

import pyscipopt

from bench.peers.answer import Answer, Watch
from bench.peers.mip import INFINITE, Programme
from bench.peers.textbook import Textbook


def solve(book: Textbook, watch: Watch) -> Answer:
    """The best plan that SCIP finds."""
    programme = Programme(book)
    model, columns = _model(programme, watch)
    model.optimize()
    status = model.getStatus()
    if status == "infeasible":
        return Answer(None, None, is_proven=True)
    bound = programme.bound(max(0.0, model.getDualbound()))
    if model.getNSols() == 0:
        return Answer(None, bound, is_proven=False)
    values = [model.getVal(column) for column in columns]
    return Answer(programme.slots_in(values), bound, is_proven=status == "optimal")


class _Improvements(pyscipopt.Eventhdlr):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def eventinit(self) -> None:
        """Ask to be told of each better solution."""
        self.model.catchEvent(pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, self)

    def eventexit(self) -> None:
        """Ask no longer."""
        self.model.dropEvent(pyscipopt.SCIP_EVENTTYPE.BESTSOLFOUND, self)

    def eventexec(self, event: pyscipopt.scip.Event) -> None:
        """Called by SCIP at each better solution."""
        del event
        self._watch.improved()


def _model(programme: Programme, watch: Watch) -> tuple[pyscipopt.Model, list[pyscipopt.scip.Variable]]:
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("limits/time", watch.seconds)
    columns = [model.addVar(vtype="I", lb=0, ub=most) for most in programme.most]
    for row in programme.rows:
        total = pyscipopt.quicksum(factor * columns[column] for column, factor in row.factors.items())
        if row.least > -INFINITE:
            model.addCons(total >= row.least)
        if row.most < INFINITE:
            model.addCons(total <= row.most)
    model.setObjective(pyscipopt.quicksum(columns[column] for column in programme.costs), "minimize")
    model.includeEventhdlr(_Improvements(watch), "improvements", "remembers when something better was found")
    return model, columns
