"""Durable jobs on the same database (DBOS): asked for in the transaction that needs them, run once to their end.

A job is a workflow of steps; each step bears being run twice. A process that starts again with the same
`DIALOGDAG_EXECUTOR` takes up what it had begun. A room may also listen for an event (`on`) that a room below
it announces: arrows keep pointing down, and the listener's job is asked for in the announcing transaction. What
is to be done again and again (`every`) is asked for by all processes, each time under one id.
"""

import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import ParamSpec, TypeVar
from uuid import UUID

from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.kernel import clock, db
from app.kernel.log import log
from app.kernel.refusals import Refusal, Unavailable
from app.kernel.settings import settings

QUEUE = "jobs"
LETTERS = "letters"  # a queue of their own: a mail server that hangs holds up no other job
VERSION = "1"  # of the jobs' shape: a change that cannot take up an earlier job's steps raises it
LOST_AFTER = 10  # times its period: a run that repeats has then lost its process for good, and holds up no other
KEPT = 24 * 60 * 60  # seconds that runs of what repeats are kept for a person to look at; else they would pile up

P = ParamSpec("P")
R = TypeVar("R")

_listeners: dict[str, list[str]] = defaultdict(list)
_repeated: list["_Repeated"] = []
_stops: list[threading.Event] = []  # one for each launch that has not been stopped


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A job that runs again and again, once in each stretch of so many seconds."""

    name: str
    seconds: int
    queue: str

    def stretch(self) -> int:
        """The number of the stretch that it is now."""
        return int(time.time() // self.seconds)


def workflow(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a job that can be asked for by `name`."""
    return DBOS.workflow(name=name)


def step(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a step of a job: its answer is kept, and it is not run again once it has answered.

    While the database does not answer it is tried again every two seconds, for some hours.
    """
    return DBOS.step(
        name=name,
        retries_allowed=True,
        should_retry=_may_pass,
        max_attempts=10_000,
        interval_seconds=2,
        backoff_rate=1,
    )


def _may_pass(fault: BaseException) -> bool:
    return isinstance(fault, Unavailable)


def on(event: str, name: str) -> Callable[[Callable[[str], None]], Callable[[str], None]]:
    """Make a function the job `name` that is asked for whenever `event` is announced; it gets the id it is about."""

    def listen(job: Callable[[str], None]) -> Callable[[str], None]:
        _listeners[event].append(name)
        return workflow(name)(job)

    return listen


def every(seconds: int, name: str, *, queue: str = QUEUE) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Make a function without arguments the job `name` that runs about every so many seconds, in one process of all.

    A run that was missed while nothing ran is not made up for, and there is none while the last one waits or goes on.
    A run that was cut off is taken up again like any job: what it does must bear being done twice.
    """

    def repeat(job: Callable[[], None]) -> Callable[[], None]:
        _repeated.append(_Repeated(name, seconds, queue))
        return workflow(name)(job)

    return repeat


def announce(session: Session, event: str, about: UUID, *, quiet_seconds: int = 0) -> None:
    """Tell all listeners, when this transaction commits, that `event` has happened to what has the id `about`.

    With `quiet_seconds` whatever happens to it within a stretch of so many seconds is told once, after the stretch.
    """
    if not quiet_seconds:
        for name in _listeners[event]:
            enqueue(session, name, str(about))
        return
    stretch, since = divmod(clock.now().timestamp(), quiet_seconds)
    # A listener locks what it is about before it reads, so that it waits for a transaction that is not through yet.
    for name in _listeners[event]:
        job_id = f"{name}-{about}-{quiet_seconds}-{stretch:.0f}"
        enqueue(session, name, str(about), job_id=job_id, delay_seconds=2 * quiet_seconds - since)


def enqueue(
    session: Session,
    name: str,
    *arguments: str,
    job_id: str | None = None,
    delay_seconds: float = 0,
    queue: str = QUEUE,
) -> None:
    """Ask for a job when this transaction commits; a second ask with the same `job_id` is the same job."""
    options: EnqueueOptions = {"workflow_name": name, "queue_name": queue, "app_version": VERSION}
    if job_id is not None:
        options["workflow_id"] = job_id
    if delay_seconds:
        options["delay_seconds"] = delay_seconds
    session.flush()
    _client().enqueue_in_transaction(session, options, *arguments)


def has_work() -> bool:
    """Whether any job is waiting to be run, or is being run, in this process or another; put-off ones do not count."""
    return bool(_client().list_workflows(status=["ENQUEUED", "PENDING"], limit=1, load_input=False, load_output=False))


def sleep(seconds: float) -> None:
    """Wait inside a job; a restart does not begin the wait anew."""
    DBOS.sleep(seconds)


@cache
def _client() -> DBOSClient:
    return DBOSClient(system_database_engine=db.engine(), lazy=True)


def migrate() -> None:
    """Make or bring up to date the engine's own tables."""
    DBOS.migrate(system_database_url=_url())


def launch() -> None:
    """Start running jobs in this process, beginning with those it had not finished."""
    logging.getLogger("dbos").setLevel(logging.WARNING)
    DBOS(config=_config())
    DBOS.launch()
    for queue in (QUEUE, LETTERS):
        DBOS.register_queue(queue, worker_concurrency=4, polling_interval_sec=0.3)

    _stops.append(threading.Event())
    threading.Thread(target=_ask_again_and_again, args=[_stops[-1]], name="what repeats", daemon=True).start()


def _ask_again_and_again(stopped: threading.Event) -> None:
    asked = {job: job.stretch() for job in _repeated}
    while asked and not stopped.wait(min(job.seconds - time.time() % job.seconds for job in asked)):
        for job, stretch in asked.items():
            if job.stretch() != stretch:
                asked[job] = job.stretch()
                _ask_for_run(job)


def _ask_for_run(job: _Repeated) -> None:
    try:
        if not _goes_on(job):
            with db.transaction() as session:
                enqueue(session, job.name, job_id=f"{job.name}-{job.stretch()}", queue=job.queue)
        _forget_runs(job)
    except (Refusal, SQLAlchemyError):
        # The database does not answer: the next stretch is soon enough, and this thread must live to see it.
        log.exception("what repeats was not asked for", job=job.name)


def _goes_on(job: _Repeated) -> bool:
    since, under_way = _ago(LOST_AFTER * job.seconds), ["ENQUEUED", "PENDING"]
    found = _client().list_workflows(
        name=job.name, status=under_way, start_time=since, limit=1, load_input=False, load_output=False
    )
    return bool(found)


def _forget_runs(job: _Repeated) -> None:
    over = ["SUCCESS", "ERROR"]
    found = _client().list_workflows(
        name=job.name, status=over, completed_before=_ago(KEPT), limit=100, load_input=False, load_output=False
    )
    if found:
        _client().delete_workflows([run.workflow_id for run in found])


def _ago(seconds: float) -> str:
    return datetime.fromtimestamp(time.time() - seconds, UTC).isoformat()


def stopping() -> threading.Event:
    """What is set once this process is told to stop: a step that goes on for long looks at it now and then."""
    return _stops[-1] if _stops else threading.Event()


def stop(seconds: int = 5) -> None:
    """Stop taking jobs, and give those under way `seconds` to end; the rest are taken up at the next start."""
    while _stops:
        _stops.pop().set()
    DBOS.destroy(workflow_completion_timeout_sec=seconds)


def _config() -> DBOSConfig:
    return {
        "name": "dialogdag",
        "system_database_url": _url(),
        "application_version": VERSION,
        "executor_id": settings().executor,
        "log_level": "WARNING",
        "enable_otlp": False,
        "use_listen_notify": False,
    }


def _url() -> str:
    return settings().database_url
