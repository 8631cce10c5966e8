"""The `endonym` command. Every command imports what it needs when it runs, so help is quick."""

import sys

import typer

from pipelines.cli import corpus, lid, listings, pii
from schemas.errors import EndonymError

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
app.add_typer(lid.app, name="lid")
app.add_typer(pii.app, name="pii")
listings.register(app)


def main() -> None:
    """Runs the command: exit status 0 done, 1 your input or settings, 2 validation failed."""
    try:
        app()
    except EndonymError as error:
        _say(str(error))
        sys.exit(error.exit_status)
    except SystemExit as end:
        # 2 is how the parser ends on wrong options; here it says that a release does not pass.
        sys.exit(1 if end.code == _USAGE else end.code)


def _say(message: str) -> None:
    typer.echo(f"endonym: {message}", err=True)
