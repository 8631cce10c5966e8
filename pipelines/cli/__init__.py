"""The `endonym` command. Every command imports what it needs when it runs, so help is quick."""

import sys

import click
import typer

from pipelines.cli import corpus, lid, listings, pii
from schemas.errors import EndonymError

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
        status = app(standalone_mode=False)
    except EndonymError as error:
        _say(str(error))
        sys.exit(error.exit_status)
    except click.exceptions.Abort:
        _say("stopped; run the same command again to go on where it stopped")
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(1)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    sys.exit(status if isinstance(status, int) else 0)


def _say(message: str) -> None:
    click.echo(f"endonym: {message}", err=True)
