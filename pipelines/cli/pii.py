"""The commands about personal data: `pii find`."""

import sys

import typer

from pipelines.cli.output import Json, end_with_reader

app = typer.Typer(help="Personal data.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Personal data."""


@app.command()
def find(as_json: Json = True) -> None:  # noqa: ARG001  # it answers in JSON either way
    """JSONL with id, text, lang and country in; JSONL with id and spans out."""
    from governance.pii.lines import find_lines  # noqa: PLC0415

    end_with_reader()
    for line in find_lines(iter(sys.stdin.buffer.readline, b"")):
        sys.stdout.buffer.write(line)
    sys.stdout.buffer.flush()
