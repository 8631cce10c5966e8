"""Languages or dialects added to a trained model, from a few hundred sentences of each.

The model's own labels keep their numbers: a text is called either as before, or by a new
language. New ones are learnt against made-up lines of the commonest words of the others, and
against whatever text of the others the programme gives. Of each fifth of the new sentences the
calls are made by a model that was fitted without them, so that the card tells what to expect.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import polars as pl

from lang_models import cards
from lang_models.fasttext_file import Head
from lang_models.inference import buckets, reader
from lang_models.profile import is_tag
from lang_models.training import attach, features, fit, model_file, words
from lang_models.training.digest import chances
from lang_models.training.features import Features
from lang_models.training.fit import Fitted
from lang_models.training.gather import Gathered
from lang_models.training.model_file import Parts
from lang_models.training.recipe import Addition
from lang_models.weights import Weights
from schemas.errors import InputError

_FOLD_STREAM, _FIT_SEED, _MEASURE_SEED = 8, 1, 2
_SOFTMAX = 3
_NO_TEXT = -1


class Base(NamedTuple):
    """A trained model that languages are added to.

    Attributes:
        weights: its file.
        parts: that file taken apart.
        tags: of its labels, as the file has them.
        words: the commonest of each language; none where there is no list beside it.
        card: of the file, as JSON holds it; empty without one.
    """

    weights: Weights
    parts: Parts
    tags: list[str]
    words: pl.DataFrame
    card: dict[str, Any]


class Extended(NamedTuple):
    """A model with more languages.

    Attributes:
        content: of its file.
        folds: files of models that were fitted without one part of the new text each.
        fold: int64, for each new line the fold that does not know it.
        invented: lines of the other languages that none of them was fitted on: `tag`, `text`.
    """

    content: bytes
    folds: list[bytes]
    fold: np.ndarray
    invented: pl.DataFrame


def open_base(weights: Weights) -> Base:
    """A model to add to.

    Args:
        weights: of a verified file.

    Raises:
        InputError: its kind cannot be added to.
    """
    import orjson  # noqa: PLC0415

    parts = model_file.take_apart(weights.path)
    tags = model_file.labels(parts)
    _check_kind(weights, parts.head, tags)
    path = weights.path.with_suffix(".card.json")
    cards.beside(weights.path)  # says what is wrong with it
    card = orjson.loads(path.read_bytes()) if path.exists() else {}
    return Base(weights, parts, tags, words.read(weights.path), card)


def _check_kind(weights: Weights, head: Head, tags: Sequence[str]) -> None:
    if not all(map(is_tag, tags)):
        fault = "does not name its labels like swh_Latn"
    elif head.loss != _SOFTMAX:
        fault = "was trained with another loss than softmax"
    elif head.word_ngrams > 1:
        fault = "looks at runs of words"
    else:
        return
    raise InputError(
        f"--base {weights.path.name}: this model {fault}, so no language can be added to it; take"
        " default, or a model made by `endonym lid train`"
    )


def extend(base: Base, gathered: Gathered, added: Sequence[str], settings: Addition) -> Extended:
    """Adds languages to a model.

    Args:
        base: the model.
        gathered: lines of the new languages, and of old ones that must not be taken for them.
        added: the tags of the new languages.
        settings: of the recipe.

    Raises:
        InputError: there is nothing to tell the new languages apart from.
    """
    lines = gathered.material.lines
    own = lines.filter(pl.col("tag").is_in(list(added)))
    others = pl.concat([_invented(base, settings, _FIT_SEED), _given(lines, added)])
    if others["tag"].n_unique() < 2:  # noqa: PLR2004
        raise InputError(
            f"--base {base.weights.path.name}: there is no list of words beside the model"
            f" ({words.path_of(base.weights.path).name}), so give text in the languages that it"
            " knows as well, above all those closest to yours"
        )
    fitting = _Fitting(base, list(added), settings, _whole(base, own, others), len(own))
    fold = (chances(own["digest"].to_numpy(), _FOLD_STREAM) * settings.folds.value).astype(int)
    gold = (
        own["tag"]
        .replace_strict({tag: number for number, tag in enumerate(added)}, return_dtype=pl.Int64)
        .to_numpy()
    )
    fitted = [fitting.without(gold, fold == number) for number in range(settings.folds.value)]
    shift = fitting.shift(gold, fold, fitted)
    return Extended(
        content=fitting.file(fitting.without(gold, np.zeros(len(own), bool)), shift),
        folds=[fitting.file(one, shift) for one in fitted],
        fold=fold,
        invented=_invented(base, settings, _MEASURE_SEED),
    )


def _invented(base: Base, settings: Addition, seed: int) -> pl.DataFrame:
    return words.invented(
        base.words, settings.invented_lines.value, settings.foreign_share.value, seed
    )


def _given(lines: pl.DataFrame, added: Sequence[str]) -> pl.DataFrame:
    return lines.filter(~pl.col("tag").is_in(list(added))).select("tag", "text")


def _whole(base: Base, own: pl.DataFrame, others: pl.DataFrame) -> Features:
    model = reader.read(base.weights.path)
    return features.features(model, pl.concat([own["text"], others["text"]]))


class _Fitting(NamedTuple):
    """All lines in numbers, those in the new languages first."""

    base: Base
    added: list[str]
    settings: Addition
    lines: Features
    own: int

    def without(self, gold: np.ndarray, left_out: np.ndarray) -> Fitted:
        """The new labels, learnt from all lines but some of the new languages."""
        others = len(self.lines.whole) - self.own
        kept = np.flatnonzero(~np.r_[left_out, np.zeros(others, bool)])
        whole = np.r_[gold, np.full(others, _NO_TEXT)]
        return fit.fit(
            features.only(self.lines, kept),
            whole[kept],
            self._rows(),
            self.settings.epochs.value,
            self.settings.learning_rate.value,
        )

    def shift(self, gold: np.ndarray, fold: np.ndarray, fitted: list[Fitted]) -> np.ndarray:
        """How much each new label is held back, so that it takes less from its neighbours.

        As much as leaves nine tenths of its own lines that the fit did not know, and no more
        than the recipe says.
        """
        margin = np.zeros(len(gold))
        for number, one in enumerate(fitted):
            rows = np.flatnonzero(fold == number)
            found = fit.margins(features.only(self.lines, rows), one)
            margin[rows] = found[np.arange(len(rows)), gold[rows]]
        most = self.settings.most_shift.value
        return np.array(
            [
                np.clip(
                    np.quantile(margin[gold == label], 1 - self.settings.kept_share.value), 0, most
                )
                for label in range(len(self.added))
            ]
        )

    def file(self, fitted: Fitted, shift: np.ndarray) -> bytes:
        """The model with the new labels, held back."""
        weights = fitted.weights.copy()
        weights[:, -1] -= shift
        parts = self.base.parts
        whole = attach.attach(parts, self.added, fitted._replace(weights=weights), self._order())
        return model_file.put_together(whole)

    def _order(self) -> np.ndarray:
        parts = self.base.parts
        rows = self._rows()
        return buckets.order(parts.head, parts.kept) if parts.head.pruned >= 0 else np.arange(rows)

    def _rows(self) -> int:
        vectors = self.base.parts.vectors
        return len(vectors if isinstance(vectors, np.ndarray) else vectors.codes)
