"""The command that hands a corpus out: release."""

import os
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.corpus import Release
from pipelines.cli.output import Json, print_json, print_rows
from schemas.errors import InputError

if TYPE_CHECKING:
    from governance.integrity.audit import AuditLog


def register(app: typer.Typer) -> None:
    """Adds the command to the app."""
    app.command()(release)


def release(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    folder: Release,
    key: Annotated[
        Path | None, typer.Option(help="Private key that signs.", metavar="PRIVATE.pem")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="Empty folder for a copy of what is handed out.")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option(help="The release that this one follows.", metavar="RELEASE")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(help="Day of publication; else SOURCE_DATE_EPOCH, the run's day.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option(help="Run file: its audit log.", metavar="RUN.yaml")
    ] = None,
    waivers: Annotated[
        Path | None, typer.Option(help="Gates that two people let pass.", metavar="YAML")
    ] = None,
    licences: Annotated[
        Path | None, typer.Option(help="Folder with texts of licences, as CC0-1.0.txt.")
    ] = None,
    as_json: Json = False,
) -> None:
    """After gates and sign-off: renders what a corpus is handed out with, lists and signs it."""
    from governance.exports.making import Order, make_release  # noqa: PLC0415
    from pipelines.compare import compare  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415

    log = _log(run, key) if run else None
    audit = log.path.parent if log else None
    order = Order(folder, _day(as_of), key, to, previous, audit, waivers, compare,
                  licences)  # fmt: skip
    with Steps("release", shown=not as_json) as steps, writing(to or folder):
        made = make_release(order, steps.step)
        if log:
            _tell(log, folder, order.as_of)
    gaps = [asdict(gap) for gap in made.gaps]
    if as_json:
        said = {"release": str(made.folder), "files": made.files, "signed": made.is_signed}
        print_json({**said, "gaps": gaps})
        return
    print_rows(gaps, "gaps: fields that no record answers", as_json=False)
    signed = "signed" if made.is_signed else "not signed: give --key to sign it"
    typer.echo(f"{made.folder}: {made.files} files handed out, {signed}")


def _day(as_of: str | None) -> date | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        if as_of is None:
            return datetime.fromtimestamp(int(epoch), UTC).date() if epoch else None
        return date.fromisoformat(as_of)
    except ValueError:
        raise InputError(f"--as-of {as_of or epoch}: write it as 2026-11-25") from None


def _log(run: Path, key: Path | None) -> "AuditLog":
    from governance.integrity.audit import AuditLog  # noqa: PLC0415
    from pipelines.load import load_corpus  # noqa: PLC0415

    return AuditLog(load_corpus(run).state / "audit", key)


def _tell(log: "AuditLog", folder: Path, day: date | None) -> None:
    from governance.integrity.paths import SUMS, file_digest  # noqa: PLC0415
    from governance.release_folder import read_json  # noqa: PLC0415

    record = read_json(folder / "release.json")
    at = day.isoformat() if day else str(record.get("published"))
    facts = {"manifest_sha256": file_digest(folder / SUMS)}
    version = f"release:{record.get('name')}-{record.get('version')}"
    log.append("release", version, actor_role="release", at=at, facts=facts)
