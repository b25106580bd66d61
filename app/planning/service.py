"""Plans: asked for, made by the engine's job, looked at, and published as the meetings of the day."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from app.dialogues.models import Dialogue, Phase
from app.invitations import service as invitations
from app.invitations.service import Due
from app.kernel import clock, engine, trail
from app.kernel.refusals import Conflict
from app.meetings import service as meetings
from app.meetings import sharing
from app.meetings.queries import appointments_at
from app.planning import translate
from app.planning.models import PlanRun, RunState
from app.planning.outcome import Outcome
from app.planning.queries import facts_of, latest_run, run, run_in, runs_of
from solver import sizes
from solver.draw import draw
from solver.files import read_plan, read_problem
from solver.plan import Plan
from solver.problem import Problem
from solver.verify import breaches

__all__ = [
    "begin",
    "finish",
    "latest_run",
    "letters_of",
    "picture",
    "publish",
    "request_plan",
    "run",
    "run_in",
    "runs_of",
]

MOST_MEETINGS = 600
_UNDER_WAY = (RunState.WAITING, RunState.SOLVING)


def request_plan(db: Session, dialogue: Dialogue, *, seed: int = 1) -> PlanRun:
    """A new plan run, and the job that makes the plan once this transaction commits.

    Suppliers that want a meeting, and that nobody has given a panel, get theirs evenly and by lot. Raises Conflict when
    a plan is being made already, or there is nothing to plan, or more than can be planned.
    """
    db.refresh(dialogue, with_for_update=True)
    if is_under_way(db, dialogue.id):
        raise Conflict("A plan is being made already.")
    sharing.share_out(db, dialogue.id)
    facts = facts_of(db, dialogue.id)
    if not facts.meetings:
        raise Conflict("There is nothing to plan: no supplier has a meeting to wait for.")
    _refuse_too_large(facts)
    asked = PlanRun(dialogue_id=dialogue.id, seed=seed)
    db.add(asked)
    db.flush()
    trail.record(db, "requested", asked, dialogue_id=dialogue.id, seed=seed)
    engine.enqueue(db, "make plan", str(asked.id), job_id=f"plan-{asked.id}")
    return asked


def _refuse_too_large(facts: translate.Facts) -> None:
    things = (
        ("{count} meetings are too many for one day: at most {most}.", len(facts.meetings), MOST_MEETINGS),
        ("{count} suppliers are too many for one day: at most {most}.", len(facts.suppliers), sizes.MOST_SUPPLIERS),
        ("{count} rooms are too many for one day: at most {most}.", len(facts.rooms), sizes.MOST_ROOMS),
        ("{count} sessions are too many for one day: at most {most}.", len(facts.sessions), sizes.MOST_SESSIONS),
    )
    for sentence, count, most in things:
        if count > most:
            raise Conflict(sentence, count=count, most=most)


def is_under_way(db: Session, dialogue_id: UUID) -> bool:
    """Whether a plan is being made just now."""
    under_way = sa.and_(PlanRun.dialogue_id == dialogue_id, PlanRun.state.in_(_UNDER_WAY))
    return db.scalars(sa.select(sa.exists().where(under_way))).one()


def begin(db: Session, run_id: UUID) -> PlanRun | None:
    """The run with its day file written down, and being solved from now on; None when it has ended already."""
    known = run(db, run_id)
    # Nobody changes a fact while they are read: what is written down is what the version stands for.
    dialogue = db.get_one(Dialogue, known.dialogue_id, with_for_update=True)
    db.refresh(known)
    if known.state not in _UNDER_WAY:
        return None
    known.problem = translate.problem_of(facts_of(db, dialogue.id)).decode()
    known.facts_version, known.state = dialogue.facts_version, RunState.SOLVING
    return known


def note_progress(db: Session, run_id: UUID, progress: dict[str, object]) -> None:
    """Note how far the solver has come with a run that is being solved."""
    solving = sa.and_(PlanRun.id == run_id, PlanRun.state == RunState.SOLVING)
    db.execute(sa.update(PlanRun).where(solving).values(progress=progress))


def finish(db: Session, run_id: UUID, outcome: Outcome) -> None:
    """Keep what came of a run, once: a run that has ended stays as it ended, whoever comes later."""
    known = run(db, run_id)
    dialogue = db.get_one(Dialogue, known.dialogue_id, with_for_update=True)
    db.refresh(known)
    if known.state is not RunState.SOLVING:
        return
    ended = RunState(outcome["state"])
    known.state = RunState.OUTDATED if ended is RunState.READY and not is_current(dialogue, known) else ended
    known.plan, known.fault, known.finished_at = outcome["plan"], outcome["fault"], clock.now()
    trail.record(db, known.state.value, known, dialogue_id=dialogue.id)


def is_current(dialogue: Dialogue, made: PlanRun) -> bool:
    """Whether the facts are still those that the plan was made on."""
    return made.facts_version == dialogue.facts_version


def publish(db: Session, made: PlanRun) -> None:
    """Make a plan the meetings of the day, after checking it anew; those concerned are told by the invitations.

    Raises Conflict when the plan is not ready, is published already, or something has changed since it was made.
    """
    dialogue = db.get_one(Dialogue, made.dialogue_id, with_for_update=True, populate_existing=True)
    db.refresh(made)
    if made.state is RunState.PUBLISHED:
        raise Conflict("This plan is published already.")
    if made.state is not RunState.READY:
        raise Conflict("There is no finished plan to publish.")
    if not is_current(dialogue, made):
        raise Conflict("Something has changed since this plan was made. Make a new plan, and publish that.")
    problem, plan = files_of(made)
    if broken := breaches(problem, plan):
        raise Conflict("The plan breaks a rule, and cannot be published: {breach}", breach=broken[0].text)
    facts = facts_of(db, dialogue.id)
    meetings.apply(db, dialogue.id, translate.places_of(facts, plan), translate.session_places_of(facts, plan))
    made.state, made.published_at, dialogue.phase = RunState.PUBLISHED, clock.now(), Phase.PLANNED
    trail.record(db, "published", made, dialogue_id=dialogue.id, facts_version=made.facts_version)


def letters_of(db: Session, made: PlanRun) -> list[Due]:
    """The letters that publishing a plan would send, once it has been quiet; nothing is changed."""
    dialogue = db.get_one(Dialogue, made.dialogue_id)
    _, plan = files_of(made)
    facts = facts_of(db, dialogue.id)
    places, session_places = translate.places_of(facts, plan), translate.session_places_of(facts, plan)
    return invitations.due(db, dialogue, appointments_at(db, dialogue.id, places, session_places))


def day_file(made: PlanRun) -> bytes:
    """The day file of a run; raises Conflict until the facts have been read."""
    if made.problem is None:
        raise Conflict("The facts for this plan have not been read yet.")
    return made.problem.encode()


def plan_file(made: PlanRun) -> bytes:
    """The plan file of a run; raises Conflict when there is none."""
    if made.plan is None:
        raise Conflict("There is no finished plan to look at.")
    return made.plan.encode()


def files_of(made: PlanRun) -> tuple[Problem, Plan]:
    """The day and the plan of a run; raises Conflict when there is none."""
    problem = read_problem(day_file(made))
    return problem, read_plan(plan_file(made), problem)


def picture(db: Session, made: PlanRun, language: str = "nb") -> str:
    """The plan as an SVG picture with everyone's names; raises Conflict when there is no plan."""
    problem, plan = files_of(made)
    labels = facts_of(db, made.dialogue_id).labels
    title = db.get_one(Dialogue, made.dialogue_id).title
    return draw(problem, plan, labels=labels, title=title, language=language)
