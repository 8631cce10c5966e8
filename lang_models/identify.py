"""The language of documents: fastText's calls on windows, as one column of the batch."""

from functools import cache

import numpy as np
import polars as pl

from lang_models import cards, labels, undetermined, weights
from lang_models.called import Called, weigh
from lang_models.calls import Fitting
from lang_models.classifier import Classifier
from lang_models.column import to_column
from lang_models.scripts import Counts, count
from lang_models.tags import Tags
from lang_models.windows import cut


class Identifier:
    """Tells the language and script of texts with a fastText model.

    Attributes:
        name: file and first digits of the sha256 of the model, as written into each row.
        sha256: of the model file, in full.
        card: what the model's card says of its scores.
    """

    def __init__(self, model: weights.Weights) -> None:
        weights.verify(model)
        self.name, self.sha256 = model.name, model.sha256
        self._classifier = Classifier(model.path)
        self._tags = Tags(labels.read(self._classifier.labels, model.labels, model.name))
        self.card = cards.beside(model.path, model.sha256)

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

    @staticmethod
    def of(model: weights.Weights) -> "Identifier":
        """The identifier of a model file; read once in a process, as by `load`."""
        return _of(model)

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
        r"""The likeliest language of each text, however unsure: the best guess for any letters.

        Args:
            text: a String per document, with \n line ends; or null.

        Returns:
            A struct per document, as `schemas.corpus.LANGUAGE`; null for a null text.
            `raw_score` is the model's probability, averaged over the segments by their weight,
            `score` what the model's card makes of it; `share` is the share of the letters in
            segments called `tag`. No letters: `und_Zyyy` with score 0; letters of a script
            that fits none of the model's guesses: `und_Xxxx` with score 0. `second` is null
            where there is no other.
        """
        return self._called(text)[0]

    def judge(self, text: pl.Series) -> pl.DataFrame:
        """The language of each text, or `und` where it cannot be told, and what that rests on.

        Args:
            text: as for `identify`.

        Returns:
            `language`, as `identify` gives it, but that `tag` is `und_Xxxx` and `second` the
            best guess where `undetermined` says why; `measure` and `limit` (Float64) of that
            reason; `mixed_share` (Float64), the share of the running text in a second language.
        """
        column, called = self._called(text)
        doubts = undetermined.doubts(column, called)
        return doubts.select(
            undetermined.withdraw(column, doubts["reason"]).alias("language"),
            "measure",
            "limit",
            mixed_share=pl.Series(called.mixing.share),
        )

    def _called(self, text: pl.Series) -> tuple[pl.Series, Called]:
        segments = cut(text)
        counts = count(segments.text)
        lettered = counts.letters.sum(axis=1) > 0
        segments = segments.only(lettered)
        counts = Counts(counts.scripts, counts.letters[lettered], counts.hant_bias[lettered])
        found = self._classifier.best(segments.text)
        segment = np.repeat(np.arange(len(segments.row)), found.per_line)
        tag = self._tags.fit(found.label, segment, counts)
        fits = tag >= 0
        guesses = Fitting(segment[fits], tag[fits], found.probability[fits])
        called = weigh(guesses, segments, counts, self._tags)
        return to_column(called, text, self.name, self.card), called


@cache
def _load(path: str | None, sha256: str | None, labels: str | None) -> Identifier:
    return _of(weights.named(path, sha256, labels))


@cache
def _of(model: weights.Weights) -> Identifier:
    return Identifier(model)
