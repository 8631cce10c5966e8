"""Every quality measure of the reference text, source by source, on documents and on pieces."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from lang_models import quality
from lang_models.calibrate.aim import ENOUGH_FOR_QUANTILES, Sample
from lang_models.calibrate.pieces import pieces
from lang_models.profile import Limit
from lang_models.quality import RULES, Rule
from lang_models.reference import QUANTILES, Spread
from lang_models.tokens import tokenise

#: Words of a piece: the least that Gopher's rules were made for, and our rules apply from.
PIECE_WORDS = 50
#: Measures of words, which need no whole document; where text is spread by them is told on pieces.
OF_WORDS = (
    "mean_word_chars",
    "lettered_word_share",
    "stop_words",
    "symbols_per_word",
    "curly_bracket_share",
)
#: From so many characters on a row is a document and not a sentence: 50 words, of six characters
#: each, as the rules count them (docs/rules.md). Shorter ones tell of words only.
DOCUMENT_CHARS = 300
_APPLIES = {rule.measure: rule.applies for rule in RULES}
#: As many as it takes for a limit that 1 % may lie beyond (`tolerance.least_sample`).
_MOST_OF_A_SOURCE = 299
_ROWS_AT_ONCE = 20_000
_ROUNDING = 1e-12


@dataclass(frozen=True, eq=False)
class Measured:
    """The measures of a language's reference text.

    Args:
        documents: `source` and every measure of every row of `DOCUMENT_CHARS` and more.
        pieces: `source`, `text` and the measures of words of each piece of `PIECE_WORDS`.
        shortest: the same of pieces as short as a document may be that is kept.
    """

    documents: pl.DataFrame
    pieces: pl.DataFrame
    shortest: pl.DataFrame

    def values(self, rule: Rule) -> dict[str, np.ndarray]:
        """The rule's measure of all that it applies to, by source.

        Mean word length is taken on the shortest pieces, for there it spreads most; stop words
        on pieces of 50 words; all else on documents.
        """
        frame = {"mean_word_chars": self.shortest, "stop_words": self.pieces}.get(
            rule.measure, self.documents
        )
        return _by_source(_applicable(frame, rule.measure), rule.measure)

    def spreads(self) -> dict[str, Spread]:
        """How each measure of a rule is spread over all sources together, where they are enough.

        A large source counts like one of `_MOST_OF_A_SOURCE`, so that it does not hide the others.
        """
        found = {}
        for measure in _APPLIES:
            of_words = measure in OF_WORDS
            frame = _applicable(self.pieces if of_words else self.documents, measure)
            weight = _weights(frame["source"])
            if weight.sum() >= ENOUGH_FOR_QUANTILES:
                found[measure] = Spread(
                    of="pieces" if of_words else "documents",
                    n=round(weight.sum()),
                    at=_quantiles(frame[measure].to_numpy(), weight),
                )
        return found

    def with_stop_words(self, different: pl.Series) -> "Measured":
        """The same, with the number of different stop words in each of the pieces."""
        return replace(self, pieces=self.pieces.with_columns(different.alias("stop_words")))


def measure(sample: Sample, limits: dict[str, Limit]) -> Measured:
    """Measures a language's reference text.

    Args:
        sample: the text.
        limits: those for all languages, of which the least length of a document is taken.
    """
    least = int(limits["length_words_min"].value or 1)
    long = sample.text.filter(pl.col("text").str.len_chars() >= DOCUMENT_CHARS)
    return Measured(
        _measured(long).drop("text"),
        _measured(pieces(sample.text, PIECE_WORDS)),
        _measured(pieces(sample.text, least)).drop("text"),
    )


def _measured(text: pl.DataFrame) -> pl.DataFrame:
    parts = []
    for start in range(0, max(len(text), 1), _ROWS_AT_ONCE):
        part = text.slice(start, _ROWS_AT_ONCE)
        nobody = pl.Series([None], dtype=pl.String).new_from_index(0, len(part))
        found = quality.measure(part["text"], tokenise(part["text"]), nobody)
        parts.append(pl.concat([part, found], how="horizontal"))
    return pl.concat(parts)


def _applicable(frame: pl.DataFrame, measure: str) -> pl.DataFrame:
    column, least = _APPLIES[measure]
    return frame.filter((pl.col(column) >= least) & pl.col(measure).is_not_null())


def _by_source(frame: pl.DataFrame, measure: str) -> dict[str, np.ndarray]:
    parts = frame.partition_by("source", as_dict=True, maintain_order=True)
    return {str(source): part[measure].to_numpy() for (source,), part in parts.items()}


def _weights(source: pl.Series) -> np.ndarray:
    """What each row counts for: 1, or less where its source is large."""
    sizes = source.to_frame("source").select(pl.len().over("source"))["len"].to_numpy()
    return np.minimum(1.0, _MOST_OF_A_SOURCE / np.maximum(sizes, 1))


def _quantiles(values: np.ndarray, weight: np.ndarray) -> tuple[float, ...]:
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    wanted = np.array(QUANTILES) * reached[-1] * (1 - _ROUNDING)
    return tuple(float(f"{value:.4g}") for value in values[order[np.searchsorted(reached, wanted)]])
