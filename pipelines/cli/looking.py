"""The commands that show: documents of a release, and two releases side by side."""

import re
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import chain, islice
from typing import Annotated, Any

import typer

from pipelines.cli.corpus import Release
from pipelines.cli.output import Json, end_with_reader, print_json, print_rows
from schemas.errors import InputError

_OUTCOMES = ("released", "removed", "quarantined")
#: A placeholder, such as [EMAIL_ADDRESS].
_MASK = re.compile(r"\[[A-Z][A-Z_]+\]")
_MOST_ROWS = 20


def register(app: typer.Typer) -> None:
    """Adds the commands to the app."""
    app.command()(inspect)
    app.command()(diff)


def inspect(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    release: Release,
    outcome: Annotated[
        str | None, typer.Option(help="released, removed or quarantined; all when absent.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Tag, or its beginning: swh_Latn, swh.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Id of a source.")] = None,
    rule: Annotated[str | None, typer.Option(help="Rule, such as near-duplicate.")] = None,
    min_score: Annotated[
        float | None, typer.Option(min=0, max=1, help="Least score of the language.")
    ] = None,
    max_score: Annotated[
        float | None, typer.Option(min=0, max=1, help="Greatest score of the language.")
    ] = None,
    skip: Annotated[int, typer.Option(min=0, help="So many are passed over.")] = 0,
    number: Annotated[int, typer.Option(min=1, help="At most so many.")] = 100,
    whole: Annotated[bool, typer.Option(help="Whole texts, not their parts.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="JSONL: a document a line, all its columns.")
    ] = False,
) -> None:
    """Pages through documents of a release, masks shown, by language, source, rule or score."""
    from governance.looking import Wanted, look  # noqa: PLC0415
    from governance.release_folder import open_release  # noqa: PLC0415

    if outcome is not None and outcome not in _OUTCOMES:
        raise InputError(f"--outcome {outcome}: there are {', '.join(_OUTCOMES)}")
    wanted = Wanted(outcome, language, source, rule, min_score, max_score)
    rows = islice(look(open_release(release), wanted, skip=skip), number)
    if as_json:
        import orjson  # noqa: PLC0415

        end_with_reader()
        for row in rows:
            sys.stdout.write(orjson.dumps(row).decode() + "\n")
        return
    _show(rows, skip, whole=whole)


def _show(rows: Iterator[dict[str, Any]], skip: int, *, whole: bool) -> None:
    from rich.console import Console  # noqa: PLC0415  # slow to import

    end_with_reader()
    console = Console(highlight=False, soft_wrap=True)
    first = next(rows, None)
    if first is None:
        typer.echo("no document is so")
        return
    with console.pager(styles=True) if console.is_terminal else nullcontext():
        for at, row in enumerate(chain((first,), rows), start=skip + 1):
            console.rule(f"{at}  {row['doc_id']}", align="left")
            console.print("\n".join(_about(row)), style="dim", markup=False)
            console.print(_masked(_text(row["text"], whole=whole)))


def _about(row: dict[str, Any]) -> list[str]:
    """What is known of a document, in a few lines, without its address and name."""
    decision, language = row["decision"], row["language"] or {}
    ended = decision["outcome"]
    if decision["outcome"] != "released":
        ended += f" by {decision['stage']}/{decision['rule']}"
    if decision["measure"] is not None:
        ended += f": {decision['measure']:.4g}, limit {decision['limit']:.4g}"
    masked = ", ".join(f"{one['type']} {one['count']}" for one in row["privacy"] or ())
    tag = language.get("tag") or "language not told"
    score = language.get("score")
    copies = (row["duplicates"] or {}).get("cluster_size") or 1
    found = f"{tag}{'' if score is None else f' {score:.3f}'}; {copies} in its cluster"
    return [
        f"{ended}; {row['source']['id']}; {row['rights']['concluded'] or 'no licence'}",
        f"{found}; masked: {masked or 'nothing'}",
    ]


def _text(text: str | None, *, whole: bool) -> str:
    from governance.report.excerpt import excerpt, visible  # noqa: PLC0415

    if text is None:
        return "(no text was written)"
    return visible(text) if whole else "\n […]\n".join(excerpt(text)["parts"])


def _masked(text: str) -> Any:  # noqa: ANN401  # rich is imported late
    from rich.text import Text  # noqa: PLC0415

    shown = Text(text)
    shown.highlight_regex(_MASK, "black on yellow")
    return shown


def diff(before: Release, now: Release, as_json: Json = False) -> None:
    """Two releases side by side: settings, outcomes, languages, sources and rules, in numbers."""
    from governance.comparison import compare  # noqa: PLC0415

    found = compare(before, now)
    if as_json:
        print_json(found.as_dict())
        return
    typer.echo(f"{found.names[0]} -> {found.names[1]}\n")
    settings = [{"path": path, "before": old, "now": new} for path, old, new in found.settings]
    tables = {
        "settings": settings,
        "documents": found.outcomes.to_dicts(),
        "languages": found.languages.to_dicts(),
        "sources": found.sources.to_dicts(),
        "rules": found.rules.to_dicts(),
    }
    for title, rows in tables.items():
        differing = [row for row in rows if _differs(row)]
        if not differing:
            typer.echo(f"{title}: nothing differs\n")
            continue
        print_rows(differing[:_MOST_ROWS], title, as_json=False)
        more = len(differing) - _MOST_ROWS
        typer.echo(f"and {more:,} more; --json has all\n" if more > 0 else "")
    if not found.same_key:
        typer.echo("They name documents by different keys, so no document can be matched.")
        return
    both = f"{found.changed['text']:,} have another text, {found.changed['language']:,} another"
    typer.echo(f"Of the documents that both release, {both} language.")


def _differs(row: dict[str, Any]) -> bool:
    return row["before"] != row["now"] or any(row.get(name) for name in ("entered", "left"))
