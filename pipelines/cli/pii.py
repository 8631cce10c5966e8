"""The commands about personal data: `pii find`, `pii eval`, `pii plant`, `pii scan`."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli.output import Json, end_with_reader, print_json, print_rows
from schemas.errors import InputError, ValidationFailedError

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


@app.command("eval")
def evaluate(
    data: Annotated[list[Path], typer.Argument(help="JSONL files with marked spans, or folders.")],
    types: Annotated[
        Path | None, typer.Option(help="YAML: the types of the sets to ours; null is left out.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Writes the record, to be named as privacy.evidence.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measures recall and precision on marked text, by type, language and script."""
    from governance.proof.evaluation import evaluate as measure  # noqa: PLC0415
    from governance.proof.evaluation import to_bytes  # noqa: PLC0415
    from governance.proof.gold import files_of, read_types  # noqa: PLC0415
    from pipelines.files import write_bytes  # noqa: PLC0415

    record = measure(files_of(data), read_types(types))
    if out:
        write_bytes(str(out), to_bytes(record))
    if as_json:
        print_json(record)
        return
    for one in record["sets"]:
        if "by_type" in one:
            for name in ("by_type", "by_script", "by_language"):
                rows = [_row(key, rates) for key, rates in one[name].items()]
                print_rows(rows, f"{one['name']}, {name.replace('_', ' ')}", as_json=False)
            print_rows([_row("all", one)], f"{one['name']}, all", as_json=False)
            behind = ", ".join(one["languages_behind"]) or "none"
            typer.echo(f"languages more than 0.05 under the mean: {behind}\n")
        for way, rates in one.get("values", {}).items():
            shown = {name: _rate(rates[name]) for name in ("recall", "precision", "invalid_masked")}
            print_rows([shown], f"{one['name']}, {way.replace('_', ' ')}", as_json=False)


def _row(name: str, rates: dict[str, Any]) -> dict[str, str]:
    shown = ("recall", "exact_recall", "precision", "leak", "damage")
    return {"": name, **{one: _rate(rates[one]) for one in shown}}


def _rate(rate: dict[str, Any]) -> str:
    if rate["share"] is None:
        return "-"
    return f"{rate['share']:.3f} ({rate['low']:.3f}-{rate['high']:.3f}) of {rate['whole']:,}"


@app.command()
def plant(
    text: Annotated[
        list[Path], typer.Argument(help="JSONL with text; id, lang, country if known.")
    ],
    out: Annotated[Path, typer.Option(help="Folder for planted.jsonl and canaries.yaml.")],
    count: Annotated[int, typer.Option(min=1, help="Values to plant.")] = 2_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same values.")] = 1,
    country: Annotated[
        str | None, typer.Option(help="ISO 3166-1 alpha-2, where rows do not say theirs.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Plants invented values of every type into real text, and lists where each stands."""
    from governance.proof import planting  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415

    rows, canaries = planting.plant(planting.read_documents(text), count, seed, country)
    with writing(out):
        planting.write(out, rows, canaries)
    scripts = sorted({canary.script for canary in canaries})
    told = {"planted": len(canaries), "asked": count, "scripts": scripts, "folder": str(out)}
    if as_json:
        print_json(told)
    else:
        typer.echo(f"{len(canaries):,} values in {len(scripts)} scripts: {out}")
    if len(canaries) < count:
        raise InputError(f"only {len(canaries):,} of {count:,} values fit; give more text")


@app.command()
def scan(
    path: Annotated[Path, typer.Argument(help="File or folder to look through.")],
    canaries: Annotated[
        Path | None, typer.Option(help="List of planted values, to look for as well.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(help="Key file, whose content must stand nowhere either.")
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            help="Run file, release folder, or policy by file or name: what it leaves out or wrote"
            " itself is no finding."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Looks for personal data in any files: pages, logs, JSON, Parquet with footers; 2 if any."""
    from governance.proof.canaries import read_canaries  # noqa: PLC0415
    from governance.proof.scan import scan as look  # noqa: PLC0415
    from pipelines.personal import named_policy  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415

    chosen = named_policy(policy) if policy else None
    with Steps("scan", shown=not as_json) as steps:
        result = look(path, read_canaries(canaries, key), steps.count, chosen)
    if as_json:
        print_json(result.as_dict())
    else:
        end_with_reader()
        for hit in result.hits:
            typer.echo(f"{hit.file}: {hit.place}: {hit.type}")
        if result.not_looked_for:
            typer.echo(f"not looked for, by the policy: {', '.join(result.not_looked_for)}")
        typer.echo(f"{result.files:,} files, {len(result.hits):,} findings")
    if result.hits:
        raise ValidationFailedError(f"{path} holds personal data: {len(result.hits):,} findings")
