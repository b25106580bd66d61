"""The job that makes a plan: read the facts, let the solver think with no transaction open, keep what came of it."""

from uuid import UUID

from app.kernel import engine
from app.kernel.db import transaction
from app.kernel.refusals import Unavailable
from app.planning import service, solving
from app.planning.outcome import Outcome


@engine.workflow("make plan")
def make_plan(run_id: str) -> None:
    """Solve one plan run and keep what came of it."""
    if load(run_id):
        store(run_id, find_plan(run_id))


@engine.step("load the facts")
def load(run_id: str) -> bool:
    """Write down the day file of a run; false when the run has ended already."""
    with transaction() as db:
        return service.begin(db, UUID(run_id)) is not None


@engine.step("find a plan")
def find_plan(run_id: str) -> Outcome:
    """Let the solver solve the day file of a run."""
    with transaction(reads_only=True) as db:
        run = service.run(db, UUID(run_id))

    def tell(progress: solving.Progress) -> None:
        try:
            with transaction() as db:
                service.note_progress(db, run.id, progress)
        except Unavailable:
            return  # the next piece of progress will do as well

    return solving.solved(run.problem or "", run.seed, tell)


@engine.step("store the plan")
def store(run_id: str, outcome: Outcome) -> None:
    """Keep what came of a run."""
    with transaction() as db:
        service.finish(db, UUID(run_id), outcome)
