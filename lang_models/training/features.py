"""Lines as a trained model sees them: their rows, their vectors, and how sure it is of them."""

from typing import NamedTuple

import numpy as np
import polars as pl
from numba import njit, types

from lang_models.inference import names, rows
from lang_models.inference.hidden import vectors_of
from lang_models.inference.model import Model, reading
from lang_models.inference.words import words_of
from lang_models.strings import buffers


class Features(NamedTuple):
    """Lines in numbers; line `i` owns `row[start[i]:start[i + 1]]`.

    Attributes:
        start: int64[lines + 1].
        row: int32, rows of the model's matrix, in the order of `lang_models.inference`.
        vector: float64[lines, columns], their mean.
        whole: float64[lines], the logarithm of the sum of the exponentials of all labels' sums.
    """

    start: np.ndarray
    row: np.ndarray
    vector: np.ndarray
    whole: np.ndarray


_I64, _I32 = types.int64[::1], types.int32[::1]


@njit(
    types.void(reading(types.int64), reading(types.int32), reading(types.int64), _I32, _I32),
    cache=True,
    nogil=True,
)
def _copy(
    line: np.ndarray, word: np.ndarray, start: np.ndarray, of_word: np.ndarray, out: np.ndarray
) -> None:
    # Writes the rows of the words of each line one after another.
    count = 0
    for place in range(line[-1]):
        for at in range(start[word[place]], start[word[place] + 1]):
            out[count] = of_word[at]
            count += 1


def features(model: Model, text: pl.Series) -> Features:
    r"""The features of lines.

    Args:
        model: a softmax classifier without runs of words.
        text: prepared lines without \n.
    """
    data, offsets = buffers(text)
    words = words_of(data, offsets)
    known = names.number(model.vocabulary, data, words.distinct)
    lists = rows.of_words(data, words.distinct, known, model.ngrams)
    of_word = np.diff(lists.start)[words.word]
    ends = np.r_[0, np.cumsum(of_word)]
    row = np.empty(int(ends[-1]), np.int32)
    _copy(words.line, words.word, lists.start, lists.row, row)
    vector = vectors_of(model, data, offsets)[0].astype(np.float64)
    return Features(ends[words.line], row, vector, _whole(model, vector))


def _whole(model: Model, vector: np.ndarray) -> np.ndarray:
    weights = model.output.weights[:, : model.output.labels].astype(np.float64)
    whole = np.empty(len(vector))
    for begin in range(0, len(vector), 4096):
        sums = vector[begin : begin + 4096] @ weights
        top = sums.max(axis=1)
        whole[begin : begin + 4096] = top + np.log(np.exp(sums - top[:, None]).sum(axis=1))
    return whole


def only(lines: Features, kept: np.ndarray) -> Features:
    """The features of some lines.

    Args:
        lines: all.
        kept: int64, which, in rising order.
    """
    size = np.diff(lines.start)[kept]
    start = np.r_[0, np.cumsum(size)]
    place = np.arange(start[-1]) + np.repeat(lines.start[kept] - start[:-1], size)
    return Features(start, lines.row[place], lines.vector[kept], lines.whole[kept])
