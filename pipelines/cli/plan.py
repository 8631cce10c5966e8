"""The command that says what a run would do before it does it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli.corpus import overrides
from pipelines.cli.output import Json, print_json, print_rows


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command()(plan)


def plan(
    run: Annotated[Path, typer.Argument(help="The run file, such as samples/run.yaml.")],
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="key=value, replaces a setting of the file.")
    ] = None,
    out: Annotated[
        str | None, typer.Option(help="Folder or URI, replaces `output` of the run file.")
    ] = None,
    workers: Annotated[int, typer.Option(help="How many work at once; 0 is one a processor.")] = 0,
    as_json: Json = False,
) -> None:
    """Says what `curate` would do: parts read, what is staged already and why not, time, disk."""
    from pipelines.inputs import find_all  # noqa: PLC0415  # takes a second
    from pipelines.load import load_run  # noqa: PLC0415
    from pipelines.opt_outs import gather  # noqa: PLC0415
    from pipelines.planning import plan_run  # noqa: PLC0415
    from pipelines.publish import is_released  # noqa: PLC0415
    from pipelines.runners import default_workers  # noqa: PLC0415

    loaded = load_run(run, overrides(set_ or []), out)
    inputs = find_all(loaded)
    loaded = gather(loaded, inputs)
    there = is_released(loaded, inputs)
    found = plan_run(loaded, inputs, workers or default_workers())
    if as_json:
        print_json({**found.as_dict(), "released": there})
        return
    if there:
        typer.echo(f"{found.release} is there, made of the same: nothing is to be done")
        return
    rows = [
        {"source": one.source, "files": one.files, "MB": _mb(one.bytes), "parts": one.parts,
         "staged": one.cached, "MB to do": _mb(one.to_do_bytes), "why": one.why}
        for one in found.sources
    ]  # fmt: skip
    print_rows(rows, "plan", as_json=False)
    for line in _lines(found, keeps=loaded.settings.keep_staging):
        typer.echo(line)


def _lines(found: Any, *, keeps: bool) -> list[str]:  # noqa: ANN401  # the plan, imported late
    from pipelines.shown import clock  # noqa: PLC0415

    staging, release = (_free(free) for free in found.free_bytes)
    lines = [
        "",
        f"release  {found.release}",
        f"to do    {_mb(found.to_do_bytes)} of {_mb(sum(one.bytes for one in found.sources))} MB",
        f"time     about {clock(found.seconds)}: {found.basis}",
        f"staging  about {_mb(found.staging_bytes)} MB, {staging}",
        f"release  about {_mb(found.release_bytes)} MB, {release}",
    ]
    if not found.has_room:
        lines.append("There is too little room; free some, or choose another `output`.")
    if not keeps:
        lines.append("Batches go at the end; keep_staging: true keeps them for the next version.")
    return lines


def _mb(size: float) -> str:
    return f"{size / 1e6:,.1f}"


def _free(free: int | None) -> str:
    return "on another filesystem" if free is None else f"{_mb(free)} MB free"
