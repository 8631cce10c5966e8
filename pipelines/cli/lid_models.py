"""The commands about language models: `lid train`, `lid eval`, `lid overlap`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli.output import Json, print_json, print_rows

if TYPE_CHECKING:
    from pipelines.training import Written

Data = Annotated[
    list[Path], typer.Argument(help="Labelled text: .tsv, .jsonl, .parquet, xxx_Xxxx.txt.")
]
Digest = Annotated[str | None, typer.Option(help="Digest that the model must have.")]
Scheme = Annotated[str | None, typer.Option(help="How it names languages: lid176 or flores.")]
_MOST_CONFUSIONS = 20


def register(app: typer.Typer) -> None:
    """Adds the commands to the app."""
    app.command()(train)
    app.command("eval")(evaluate)
    app.command()(overlap)


def train(  # noqa: PLR0913, PLR0917  # a command has as many options as it has
    data: Data,
    base: Annotated[
        str | None, typer.Option(help="Add languages to this model: a file, or: default.")
    ] = None,
    out: Annotated[Path, typer.Option(help="The model file: .ftz small, .bin whole.")] = Path(
        "language-model.ftz"
    ),
    languages: Annotated[
        list[str] | None, typer.Option(help="Only these: swh_Latn; several with commas.")
    ] = None,
    recipe: Annotated[
        Path | None, typer.Option(help="YAML with what differs from the package's recipe.")
    ] = None,
    without: Annotated[
        list[str] | None, typer.Option(help="Sources to leave out; several with commas.")
    ] = None,
    skip_small: Annotated[
        bool, typer.Option(help="Leave languages with too few lines out.")
    ] = False,
    evaluation: Annotated[
        list[Path] | None,
        typer.Option(help="Text never to train on, but to measure on; may be repeated."),
    ] = None,
    day: Annotated[
        str | None, typer.Option("--date", help="For the card; today when absent.")
    ] = None,
) -> None:
    """Trains a language model on labelled text, measures it, and writes its card."""
    from lang_models.training.gather import Wish  # noqa: PLC0415
    from pipelines.cli.days import given_day  # noqa: PLC0415
    from pipelines.training import train as train_model  # noqa: PLC0415

    wish = Wish(data, evaluation or (), _names(languages), _names(without), skip_small)
    written = train_model(wish, recipe, base, out, given_day(day), partial(typer.echo, err=True))
    _tell_trained(written)


def _names(given: list[str] | None) -> list[str]:
    return [name for several in given or () for name in several.split(",") if name]


def _tell_trained(written: "Written") -> None:
    card = written.made.card
    told = card["held_out"]["overall"]
    typer.echo(f"{written.model}: {card['bytes']:,} bytes, sha256 {card['sha256']}")
    typer.echo(
        f"{len(card['labels'])} tags; on {told['rows']:,} held-out lines macro-F1"
        f" {told['macro_f1']['value']}, accuracy {told['accuracy']['value']}"
    )
    for name, overall in card["sets"].items():
        typer.echo(f"{name}: macro-F1 {overall['macro_f1']['value']}, {overall['rows']:,} rows")
    typer.echo(f"cards: {written.card}, {written.page}")


def evaluate(
    model: Annotated[str, typer.Argument(help="A fastText model, or: default.")],
    data: Data,
    page: Annotated[Path | None, typer.Option(help="Write an HTML page here.")] = None,
    folds_macro: Annotated[
        bool,
        typer.Option(
            "--fold-macrolanguages", help="A language and its macrolanguage are the same."
        ),
    ] = False,
    sha256: Digest = None,
    labels: Scheme = None,
    as_json: Json = False,
) -> None:
    """How well a model tells languages: rates with intervals, confusions, costs of thresholds."""
    from lang_models.evaluation.evaluate import evaluate as measure  # noqa: PLC0415
    from pipelines.chosen_model import chosen_identifier  # noqa: PLC0415

    found = measure(chosen_identifier(model, sha256, labels), data, folds_macro=folds_macro)
    if page:
        from governance.report.language_page import language_page  # noqa: PLC0415
        from pipelines import files  # noqa: PLC0415

        files.write_bytes(str(page), language_page(found).encode())
    if as_json:
        print_json(found)
    else:
        _tell_measured(found)


def _tell_measured(found: dict[str, Any]) -> None:
    from lang_models.evaluation.intervals import shown  # noqa: PLC0415

    overall = found["overall"]
    typer.echo(f"{found['model']['name']}, sha256 {found['model']['sha256']}")
    typer.echo(
        f"{overall['rows']:,} texts in {overall['languages']} languages, of which the model does"
        f" not know {len(overall['languages_not_in_model'])}: macro-F1"
        f" {shown(overall['macro_f1'])}, accuracy {shown(overall['accuracy'])}"
    )
    print_rows([_row(it) for it in found["languages"]], "languages", as_json=False)
    pairs = [{key: it[key] for key in ("gold", "called", "rows")} for it in found["confusions"]]
    print_rows(pairs[:_MOST_CONFUSIONS], "most frequent confusions", as_json=False)
    print_rows(found["costs"], "right calls kept and lost, wrong ones believed", as_json=False)


def _row(entry: dict[str, Any]) -> dict[str, Any]:
    from lang_models.evaluation.intervals import shown  # noqa: PLC0415

    false = entry["false_positive_rate"]["value"]
    return {
        "tag": entry["tag"],
        "name": entry["name"],
        "texts": entry["gold"],
        "called": entry["called"],
        **{name: shown(entry[name]) for name in ("precision", "recall", "f1")},
        "false positives in 10,000": None if false is None else f"{false * 10_000:.1f}",
    }


def overlap(
    data: Annotated[list[Path], typer.Argument(help="Training text.")],
    evaluation: Annotated[list[Path], typer.Option(help="Text that must not stand in it.")],
    as_json: Json = False,
) -> None:
    """Counts the lines of training text that share a passage with evaluation text; 1 if any."""
    from lang_models.evaluation.overlap import by_source  # noqa: PLC0415
    from schemas.errors import InputError  # noqa: PLC0415

    found = by_source(data, evaluation)
    print_rows(found, "lines that share a passage with the evaluation", as_json=as_json)
    shared = sum(it["shared"] for it in found)
    if shared:
        raise InputError(
            f"{shared:,} lines of the training text share a passage with the evaluation; leave"
            " them out, as `endonym lid train --evaluation` does"
        )
