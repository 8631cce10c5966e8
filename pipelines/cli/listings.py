"""The commands that list what there is: languages, formats, recognisers, sources, doctor."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.output import Json, print_rows

sources = typer.Typer(help="Source cards.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the commands to the app."""
    for command in (languages, formats, recognisers, runners, doctor):
        app.command()(command)
    app.add_typer(sources, name="sources")


def languages(as_json: Json = False) -> None:
    """The languages that the model can name, with their names and profiles."""
    from lang_models.catalogue import catalogue  # noqa: PLC0415
    from lang_models.identify import Identifier  # noqa: PLC0415

    print_rows(catalogue(Identifier.load()), "languages", as_json=as_json)


def formats(as_json: Json = False) -> None:
    """The formats that can be read."""
    from pipelines.formats import FORMATS  # noqa: PLC0415

    rows = [
        {"name": entry.name, "suffixes": entry.suffixes, "description": entry.description}
        for entry in FORMATS
    ]
    print_rows(rows, "formats", as_json=as_json)


def recognisers(
    country: Annotated[
        str | None, typer.Option(help="ISO 3166-1 alpha-2: what applies to its sources.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Tag or ISO 639-3: what applies to its documents.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The kinds of personal data that are found; for a country or language, which and why."""
    from governance.pii import RECOGNISERS  # noqa: PLC0415

    if country is None and language is None:
        rows = [
            {"type": entry.type, "description": entry.description, "source": entry.source}
            for entry in RECOGNISERS
        ]
    else:
        from governance.pii.choice import choose  # noqa: PLC0415

        rows = [choice._asdict() for choice in choose(country, language)]
    print_rows(rows, "recognisers", as_json=as_json)


def runners(as_json: Json = False) -> None:
    """Where a run can run, and why not."""
    from pipelines.runners import RUNNERS  # noqa: PLC0415

    rows = [
        {"name": one.name, "for": one.description, "asks": one.asks, "missing": one.missing()}
        for one in RUNNERS
    ]
    print_rows(rows, "runners", as_json=as_json)


@sources.callback()
def _sources() -> None:
    """Source cards."""


@sources.command("check")
def check(
    cards: Annotated[list[Path], typer.Argument(help="Card files, such as sources/*.yaml.")],
    as_json: Json = False,
) -> None:
    """Checks source cards and that their files are there; tells all mistakes at once."""
    from pipelines.inputs import find  # noqa: PLC0415
    from schemas.errors import InputError  # noqa: PLC0415
    from schemas.source import SourceCard  # noqa: PLC0415
    from schemas.yaml_files import read_record  # noqa: PLC0415

    rows, problems = [], []
    for path in cards:
        try:
            card = read_record(path, SourceCard)
            found = find(card, str(path.resolve().parent))
        except InputError as error:
            problems.append(str(error))
            continue
        size = sum(file.bytes for file in found)
        rows.append({"card": str(path), "id": card.id, "files": len(found), "bytes": size})
    if problems:
        raise InputError("\n".join(problems))
    print_rows(rows, "sources", as_json=as_json)


def doctor(as_json: Json = False) -> None:
    """Checks the installation: packages, the model's digest, Beam, the kernels, the key."""
    from pipelines.doctor import examine  # noqa: PLC0415

    findings = examine()
    print_rows(findings, "doctor", as_json=as_json)
    if not all(row["ok"] for row in findings):
        raise typer.Exit(1)
