"""The commands that record what gates need and no run can know: rebuilt, screened."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.corpus import Release
from pipelines.cli.output import Json, print_json
from schemas.errors import ValidationFailedError

AsOf = Annotated[
    str | None, typer.Option(help="Day of the comparison; else SOURCE_DATE_EPOCH, else today.")
]


def register(app: typer.Typer) -> None:
    """Adds the commands to the app."""
    app.command()(rebuilt)
    app.command()(screened)


def rebuilt(
    release: Release,
    other: Annotated[Path, typer.Argument(help="What a second run left.", metavar="OTHER")],
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """Compares a release with a second run of the same inputs; gate G-REPRO reads the record."""
    from governance.validate.rebuilt import compare_rebuilt  # noqa: PLC0415
    from pipelines.cli.gates import day  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415

    with writing(release):
        record = compare_rebuilt(release, other, day(as_of))
    if as_json:
        print_json(record)
    else:
        typer.echo(f"{record['same']} files are the same, {record['different']} are not")
        for path in record["different_files"]:
            typer.echo(f"{path}: came out otherwise")
    if record["different"]:
        raise ValidationFailedError(f"{other} is not the same release as {release}")


def screened(
    release: Release,
    checks: Annotated[Path, typer.Argument(help="What was applied.", metavar="CHECKS.yaml")],
    as_json: Json = False,
) -> None:
    """Records checks for illegal content that were made elsewhere; gate G-ILL reads them."""
    from governance.validate.screened import keep_checks  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415

    with writing(release):
        record = keep_checks(release, checks)
    if as_json:
        print_json(record)
    else:
        typer.echo(f"checks recorded for these files: {len(record['checks'])}")
