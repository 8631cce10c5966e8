"""Languages added to a trained model: text in, a model file and its card out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from lang_models.evaluation.calibration import Learnt, learn, merged
from lang_models.evaluation.calls import Calls, compare
from lang_models.evaluation.report import known_tags, report
from lang_models.identify import Identifier
from lang_models.preparation import of_mark
from lang_models.training import extend, words
from lang_models.training.card import Facts, card
from lang_models.training.extend import Base, Extended
from lang_models.training.gather import Wish, gather_added
from lang_models.training.make import Made, Tell, shown
from lang_models.training.measure import Measured, measured_sets, opened
from lang_models.training.readable import readable
from lang_models.training.recipe import Addition, Recipe
from lang_models.weights import Weights
from schemas.errors import InputError


def add(  # as many as a training needs
    weights: Weights, wish: Wish, recipe: Recipe, name: PurePath, day: date, tell: Tell
) -> Made:
    """Adds languages to a trained model and measures what that gains and costs.

    Args:
        weights: of the trained model, verified.
        wish: what to add; see `gather.gather_added`.
        recipe: its `addition`.
        name: of the new file; of the same kind as the base.
        day: of the training, for the card.
        tell: is given a sentence at each stage.

    Returns:
        The same bytes for the same base, text and recipe, on the same kind of machine.

    Raises:
        InputError: the base or the text cannot be used.
    """
    base = extend.open_base(weights)
    if name.suffix != weights.path.suffix:
        raise InputError(
            f"--out {name}: {weights.path.name} with more languages is a {weights.path.suffix}"
            " file again; name it so"
        )
    tell("reading the text")
    settings = recipe.addition
    gathered, added = gather_added(
        wish, of_mark(base.parts.head.update_rate), base.tags, settings.fewest_lines.value
    )
    _check_count(added, settings)
    tell(f"adding {', '.join(added)} to the {len(base.tags)} tags of {weights.name}")
    extended = extend.extend(base, gathered, added, settings)
    tell("measuring")
    own = gathered.material.lines.filter(pl.col("tag").is_in(added))
    measured = _measure(base, extended, own, added, wish, name.name)
    told = _told(base, added, measured, wish)
    facts = Facts(name.name, day, recipe, gathered, shown(own), told)
    made = card(extended.content, facts, measured)
    known = pl.concat([base.words, words.commonest(own)])
    return Made(extended.content, made, readable(made), words.packed(known))


def _check_count(added: Sequence[str], settings: Addition) -> None:
    most = settings.most_languages.value
    if not 0 < len(added) <= most:
        raise InputError(
            f"{len(added)} languages cannot be added at once; between 1 and {most} can. Choose"
            " with --languages, or train a model anew on all of them"
        )


def _measure(
    base: Base,
    extended: Extended,
    own: pl.DataFrame,
    added: list[str],
    wish: Wish,
    name: str,
) -> Measured:
    with TemporaryDirectory() as folder:
        place = Path(folder) / name
        whole = [_calls(place, extended.content, extended.invented)]
        for number, content in enumerate(extended.folds):
            whole.append(_calls(place, content, own.filter(pl.Series(extended.fold == number))))
        calls = _taken(pl.concat(whole), added)
        learnt = merged(_learnt(base), learn(calls), added)
        identifier = opened(extended.content, place)
        tags = identifier.languages()
        sets = measured_sets(identifier, wish.evaluation, learnt)
    held_out = report(calls, known_tags(tags, calls.tags))
    kept = {*added, *(it["tag"] for it in held_out["languages"] if it["called"] < it["gold"])}
    held_out["languages"] = [it for it in held_out["languages"] if it["tag"] in kept]
    return Measured(tags, learnt, held_out, sets)


def _calls(path: Path, content: bytes, lines: pl.DataFrame) -> pl.DataFrame:
    language = opened(content, path).identify(lines["text"])
    return lines.select("tag").with_columns(language=language)


def _taken(rows: pl.DataFrame, added: list[str]) -> Calls:
    """The calls, where a line of another language is wrong only if a new one takes it."""
    called = pl.col("language").struct.field("tag")
    is_as_before = ~pl.col("tag").is_in(added) & ~called.is_in(added)
    language = pl.col("language").struct.with_fields(
        tag=pl.when(is_as_before).then("tag").otherwise(called)
    )
    rows = rows.with_columns(language=language)
    return compare(rows["tag"], rows["language"])


def _learnt(base: Base) -> Learnt:
    return Learnt(base.card.get("calibration", {}), base.card.get("thresholds", {}))


def _told(base: Base, added: list[str], measured: Measured, wish: Wish) -> dict[str, Any]:
    """What the card says of the base: which file, what was added, and what that costs it."""
    entries = measured.held_out["languages"]
    sets = measured_sets(Identifier(base.weights), wish.evaluation, _learnt(base))
    return {
        "file": base.weights.path.name,
        "sha256": base.weights.sha256,
        "added": added,
        "taken": {
            it["tag"]: {"lines": it["gold"], "taken": it["gold"] - it["right"]}
            for it in entries
            if it["tag"] not in added
        },
        "sets": {name: it["overall"] for name, it in sets.items()},
    }
