"""The whole of a training: text in, a model file and its card out."""

from collections.abc import Callable
from datetime import date
from pathlib import PurePath
from typing import Any, NamedTuple

import polars as pl

from lang_models import lexicon_file
from lang_models.training import fasttext_run, gather, model_file, sampling, words
from lang_models.training.card import Facts, card
from lang_models.training.gather import Wish
from lang_models.training.lexicon import lexicon
from lang_models.training.measure import measure
from lang_models.training.prune import pruned
from lang_models.training.readable import readable
from lang_models.training.recipe import Recipe

#: What is told to whoever waits.
Tell = Callable[[str], None]
SMALL = ".ftz"


class Made(NamedTuple):
    """A trained model.

    Attributes:
        content: of the model file.
        card: for machines, see `lang_models.cards`.
        readable: the same for people, Markdown.
        words: the commonest of each language, packed; see `lang_models.training.words`.
    """

    content: bytes
    card: dict[str, Any]
    readable: str
    words: bytes


def make(wish: Wish, recipe: Recipe, name: PurePath, day: date, tell: Tell) -> Made:
    """Trains a model and measures it.

    Args:
        wish: what to train on.
        recipe: how.
        name: of the model file; .ftz: quantised, as the recipe's `compression` says.
        day: of the training, for the card.
        tell: is given a sentence at each stage.

    Returns:
        The same bytes for the same text, recipe, versions and name, on the same kind of
        machine.

    Raises:
        InputError: the text or the recipe cannot be used.
    """
    tell("reading the text")
    gathered = gather.gather(wish, recipe)
    gather.check_enough(gathered)
    material = gathered.material
    lines = sampling.sample(material.lines, recipe.sampling, recipe.network.seed.value)
    tell(
        f"training on {len(lines):,} lines in {lines['tag'].n_unique()} languages, made of"
        f" {len(material.lines):,} different ones"
    )
    is_small = name.suffix == SMALL
    content = fasttext_run.train(lines, recipe, is_small=is_small)
    content = finished(content, material.lines, recipe, is_small=is_small)
    tell(f"measuring on {len(material.held_out):,} lines that were held out")
    measured = measure(content, material.held_out, wish.evaluation, name.name)
    made = card(content, Facts(name.name, day, recipe, gathered, shown(lines)), measured)
    return Made(content, made, readable(made), words.packed(words.commonest(material.lines)))


def finished(content: bytes, lines: pl.DataFrame, recipe: Recipe, *, is_small: bool) -> bytes:
    """What fastText made, cut to the size that the recipe says, with the lexicon behind it.

    Args:
        content: of fastText's file.
        lines: all that may be trained on.
        recipe: of the model.
        is_small: a whole model is not cut.
    """
    kept_rows, most_words = recipe.compression.kept_rows.value, recipe.lexicon.most_words.value
    if kept_rows and is_small:
        content = model_file.put_together(pruned(model_file.parts_of(content), kept_rows))
    if most_words:
        tags = model_file.labels_of(content)
        content += lexicon_file.packed(lexicon(lines, tags, most_words))
    return content


def shown(lines: pl.DataFrame) -> dict[str, int]:
    """How many lines a model was shown, by tag."""
    return dict(lines.group_by("tag").len().sort("tag").iter_rows())
