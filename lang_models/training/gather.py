"""From the files that a programme names to the lines that a model is trained and measured on."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl

from lang_models import labelled
from lang_models.evaluation.overlap import known, shared
from lang_models.evaluation.report import known_tags
from lang_models.preparation import Preparation
from lang_models.training import material
from lang_models.training.foreign import in_english
from lang_models.training.material import Material
from lang_models.training.recipe import Recipe
from schemas.errors import InputError


class Wish(NamedTuple):
    """What a programme asks for.

    Attributes:
        data: files and folders of labelled text.
        evaluation: files and folders that must not be trained on, and are measured on.
        languages: tags; empty: all that the data has.
        without: sources that are left out.
        skips_small: languages with too few lines are left out; else they are an error.
    """

    data: Sequence[Path]
    evaluation: Sequence[Path] = ()
    languages: Sequence[str] = ()
    without: Sequence[str] = ()
    skips_small: bool = False


class Gathered(NamedTuple):
    """Labelled text, ready to train on.

    Attributes:
        material: lines to train on, and lines held out.
        files: those that were read.
        small: languages left out for want of lines, and how many they have.
    """

    material: Material
    files: list[labelled.Read]
    small: dict[str, int]


def gather(wish: Wish, recipe: Recipe) -> Gathered:
    """Text for a new model: leaves out what may not be trained on, and holds some out.

    Raises:
        InputError: a file cannot be read, a language is not there or has too few lines.
    """
    read = material.without(labelled.read(labelled.find(wish.data)), wish.without)
    _check_sources(read.rows, recipe)
    rows = material.of_languages(read.rows, wish.languages)
    found = material.prepare(
        rows,
        recipe.text.preparation,
        recipe.sampling.held_out_share.value,
        {
            "in an evaluation set": _avoided(rows, wish.evaluation),
            "in English under another language": in_english(
                rows, recipe.sampling.least_english.value, recipe.sampling.english_kin.value
            ),
        },
    )
    small = _small(rows, found, recipe.sampling.fewest_lines.value, wish)
    return Gathered(_without(found, small), read.files, small)


def gather_added(
    wish: Wish, preparation: Preparation, known_to_base: Sequence[str], fewest_lines: int
) -> tuple[Gathered, list[str]]:
    """Text for languages that are added to a model, and the tags of those.

    Args:
        wish: its `languages` are those to add; empty: all that the model does not know. Text in
            the model's own languages is kept as counter-examples.
        preparation: of the model.
        known_to_base: its tags.
        fewest_lines: of a language that is added.

    Raises:
        InputError: a file cannot be read, there is no new language, or one has too few lines.
    """
    read = material.without(labelled.read(labelled.find(wish.data)), wish.without)
    material.of_languages(read.rows, wish.languages)  # says which are not there
    tags = read.rows["tag"].unique().to_list()
    of_base = known_tags(known_to_base, tags)
    added = sorted(set(wish.languages) or set(tags) - of_base)
    for tag in added:
        if tag in of_base:
            raise InputError(
                f"--languages {tag}: the base model knows this language; train a model anew to"
                " teach it more of it, or give your text a tag of its own (qaa to qtz)"
            )
    if not added:
        raise InputError(
            "the base model knows all languages of the data already; give text with the tag of a"
            " new one (qaa to qtz for a language or dialect without a code)"
        )
    rows = read.rows.filter(pl.col("tag").is_in([*added, *known_to_base]))
    found = material.prepare(
        rows, preparation, 0.0, {"in an evaluation set": _avoided(rows, wish.evaluation)}
    )
    is_added = pl.col("tag").is_in(added)
    of_added = found._replace(lines=found.lines.filter(is_added))
    small = _small(rows.filter(is_added), of_added, fewest_lines, wish)
    kept = [tag for tag in added if tag not in small]
    return Gathered(_without(found, small), read.files, small), kept


def _small(rows: pl.DataFrame, found: Material, fewest_lines: int, wish: Wish) -> dict[str, int]:
    small = material.too_small(rows, found, fewest_lines)
    if not wish.skips_small:
        material.refuse_small(small, fewest_lines)
    return small


def _without(found: Material, small: dict[str, int]) -> Material:
    kept = ~pl.col("tag").is_in(list(small))
    return found._replace(lines=found.lines.filter(kept), held_out=found.held_out.filter(kept))


def check_enough(gathered: Gathered) -> None:
    """Makes sure that there is something to tell apart.

    Raises:
        InputError: there are fewer than two languages.
    """
    tags = gathered.material.lines["tag"].n_unique()
    if tags < 2:  # noqa: PLR2004
        raise InputError(
            f"a model tells languages apart, and the data has {tags} with enough lines; give text"
            " in more languages, or add yours to a trained model with --base default"
        )


def _check_sources(rows: pl.DataFrame, recipe: Recipe) -> None:
    """Makes sure that the recipe's weights and caps are of sources that exist.

    Raises:
        InputError: one is not among the data.
    """
    known_sources = set(rows["source"].unique()) | {"*"} | set(recipe.sources)
    for name in ("source_most_lines", "source_weights"):
        for source in getattr(recipe.sampling, name).value:
            if source not in known_sources:
                raise InputError(
                    f"recipe: sampling.{name}: there is no source {source!r} in the data; there"
                    f" are {material.some(sorted(rows['source'].unique()))}"
                )


def _avoided(rows: pl.DataFrame, evaluation: Sequence[Path]) -> np.ndarray:
    if not evaluation:
        return np.zeros(len(rows), bool)
    return shared(rows["text"], known([labelled.texts(labelled.find(evaluation))]))
