"""The command that keeps a programme from keeping: retention."""

from typing import Annotated

import typer

from pipelines.cli.integrity import Out, RunFile
from pipelines.cli.output import Json, print_json, print_rows


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command()(retention)


def retention(
    run: RunFile,
    as_of: Annotated[
        str | None, typer.Option(help="The day; else SOURCE_DATE_EPOCH, else today.")
    ] = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Remove it; without this nothing is changed.")
    ] = False,
    role: Annotated[
        str, typer.Option(help="Role of who removes it; stands in the audit log.")
    ] = "privacy-officer",
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Lists what the policy lets nobody keep any longer, and removes it when told so."""
    from pipelines import retention as work  # noqa: PLC0415
    from pipelines.cli.gates import day  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415
    from pipelines.takedown.secondary import alone  # noqa: PLC0415

    corpus, today = load_corpus(run, out), day(as_of)
    items, done = work.over(corpus, today), 0
    if apply and items:
        with alone(corpus):
            at = today.isoformat()
            done = work.remove(corpus, items, day=at, role=role, at=at)
    rows = [
        {name: value for name, value in one.as_dict().items() if name != "place"} for one in items
    ]
    if as_json:
        print_json({"as_of": today.isoformat(), "over": rows, "removed": done})
        return
    print_rows(rows, "retention: what is over", as_json=False)
    custodians = sum(one.kind == work.RAW for one in items)
    typer.echo(f"over: {len(items)}; removed: {done}" + (
        f"; {custodians} sources of raw text are for their custodians" if custodians else ""
    ))  # fmt: skip
