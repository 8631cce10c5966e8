"""The language of documents: fastText's calls on windows, as one column of the batch."""

from functools import cache

import numpy as np
import polars as pl

from lang_models import calls, labels, weights
from lang_models.classifier import Classifier
from lang_models.column import UNKNOWN, Called, to_column
from lang_models.scripts import Counts, count
from lang_models.tags import Tags
from lang_models.windows import cut


class Identifier:
    """Tells the language and script of texts with a fastText model.

    Attributes:
        name: file and first digits of the sha256 of the model, as written into each row.
    """

    def __init__(self, model: weights.Weights) -> None:
        weights.verify(model)
        self.name = model.name
        self._classifier = Classifier(model.path)
        self._tags = Tags(labels.read(self._classifier.labels, model.labels, model.name))

    @staticmethod
    def load(
        path: str | None = None, sha256: str | None = None, labels: str | None = None
    ) -> "Identifier":
        """The identifier of a model; each model is read once in a process.

        Args:
            path: a fastText .bin or .ftz file; None: the one in the package.
            sha256: the digest that the file must have; needed with a path.
            labels: `lid176` or `flores`; None: whichever fits the model's labels.

        Raises:
            InputError: no such file, no fastText classifier, another digest, unknown labels.
        """
        return _load(path, sha256, labels)

    def languages(self) -> list[str]:
        """All tags that the model can give, sorted; und_Xxxx not among them."""
        variants = [
            tag[:4] + script
            for tag in self._tags.names
            if tag.endswith("_Hani")
            for script in ("Hans", "Hant")
        ]
        return sorted({*self._tags.names, *variants})

    def identify(self, text: pl.Series) -> pl.Series:
        r"""The language of each text.

        Args:
            text: a String per document, with \n line ends; or null.

        Returns:
            A struct per document, as `schemas.corpus.LANGUAGE`; null for a null text.
            `score` is the model's probability, averaged over the segments by their content;
            `share` is the share of the letters in segments called `tag`. No letters:
            `und_Zyyy` with score 0; letters of a script that fits none of the model's
            guesses: `und_Xxxx` with score 0. `second` is null where there is no other.
        """
        segments = cut(text)
        counts = count(segments["text"])
        lettered = counts.letters.sum(axis=1) > 0
        counts = Counts(counts.scripts, counts.letters[lettered], counts.hant_bias[lettered])
        called = self._call(segments.filter(lettered), counts, len(text))
        return to_column(called, text, self.name)

    def _call(self, segments: pl.DataFrame, counts: Counts, rows: int) -> Called:
        row = segments["row"].to_numpy().astype(np.int64)
        letters = counts.letters.sum(axis=1).astype(np.float64)
        content = counts.content()
        guesses = self._classifier.best((segments["text"] + "\n").to_list())
        segment = np.repeat(np.arange(len(row)), guesses.per_line)
        tag = self._tags.fit(guesses.label, segment, counts)
        main_script = counts.letters.argmax(axis=1)
        unknown = len(self._tags.names) + main_script
        is_foreign = ~self._tags.is_known(counts.scripts)[main_script]
        known = calls.votes(tag, guesses.probability, segment, row, content)
        own = calls.own_tags(tag, segment, unknown)
        return Called(
            names=[*self._tags.names, *(f"{UNKNOWN}_{script}" for script in counts.scripts)],
            members=[*self._tags.members, *((script,) for script in counts.scripts)],
            ranking=calls.rank(
                np.r_[known.row, row],
                np.r_[known.tag, unknown],
                np.r_[known.weight, np.where(is_foreign, content, 0.0)],
                np.bincount(row, weights=content, minlength=rows),
            ),
            segments=calls.rank(
                row, own, letters, np.bincount(row, weights=letters, minlength=rows)
            ),
            counts=_by_row(counts, row, rows),
        )


def _by_row(counts: Counts, row: np.ndarray, rows: int) -> Counts:
    """The counts of segments added up to those of their documents."""
    letters = np.zeros((rows, len(counts.scripts)), np.int64)
    np.add.at(letters, row, counts.letters)
    hant_bias = np.bincount(row, weights=counts.hant_bias, minlength=rows).astype(np.int64)
    return Counts(counts.scripts, letters, hant_bias)


@cache
def _load(path: str | None, sha256: str | None, labels: str | None) -> Identifier:
    return Identifier(weights.named(path, sha256, labels))
