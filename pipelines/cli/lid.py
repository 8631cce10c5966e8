"""The commands about language: `lid identify`."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import end_with_reader

app = typer.Typer(help="Language identification.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Language identification."""


@app.command()
def identify(
    model: Annotated[Path | None, typer.Option(help="Another fastText model.")] = None,
    sha256: Annotated[str | None, typer.Option(help="Digest of that model.")] = None,
    labels: Annotated[
        str | None, typer.Option(help="How it names languages: lid176 or flores.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Scores and runner-up too.")] = False,
) -> None:
    """A text a line in, a tag a line out."""
    from lang_models.identify import Identifier  # noqa: PLC0415
    from lang_models.stream import identify_lines  # noqa: PLC0415

    end_with_reader()
    chosen = Identifier.load(str(model) if model else None, sha256, labels)
    for line in identify_lines(iter(sys.stdin.buffer.readline, b""), chosen, as_json=as_json):
        sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
