"""The commands about language: `lid identify`, and those of `lid_models`."""

import os
import sys
from functools import partial
from typing import Annotated

import typer

from pipelines.cli import lid_models
from pipelines.cli.output import end_with_reader

#: What is read of the input at once, if so much is there.
_PIECE_BYTES = 1_000_000

app = typer.Typer(help="Language identification.", no_args_is_help=True)
lid_models.register(app)


@app.callback()
def _group() -> None:
    """Language identification."""


@app.command()
def identify(
    model: Annotated[
        str, typer.Option(help="A fastText model, or one of the package by its name.")
    ] = "default",
    sha256: lid_models.Digest = None,
    labels: lid_models.Scheme = None,
    as_json: Annotated[bool, typer.Option("--json", help="Scores and runner-up too.")] = False,
    is_certain: Annotated[
        bool, typer.Option("--certain", help="und_ where a run would not believe the best guess.")
    ] = False,
    precision: Annotated[
        float, typer.Option(min=0.5, max=0.999, help="How sure to be, with --certain.")
    ] = 0.9,
) -> None:
    """A text a line in, a tag a line out: the best guess, however unsure."""
    from lang_models.cards import Aim  # noqa: PLC0415
    from lang_models.certainty import certain  # noqa: PLC0415
    from lang_models.stream import identify_stream  # noqa: PLC0415
    from pipelines.chosen_model import chosen_identifier  # noqa: PLC0415

    end_with_reader()
    chosen = chosen_identifier(model, sha256, labels)
    caller = chosen.identify
    if is_certain:
        aim = Aim("precision", precision)
        chosen.card.check(aim)
        caller = partial(certain, identifier=chosen, aim=aim)
    pieces = iter(partial(os.read, sys.stdin.fileno(), _PIECE_BYTES), b"")
    for answers in identify_stream(pieces, caller, as_json=as_json):
        sys.stdout.buffer.write(answers)
        sys.stdout.buffer.flush()
