"""The main job before one's eyes: the example played with progress bars, then served."""

import os
import shutil
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import uvicorn
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from app.demo import links, play
from app.demo.story import Story, story
from app.kernel import clock, engine, schema, start
from app.kernel.db import transaction
from app.kernel.disk import write_whole
from app.kernel.post import Letter
from app.kernel.settings import settings
from app.main import create_app
from app.planning import service as planning
from app.planning.models import PlanRun, RunState

Answer = TypeVar("Answer")
console = Console(highlight=False)


def run(port: int) -> None:
    """Play the example unless it has been played, then serve it on 127.0.0.1 until Ctrl-C."""
    start.prepare()
    os.environ.setdefault("DIALOGDAG_BASE_URL", f"http://127.0.0.1:{port}")
    _refuse_taken(port)
    try:
        _play_and_serve(port)
    except KeyboardInterrupt:
        console.print("\nStopped. The data is kept; `make run` goes on from here.")


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken on this machine: choose another, as in `make run PORT={port + 1}`.")


def _play_and_serve(port: int) -> None:
    schema.upgrade()
    app = create_app(runs_jobs=False)
    engine.launch()
    try:
        played = links.kept(settings().base_url) or _play(story())
        with transaction() as db:
            found = links.with_way_in(db, played)
        links.keep(found)
        _tell(found)
        uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning", server_header=False)
    finally:
        engine.stop()


def _play(told: Story) -> dict[str, str]:
    console.print("[bold]First start:[/] nine municipalities ask the market about electronic medication support.\n")
    with _bars() as bars, clock.as_if(play.staged_at(told)):
        dialogue_id = _register_all(bars, told)
        run = _solve(bars, dialogue_id)
        play.publish(run.id)
        _wait_for_letters(bars, dialogue_id)
    _write_files(run.id)
    with play.as_an_organiser() as db:
        return links.make(db, dialogue_id)


def _bars() -> Progress:
    columns = TextColumn("{task.description:<28}"), BarColumn(), TextColumn("{task.fields[words]}"), TimeElapsedColumn()
    return Progress(*columns, console=console)


def _register_all(bars: Progress, told: Story) -> UUID:
    bar = bars.add_task("Suppliers register", total=len(told.parts), words="")
    dialogue_id = play.set_the_stage(told)
    for number, part in enumerate(told.parts, start=1):
        play.register_and_send_in(dialogue_id, part)
        bars.update(bar, completed=number, words=f"{number} registrations and solution proposals")
    return dialogue_id


def _solve(bars: Progress, dialogue_id: UUID) -> PlanRun:
    bar = bars.add_task("The day is planned", total=None, words="")
    run_id = play.ask_for_a_plan(dialogue_id)
    run = _wait(lambda: _show_run(bars, bar, play.run_of(run_id)))
    if run.state not in {RunState.READY, RunState.PUBLISHED}:
        sys.exit(f"The example could not be planned: {run.state.value} {run.fault or ''}")
    return run


def _show_run(bars: Progress, bar: TaskID, run: PlanRun) -> PlanRun | None:
    step, steps = run.progress.get("step", 0), run.progress.get("steps")
    bars.update(bar, completed=step, total=steps, words=str(run.progress.get("aim") or ""))
    if run.state in {RunState.WAITING, RunState.SOLVING}:
        return None
    bars.update(bar, completed=1, total=1, words="every aim proven" if run.state is not RunState.FAILED else "")
    return run


def _wait_for_letters(bars: Progress, dialogue_id: UUID) -> None:
    bar = bars.add_task("Invitations are written", total=None, words="")

    def all_written() -> bool:
        with transaction(reads_only=True) as db:
            of_dialogue = select(func.count()).select_from(Letter).where(Letter.dialogue_id == dialogue_id)
            written = db.scalars(of_dialogue).one()
            sent = db.scalars(of_dialogue.where(Letter.sent_at.is_not(None))).one()
        bars.update(bar, completed=sent, total=written, words=f"{sent} letters")
        return not engine.has_work()

    _wait(all_written)


def _wait(answer: Callable[[], Answer | None]) -> Answer:
    while not (got := answer()):
        time.sleep(0.1)
    return got


def _write_files(run_id: UUID) -> None:
    with transaction(reads_only=True) as db:
        run = planning.run(db, run_id)
        contents = {links.DAY: run.problem, links.PLAN: run.plan, links.PICTURE: planning.picture(db, run)}
    for path, text in contents.items():
        write_whole(path, (text or "").encode())


def _tell(found: dict[str, str]) -> None:
    console.print("\n[bold]Look at[/]")
    for name, link in found.items():
        console.print(f"  {name:<14}{link}", soft_wrap=True)
    console.print("\nThe supplier’s link signs in once. More of them come by letter, which is a file in the outbox.")
    console.print(f"The same list is in {links.FILE}. Serving {settings().base_url} until Ctrl-C.\n")


def forget() -> None:
    """Throw the example away: its database, its files, its letters and its links; data kept elsewhere stays."""
    url = make_url(settings().database_url)
    if url.get_backend_name() != "sqlite" or url.database is None:
        sys.exit("The example can only be thrown away from the embedded database; this one is a server's.")
    database = Path(url.database)
    for path in (database.with_name(database.name + end) for end in ("", "-wal", "-shm")):
        path.unlink(missing_ok=True)
    for folder in (links.FOLDER, settings().outbox, settings().files):
        shutil.rmtree(folder, ignore_errors=True)
    console.print("The example is gone. `make run` plays it afresh.")
