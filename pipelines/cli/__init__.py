"""The `endonym` command. Every command imports what it needs when it runs, so help is quick."""

import os
import sys
from contextlib import suppress

import typer

from pipelines.cli import (
    calibrate,
    corpus,
    decisions,
    gates,
    integrity,
    lid,
    listings,
    looking,
    pii,
    plan,
    records,
    release,
    retention,
    review,
    subject,
    takedown,
)
from schemas.errors import EndonymError, StoppedError

_USAGE = 2

app = typer.Typer(
    name="endonym",
    help="Curate national text into a corpus that can be answered for.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
corpus.register(app)
plan.register(app)
looking.register(app)
gates.register(app)
integrity.register(app)
release.register(app)
records.register(app)
retention.register(app)
app.add_typer(lid.app, name="lid")
app.add_typer(pii.app, name="pii")
app.add_typer(takedown.app, name="takedown")
app.add_typer(subject.app, name="subject")
app.add_typer(decisions.app, name="decisions")
app.add_typer(review.app, name="review")
calibrate.register(app)
listings.register(app)


def main() -> None:
    """Runs the command.

    Exit status 0 done, 1 your input or settings, 2 validation failed, 130 stopped by you.
    """
    status = _status()
    if status == StoppedError.exit_status:
        # Threads of Beam would go on and keep the process; what they write appears whole or not.
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(status)
    sys.exit(status)


def _status() -> int:
    try:
        app()
    except EndonymError as error:
        _say(str(error))
        return error.exit_status
    except SystemExit as end:
        if end.code == StoppedError.exit_status:
            _say(str(StoppedError()))
        # 2 is how the parser ends on wrong options; here it says that a release does not pass.
        return 1 if end.code == _USAGE else int(end.code or 0)
    return 0


def _say(message: str) -> None:
    typer.echo(f"endonym: {message}", err=True)
