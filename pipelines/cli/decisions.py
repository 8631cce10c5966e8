"""The commands about decisions on a report: `decisions apply`, `check`, `list`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.gates import day
from pipelines.cli.output import Json, print_json, print_rows
from schemas.errors import ValidationFailedError

if TYPE_CHECKING:
    from pipelines.decisions.order import Order

app = typer.Typer(help="What stewards decided on a report.", no_args_is_help=True)

RunFile = Annotated[Path, typer.Argument(help="The run file of the corpus.", metavar="RUN.yaml")]
Out = Annotated[str | None, typer.Option(help="Folder that replaces `output` of the run file.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The day, as 2026-11-25; else today.")]


@app.callback()
def _group() -> None:
    """What stewards decided on a report."""


@app.command()
def apply(
    run: RunFile,
    files: Annotated[list[Path], typer.Argument(help="decisions.json, as the report exports it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Write it; else only the effect.")] = False,
    key: Annotated[
        Path | None, typer.Option(help="Private key that signs the files.", metavar="PRIVATE.pem")
    ] = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Checks decisions, counts what they would change, and with --yes puts them in force."""
    from pipelines.decisions.order import carry_out, place_order  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415

    order = place_order(run, files, out)
    with Steps("effect", shown=not as_json) as steps:
        found = order.effect(steps.count).as_dict()
    done = carry_out(order, day(as_of), key) if yes else None
    if as_json:
        print_json({"changes": _changes(order), "effect": found, "written": done})
        return
    _show_changes(order)
    _show_effect(found)
    if done is None:
        typer.echo("Nothing is changed yet: --yes puts it in force.")
        return
    typer.echo(f"in force: {done['in_force']}; the next run reads it, under another version")
    if not done["recorded_in_release"]:
        typer.echo("The release is issued already, so it keeps no record of these decisions.")


@app.command()
def check(
    run: RunFile,
    files: Annotated[
        list[Path] | None, typer.Argument(help="decisions.json; without any, what is in force.")
    ] = None,
    as_of: AsOf = None,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Checks files of decisions; without any, those in force: files, signatures, expiry."""
    if files:
        from pipelines.decisions.order import place_order  # noqa: PLC0415

        order = place_order(run, files, out)
        if as_json:
            print_json({"changes": _changes(order)})
            return
        _show_changes(order)
        decided = sum(len(one.content.decisions) for one in order.given)
        typer.echo(f"{decided} decisions, {len(order.changes)} of them change the next run")
        return
    from pipelines.decisions.standing import problems_of  # noqa: PLC0415

    found = problems_of(run, day(as_of), out)
    if as_json:
        print_json({"problems": found})
    else:
        typer.echo("\n".join(found) or "every decision in force is on record, and none is over")
    if found:
        raise ValidationFailedError(f"{run}: decisions in force: {len(found)} problems")


@app.command("list")
def list_(run: RunFile, as_of: AsOf = None, out: Out = None, as_json: Json = False) -> None:
    """The decisions in force, and what the newest release made of each."""
    from pipelines.decisions.standing import rows_of  # noqa: PLC0415

    print_rows(rows_of(run, day(as_of), out), "decisions in force", as_json=as_json)


def _changes(order: "Order") -> list[dict[str, Any]]:
    return [one.model_dump(mode="json") for one in order.changes]


def _show_changes(order: "Order") -> None:
    from pipelines.decisions.targets import describe  # noqa: PLC0415

    print_rows([describe(one) for one in order.changes], "what is decided", as_json=False)
    for old, new in order.replaced():
        typer.echo(f"{new.id} takes the place of {old.id} ({old.kind} {old.target})")


def _show_effect(found: dict[str, Any]) -> None:
    for decision, moved in found["by_decision"].items():
        typer.echo(f"{decision} alone: {_told(moved)}")
    for key, title in (("by_language", "by language"), ("by_source", "by source")):
        name = "tag" if key == "by_language" else "source"
        rows = [
            {name: one[name] or "none", **{f"{end}": f"{one['before'].get(end, 0):,} → {count:,}"
                                           for end, count in one["after"].items()}}
            for one in found[key]
        ]  # fmt: skip
        print_rows(rows, f"documents {title}, now → then", as_json=False)
    typer.echo(f"all together: {_told(found['all'])}")
    if found["all"].get("quarantined -> unread") or found["all"].get("removed -> unread"):
        typer.echo("unread: let in again; only the next run can say what becomes of them")
    if found["uncompared"]:
        typer.echo(f"{found['uncompared']:,} newly kept: copies among them will be removed")
    if found["orphaned_copies"]:
        typer.echo(
            f"{found['orphaned_copies']:,} copies lose the document that was kept in their place:"
            " one of each group takes it"
        )


def _told(moved: dict[str, int]) -> str:
    told = [f"{count:,} {way.replace(' -> ', ' → ')}" for way, count in moved.items()]
    return "; ".join(told) or "no document moves"
