"""Lines in English under the name of another language: untranslated strings, forewords, mottos.

They are few, but a language with few lines of its own is shown each of them often, and the model
learns that English is that language.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from lang_models.classifier import Classifier
from lang_models.weights import packaged

_ENGLISH, _LATIN = "eng_Latn", "_Latn"
#: lid.176 knows English from all the other languages that it knows, and learnt it from other text.
_JUDGE, _LABEL = "lid.176.ftz", "__label__en"
#: Shorter ones are too often words that two languages share.
_LEAST_CHARS = 20


def in_english(rows: pl.DataFrame, least_probability: float, kin: Sequence[str]) -> np.ndarray:
    """Bool for each row: it stands under another language, and is English all the same.

    Args:
        rows: `tag` and `text`.
        least_probability: that lid.176 gives to English; 1: nothing is English.
        kin: tags of languages whose lines may read like English: Scots, creoles.
    """
    other = pl.col("tag").str.ends_with(_LATIN) & ~pl.col("tag").is_in([_ENGLISH, *kin])
    asked = rows.select(other & (pl.col("text").str.len_chars() >= _LEAST_CHARS)).to_series()
    found = np.zeros(len(rows), bool)
    found[asked.to_numpy()] = _english(rows["text"].filter(asked)) > least_probability
    return found


def _english(text: pl.Series) -> np.ndarray:
    """The probability of English in each text; 0 where it is not among the guesses."""
    judge = Classifier(packaged(_JUDGE).path)
    guesses = judge.best(text)
    is_english = guesses.label == judge.labels.index(_LABEL)
    row = np.repeat(np.arange(len(text)), guesses.per_line)
    return np.bincount(row[is_english], guesses.probability[is_english], minlength=len(text))
