"""The commands about profiles: `calibrate` makes one from text, `profiles check` lints some."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from pipelines.cli.output import Json, print_json, print_rows

if TYPE_CHECKING:
    from pipelines.calibration import Calibrated

profiles = typer.Typer(help="Language profiles.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Adds the commands to the app."""
    app.command()(calibrate)
    app.add_typer(profiles, name="profiles")


def calibrate(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    tag: Annotated[str, typer.Argument(help="swh_Latn; several with commas; or all.")],
    text: Annotated[list[str], typer.Argument(help="Files, folders: each a kind of text.")],
    out: Annotated[
        Path | None, typer.Option(help="Write TAG.yaml into this folder; else it is printed.")
    ] = None,
    unit: Annotated[
        Literal["file", "paragraph", "line"], typer.Option(help="A document in plain text.")
    ] = "file",
    text_key: Annotated[str, typer.Option("--text", help="Key or column of the text.")] = "text",
    language_key: Annotated[
        str | None, typer.Option("--language", help="Key or column of the language.")
    ] = None,
    share: Annotated[float, typer.Option(help="Of good text that each limit may remove.")] = 0.01,
    confidence: Annotated[float, typer.Option(help="How sure that has to be.")] = 0.95,
    sources: Annotated[int, typer.Option(help="Kinds of text that have to agree.")] = 2,
    adopt: Annotated[
        Literal["language", "all"], typer.Option(help="Which limits are set from the text.")
    ] = "language",
    replace: Annotated[bool, typer.Option(help="Replace what a person set too.")] = False,
    keep_english: Annotated[
        bool, typer.Option(help="Keep pages that seem to be English for a part.")
    ] = False,
    neighbours_only: Annotated[
        bool, typer.Option("--neighbours-only", help="Of profiles that there are; nothing else.")
    ] = False,
    licences: Annotated[
        Path | None, typer.Option(help="YAML: the licence of each source, by its name.")
    ] = None,
    least_words: Annotated[int, typer.Option(help="Fewer of a language are refused.")] = 1_000,
    day: Annotated[
        str | None, typer.Option("--date", help="Of the measurement; today when absent.")
    ] = None,
    model: Annotated[Path | None, typer.Option(help="Another fastText model.")] = None,
    sha256: Annotated[str | None, typer.Option(help="Digest of that model.")] = None,
    labels: Annotated[
        str | None, typer.Option(help="How it names languages: lid176 or flores.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Measures reference text, proposes a language's limits, lints them, writes its profile."""
    from lang_models.calibrate import Aim  # noqa: PLC0415
    from lang_models.identify import Identifier  # noqa: PLC0415
    from pipelines.calibration import (  # noqa: PLC0415
        Texts,
        calibrate_all,
        neighbours_alone,
    )
    from pipelines.cli.days import given_day  # noqa: PLC0415

    aim = Aim(given_day(day).isoformat(), share, confidence, sources, adopt, replace)
    texts = Texts(text, unit, text_key, language_key, keep_english, least_words, licences)
    identifier = Identifier.load(str(model) if model else None, sha256, labels)
    measured = neighbours_alone if neighbours_only else calibrate_all
    done = []
    for one in measured(tag, texts, identifier, aim, out):
        path = str(one.write(out)) if out and one.is_sound else None
        done.append((one, path))
        if not as_json:
            _tell(one, path, is_printed=out is None)
    if as_json:
        print_json([_as_dict(one, path) for one, path in done])
    _judge([one for one, _ in done], is_every=tag == "all")


def _tell(one: "Calibrated", path: str | None, *, is_printed: bool) -> None:
    """The proposals as a table, what was left out, what the lint found, and the profile."""
    from lang_models.calibrate import as_yaml  # noqa: PLC0415

    if one.draft is None:
        typer.echo(one.refused, err=True)
        return
    if one.draft.proposals:
        print_rows(_rows(one), f"{one.tag}: limits", as_json=False)
    for reason, count in one.draft.left_out.items():
        typer.echo(f"{one.tag}: {count:,} rows left out: {reason}")
    for finding in one.findings:
        typer.echo(f"{one.tag}: {finding.level}: {finding.check}: {finding.text}")
    if path:
        typer.echo(f"{one.tag}: written to {path}")
    elif is_printed:
        typer.echo(as_yaml(one.draft.profile))


def _rows(one: "Calibrated") -> list[dict[str, Any]]:
    proposals = one.draft.proposals if one.draft else ()
    return [
        {
            "limit": proposal.key,
            "": proposal.side,
            "all languages": _number(proposal.common),
            "measured": _number(proposal.measured),
            "of": proposal.count,
            "proposed": "off" if proposal.value is None else _number(proposal.value),
            "why": proposal.verdict,
        }
        for proposal in proposals
    ]


def _number(value: float | None) -> str | None:
    return None if value is None else f"{value:.4g}" if value < 10_000 else f"{value:,.0f}"  # noqa: PLR2004


def _as_dict(one: "Calibrated", path: str | None) -> dict[str, Any]:
    from dataclasses import asdict  # noqa: PLC0415

    draft = one.draft
    return {
        "tag": one.tag,
        "refused": one.refused or None,
        "written": path,
        "profile": draft.profile.model_dump(mode="json", exclude_unset=True) if draft else None,
        "proposals": [asdict(proposal) for proposal in draft.proposals] if draft else [],
        "left_out": draft.left_out if draft else {},
        "findings": [asdict(finding) for finding in one.findings],
    }


def _judge(done: "list[Calibrated]", *, is_every: bool) -> None:
    """Exit status 1 when a language that was asked for has no sound profile."""
    from schemas.errors import InputError  # noqa: PLC0415

    refused = [one.tag for one in done if one.draft is None]
    unsound = [one.tag for one in done if one.draft and not one.is_sound]
    if unsound:
        raise InputError(f"the lint found errors, so not written: {', '.join(unsound)}")
    if refused and (not is_every or len(refused) == len(done)):
        raise InputError(f"too little text, so not calibrated: {', '.join(refused)}")


@profiles.callback()
def _profiles() -> None:
    """Language profiles."""


@profiles.command("check")
def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Profiles; those of the package when absent.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Lints profiles: limits that do nothing or too much, stop words of another language."""
    from dataclasses import asdict  # noqa: PLC0415

    from lang_models.calibrate import lint  # noqa: PLC0415
    from lang_models.profile import FOLDER, available, read  # noqa: PLC0415
    from schemas.errors import InputError  # noqa: PLC0415

    chosen = paths or [FOLDER / f"{tag}.yaml" for tag in available()]
    findings = [one for path in chosen for one in lint(path.stem, read(path))]
    print_rows([asdict(one) for one in findings], "findings", as_json=as_json)
    wrong = {one.tag for one in findings if one.level == "error"}
    if wrong:
        raise InputError(f"the lint found errors in {', '.join(sorted(wrong))}")
