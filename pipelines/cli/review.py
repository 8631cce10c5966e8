"""The commands about people who read: `review round`, `results`, `serve`."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli.corpus import Release
from pipelines.cli.gates import day
from pipelines.cli.output import Json, print_json, print_rows
from schemas.reading_protocol import BATCH_DOCUMENTS, BATCHES

app = typer.Typer(help="People who read and decide.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """People who read and decide."""


@app.command("round")
def round_(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    release: Release,
    out: Annotated[Path, typer.Option(help="Folder for the pages, one a language and reader.")],
    languages: Annotated[
        list[str] | None, typer.Option(help="Only these tags; several with commas.")
    ] = None,
    batches: Annotated[int, typer.Option(min=1, max=100, help="Batches a language.")] = BATCHES,
    size: Annotated[int, typer.Option(min=1, max=10_000, help="Documents a batch.")] = (
        BATCH_DOCUMENTS
    ),
    readers: Annotated[int, typer.Option(min=2, max=50, help="People a language.")] = 2,
    seed: Annotated[int, typer.Option(min=0, max=2**53, help="The same seed, the same lot.")] = 1,
    as_json: Json = False,
) -> None:
    """Draws a reading round by lot and writes its pages, to be read offline."""
    from governance.release_folder import open_release  # noqa: PLC0415
    from governance.review.pages import write_pages  # noqa: PLC0415
    from governance.review.rounds import Protocol, keep, plan_round  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415
    from pipelines.shown import Steps  # noqa: PLC0415

    opened, named = open_release(release), _names(languages)
    with Steps("round", shown=not as_json) as steps, writing(out):
        record = plan_round(opened, Protocol(batches, size, readers, seed), named, steps.count)
        keep(release, record)
        pages = write_pages(opened, record, out)
    rows = [
        {"language": one["tag"], "released": one["population"], "to_read": one["drawn"],
         "twice": sum(len(batch["double"]) for batch in one["batches"]),
         "strata": len(one["strata"])}
        for one in record["languages"]
    ]  # fmt: skip
    if as_json:
        print_json({"round": record["round"], "pages": [str(page) for page in pages],
                    "languages": rows})  # fmt: skip
        return
    print_rows(rows, f"round {record['round']}, seed {seed}", as_json=False)
    typer.echo(f"{len(pages)} pages for {readers} readers a language: {out}")


@app.command("results")
def results_(
    release: Release,
    labels: Annotated[list[Path], typer.Argument(help="labels.json, as the pages export them.")],
    as_of: Annotated[
        str | None, typer.Option("--as-of", help="The day, as 2026-11-25; else today.")
    ] = None,
    export_lid: Annotated[
        Path | None, typer.Option(help="Write labelled text for lid eval.", metavar="FILE.jsonl")
    ] = None,
    export_pii: Annotated[
        Path | None,
        typer.Option(help="Write marked text for pii eval; it holds personal data.",
                     metavar="FILE.jsonl"),
    ] = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """Takes back what readers said: shares with intervals, agreement, evaluation data."""
    from governance.release_folder import open_release  # noqa: PLC0415
    from governance.review import evaluation  # noqa: PLC0415
    from governance.review.results import keep, read_labels, results  # noqa: PLC0415
    from pipelines.files import writing  # noqa: PLC0415

    opened = open_release(release)
    read = read_labels(opened, labels)
    record = results(read, day(as_of).isoformat())
    with writing(release):
        path = keep(release, record)
    lines = {}
    if export_lid:
        lines[str(export_lid)] = evaluation.write_lines(
            export_lid, evaluation.language_lines(opened, read)
        )
    if export_pii:
        lines[str(export_pii)] = evaluation.write_lines(
            export_pii, evaluation.personal_lines(opened, read)
        )
    if as_json:
        print_json({**record, "exported": lines})
        return
    print_rows([_row(one) for one in record["languages"]], "reading round", as_json=False)
    if record["notes_withheld"]:
        typer.echo(f"{record['notes_withheld']} notes hold personal data and were left out")
    for name, count in lines.items():
        typer.echo(f"{name}: {count:,} lines")
    typer.echo(path)


def _row(one: dict[str, Any]) -> dict[str, Any]:
    shares = {name: _rate(rate) for name, rate in one["labels"].items()}
    kappas = [told["kappa"] for told in one["agreement"].values() if told["kappa"] is not None]
    return {
        "language": one["tag"], "read": f"{one['read']:,} of {one['drawn']:,}", **shares,
        "least_kappa": f"{min(kappas):.2f}" if kappas else None, "complete": one["complete"],
    }  # fmt: skip


def _rate(rate: dict[str, Any]) -> str:
    if rate["share"] is None:
        return "-"
    return f"{rate['share']:.3f} ({rate['low']:.3f}-{rate['high']:.3f})"


def _names(given: list[str] | None) -> list[str] | None:
    if not given:
        return None
    return sorted({name.strip() for one in given for name in one.split(",") if name.strip()})


@app.command()
def serve(
    release: Release,
    decisions: Annotated[
        Path | None,
        typer.Option(help="Folder for what each steward decides; else beside the release."),
    ] = None,
    pages: Annotated[
        Path | None, typer.Option(help="Folder of a reading round, to be served as well.")
    ] = None,
    host: Annotated[str, typer.Option(help="127.0.0.1 or ::1, nothing else.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    as_json: Json = False,
) -> None:
    """Serves the report on this machine to several stewards at once, until it is stopped."""
    from governance.decisions.report import report_digest  # noqa: PLC0415
    from governance.release_folder import open_release  # noqa: PLC0415
    from governance.review.server import Desk, address, pages_of, start  # noqa: PLC0415
    from governance.review.team import Team  # noqa: PLC0415

    opened = open_release(release)
    about = str(opened.run.get("name")), str(opened.run.get("version"))
    folder = decisions or release.resolve().parent / f"decisions-{about[1]}"
    folders = {"report": release / "report"} | ({"reading": pages} if pages else {})
    team = Team(folder, about, report_digest(release))
    desk = Desk(pages_of(folders), "/report/index.html", team)
    server = start(desk, host, port)
    told = {"address": address(server, desk), "decisions": str(folder)}
    if as_json:
        print_json(told)
    else:
        typer.echo(f"{told['address']}\ndecisions: {folder}\nCtrl-C ends it.")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        typer.echo(f"endonym decisions apply RUN.yaml {folder}/steward-*.json")
    finally:
        server.server_close()
