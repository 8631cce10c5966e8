"""The commands about runs and releases: curate, validate, report, explain."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli.output import Json, print_json, print_rows
from schemas.errors import InputError, StoppedError, ValidationFailedError


def _on_this_disk(folder: str) -> Path:
    if "://" in folder:
        raise InputError(
            f"{folder}: lies on another filesystem; copy the release to this machine's disk and"
            " name that folder"
        )
    return Path(folder)


Release = Annotated[
    Path,
    typer.Argument(
        help="Folder of a release, such as out/demo/2026.11.0.",
        parser=_on_this_disk,
        metavar="RELEASE",
    ),
]


def register(app: typer.Typer) -> None:
    """Adds the commands to the app."""
    for command in (curate, validate, report, explain):
        app.command()(command)


def curate(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    run: Annotated[Path, typer.Argument(help="The run file, such as samples/run.yaml.")],
    beam_options: Annotated[
        list[str] | None, typer.Argument(help="After --: options for Beam, passed untouched.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="key=value, replaces a setting of the file.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(help="Folder or URI, replaces `output` of the run file.")
    ] = None,
    runner: Annotated[str, typer.Option(help="Where it runs; see endonym runners.")] = "local",
    workers: Annotated[int, typer.Option(help="How many work at once; 0 is one a processor.")] = 0,
    report: Annotated[bool, typer.Option(help="Write the review report at the end.")] = True,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Build and check all that would run, and run nothing.")
    ] = False,
    metrics: Annotated[
        str | None,
        typer.Option(help="File for the figures of the run, in Prometheus' text format."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Raw text in, governed corpus out: curates, validates and reports."""
    from pipelines.quiet import quieten  # noqa: PLC0415

    quieten()
    if dry_run:
        from pipelines.dry_run import dry_run as built  # noqa: PLC0415

        plan = built(run, overrides(set_ or []), out, runner, workers, tuple(beam_options or ()))
        print_json(vars_of(plan)) if as_json else typer.echo(plan.as_text())
        return
    from pipelines import files  # noqa: PLC0415
    from pipelines.job import Job  # noqa: PLC0415  # takes seconds

    job = Job(run, overrides(set_ or []), out, runner, workers, tuple(beam_options or ()))
    try:
        summary = job.curate(with_report=report, with_progress=not as_json)
    except KeyboardInterrupt:
        raise StoppedError("start the same command again: it goes on where it stopped") from None
    if metrics is not None:
        from pipelines.metrics import write_metrics  # noqa: PLC0415

        write_metrics(summary.release, metrics)
    if as_json:
        print_json(summary.as_dict())
    else:
        typer.echo(summary.as_text())
    if not summary.passed:
        where = summary.report or files.join(summary.release, "validation/results.json")
        raise ValidationFailedError(f"{summary.release} does not pass; {where} says why")


def validate(release: Release, as_json: Json = False) -> None:
    """Holds a release against its suites; exit status 2 when it may not be released."""
    from governance.validate import validate as check  # noqa: PLC0415
    from pipelines.compare import compare  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415

    with Steps("validate", shown=not as_json) as steps, writing(release):
        result = check(release, progress=steps.step, compare=compare)
    rows = [vars_of(gate) for gate in result.gates]
    if as_json:
        print_json({"passed": result.passed, "gates": rows})
    else:
        shown = [{name: row[name] for name in ("id", "passed", "figure", "title")} for row in rows]
        print_rows(shown, "gates", as_json=False)
        for row in rows:
            if not row["judged"]:
                typer.echo(f"{row['id']}: not judged: {row['note']}")
            elif not row["passed"]:
                typer.echo(f"{row['id']}: {' '.join(row['reasons'])}")
        typer.echo("passed" if result.passed else "not passed")
    if not result.passed:
        raise ValidationFailedError(f"{release} must not be released")


def report(
    release: Release,
    single: Annotated[
        bool, typer.Option("--single", help="One file with all pages, to be sent or printed.")
    ] = False,
    previous: Annotated[
        Path | None,
        typer.Option(help="The release to compare with; else the one before it beside it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Writes the review report of a release again: a page for each subject, and review.json."""
    from governance.report import write_report  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415

    with Steps("report", shown=not as_json) as steps, writing(release):
        path = write_report(release, progress=steps.count, is_single=single, previous=previous)
    print_json({"report": str(path)}) if as_json else typer.echo(path)


def explain(
    release: Release,
    doc_id: Annotated[str | None, typer.Option(help="Name of the document.")] = None,
    native_id: Annotated[str | None, typer.Option(help="Its id in the source.")] = None,
    url: Annotated[str | None, typer.Option(help="Its URL in the source.")] = None,
    as_json: Json = False,
) -> None:
    """Says for any document, kept or not, what became of it and why."""
    from governance.explain import explain as ask  # noqa: PLC0415

    answers = ask(release, doc_id=doc_id, native_id=native_id, url=url)
    if as_json:
        print_json([answer.as_dict() for answer in answers])
    else:
        typer.echo("\n\n".join(answer.as_text() for answer in answers))


def vars_of(record: Any) -> dict[str, Any]:  # noqa: ANN401  # any dataclass
    """The fields of a record by name."""
    return {name: getattr(record, name) for name in record.__dataclass_fields__}


def overrides(pairs: list[str]) -> dict[str, Any]:
    """The settings that `--set key=value` replaces, by dotted key.

    Raises:
        InputError: a pair is not written so, or its value is no YAML.
    """
    import yaml  # noqa: PLC0415

    values = {}
    for pair in pairs:
        key, sign, text = pair.partition("=")
        if not sign or not all(key.split(".")):
            raise InputError(f"--set {pair}: write it as key=value, such as dedup.threshold=0.8")
        try:
            values[key] = yaml.safe_load(text)
        except yaml.YAMLError:
            raise InputError(f"--set {pair}: the value is not YAML; put it in quotes") from None
    return values
