"""The command about gates: where a release stands, with its waivers."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.corpus import Release
from pipelines.cli.output import Json, print_json, print_rows
from schemas.errors import InputError, ValidationFailedError


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command()(gates)


def gates(
    release: Release,
    waivers: Annotated[
        Path | None, typer.Option(help="File of waivers, such as waivers.yaml.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="The day that ages are held against; today when absent.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Holds a release against every gate, with its figure and limit; 2 when one blocks."""
    from governance.validate.standing import kind, stand  # noqa: PLC0415
    from pipelines.compare import compare  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415

    with Steps("gates", shown=not as_json) as steps:
        found = stand(
            release, as_of=day(as_of), waivers=waivers, progress=steps.step, compare=compare
        )
    if as_json:
        print_json(found.as_dict())
    else:
        rows = [
            {"gate": gate.id, "state": found.state(gate),
             "figure": gate.figure if gate.judged else None,
             "limit": gate.limit, "of": gate.unit, "kind": kind(gate)}
            for gate in found.gates
        ]  # fmt: skip
        print_rows(rows, "gates", as_json=False)
        for gate in found.gates:
            said = (gate.note,) if not gate.judged else gate.reasons if gate.failed else ()
            for sentence in said:
                typer.echo(f"{gate.id}: {sentence}")
        for waiver in found.waivers:
            typer.echo(
                f"{waiver.gate}: waived until {waiver.expires} by {waiver.owner}, approved by"
                f" {waiver.approved_by}: {waiver.reason} Instead: {waiver.compensating_control}"
            )
        for sentence in found.refused:
            typer.echo(f"waiver refused: {sentence}")
        typer.echo("nothing blocks" if found.passed else "blocked")
    if not found.passed:
        named = ", ".join(gate.id for gate in found.blocking) or "no manifest"
        raise ValidationFailedError(f"{release} must not be released: {named}")


def day(given: str | None) -> date:
    """The day of `--as-of`, else of SOURCE_DATE_EPOCH, else today.

    Raises:
        InputError: it is no day, or the variable holds no seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if given is not None:
            return date.fromisoformat(given)
        return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else datetime.now(UTC).date()
    except (ValueError, OverflowError, OSError):
        where = f"--as-of {given}" if given is not None else f"SOURCE_DATE_EPOCH={epoch}"
        remedy = "write a day as 2026-11-25" if given is not None else "it is seconds since 1970"
        raise InputError(f"{where}: is no day; {remedy}") from None
