"""The command line: `dialogdag serve · worker · migrate · demo · trail verify · solve · check · …`."""

import sys
from typing import Annotated

import typer

from solver import cli as solver_cli
from solver.terminal.leaving import heard_as_usual
from solver.terminal.one_line import OneLine

app = typer.Typer(cls=OneLine, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
trail_app = typer.Typer(no_args_is_help=True, help="The trail of all changes.")
app.add_typer(trail_app, name="trail")
mail_app = typer.Typer(no_args_is_help=True, help="The mailbox that invitations come from.")
app.add_typer(mail_app, name="mail")
solver_cli.verbs(app)

Port = Annotated[int, typer.Option(min=1, max=65535, help="The port on this machine.")]
Host = Annotated[str, typer.Option(help="The address to listen on.")]


@app.command()
def serve(
    port: Port = 8000, host: Host = "127.0.0.1", jobs: Annotated[bool, typer.Option(help="Also work off jobs.")] = True
) -> None:
    """Serve the web app on a database that has been brought up to date."""
    from app import serving

    heard_as_usual()
    serving.serve(host, port, runs_jobs=jobs)


@app.command()
def demo(
    port: Port = 8000, forget: Annotated[bool, typer.Option("--forget", help="Throw the example away.")] = False
) -> None:
    """Play the example of nine municipalities on a first start, then serve it."""
    from app.demo import show

    heard_as_usual()
    if forget:
        show.forget()
    else:
        show.run(port)


@app.command()
def worker() -> None:
    """Work off jobs, without serving."""
    from app import worker as working

    working.work()


@app.command()
def migrate() -> None:
    """Bring the database up to date."""
    from app.kernel import schema

    schema.upgrade()


@app.command()
def restored() -> None:
    """Say that a backup has been restored, before anything runs on it: letters that wait in it are held back."""
    from app.kernel import restored as restoring
    from app.kernel import schema
    from app.kernel.db import transaction
    from app.main import create_app

    schema.upgrade()
    create_app(runs_jobs=False)  # every room's say is known once its doors are
    with transaction(actor="operator") as db:
        letters = restoring.note(db).letters
    typer.echo(f"{letters} letters that waited are held back; organisers see them, and may send them anew.")


@trail_app.command()
def verify() -> None:
    """Check the chain of the trail; ends with status 1 and the first bad entry when it does not hold."""
    from app.kernel import trail
    from app.kernel.db import transaction

    with transaction(reads_only=True) as db:
        flaw = trail.first_flaw(db)
        if flaw is not None:
            typer.echo(f"The trail does not hold: {flaw.sentence}.", err=True)
            sys.exit(1)
        number, last_hash = trail.head(db).number, trail.head(db).hash
    typer.echo(f"The trail holds: {number} entries, the last with the hash {last_hash}.")


@mail_app.command()
def read() -> None:
    """Read what has come in to the mailbox, once; ends with status 1 when it cannot be read."""
    from app.invitations import mail_jobs
    from app.kernel.mailbox import MailboxFault
    from app.kernel.refusals import Unavailable

    try:
        found = mail_jobs.read()
    except (MailboxFault, Unavailable) as fault:
        typer.echo(f"The mailbox cannot be read: {fault}.", err=True)
        sys.exit(1)
    kinds = ", ".join(f"{number} {outcome}" for outcome, number in sorted(found.items()))
    typer.echo(f"Read: {kinds}." if kinds else "Nothing new.")
