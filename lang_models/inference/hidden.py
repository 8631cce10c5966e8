"""From lines to vectors: the mean of the vectors of their words and runs.

Source: `Model::computeHidden` of fastText 0.9.2; Joulin et al. 2016, arXiv:1607.01759.
"""

import numpy as np
from numba import njit, types

from lang_models.inference import names, rows
from lang_models.inference.model import ROWS, Model, Rows, reading
from lang_models.inference.rows import Lists
from lang_models.inference.words import Words, words_of

_STARTS, _NUMBERS = reading(types.int64), reading(types.int32)
_READ, _WRITE = reading(types.float32, 2), types.float32[:, ::1]


@njit(types.void(_READ, _STARTS, _NUMBERS, _WRITE), cache=True, nogil=True)
def _add(matrix: np.ndarray, start: np.ndarray, row: np.ndarray, sums: np.ndarray) -> None:
    """Adds to each sum the rows of its list, four at once: it is read and written less often."""
    for item in range(len(start) - 1):
        vector, place, end = sums[item], start[item], start[item + 1]
        while place + 4 <= end:
            a, b = matrix[row[place]], matrix[row[place + 1]]
            c, d = matrix[row[place + 2]], matrix[row[place + 3]]
            for column in range(len(vector)):
                vector[column] += (a[column] + b[column]) + (c[column] + d[column])
            place += 4
        for rest in range(place, end):
            a = matrix[row[rest]]
            for column in range(len(vector)):
                vector[column] += a[column]


@njit(types.void(ROWS, _STARTS, _NUMBERS, _WRITE), cache=True, nogil=True)
def _add_codes(source: Rows, start: np.ndarray, row: np.ndarray, sums: np.ndarray) -> None:
    codes, centroids, norms = source.codes, source.centroids, source.norms
    width = centroids.shape[2]
    for item in range(len(start) - 1):
        vector = sums[item]
        for place in range(start[item], start[item + 1]):
            code, norm = codes[row[place]], norms[row[place]]
            for part in range(len(code)):
                centroid = centroids[part, code[part]]
                for column in range(width):
                    vector[part * width + column] += norm * centroid[column]


@njit(types.void(_WRITE, reading(types.int64)), cache=True, nogil=True)
def _divide(sums: np.ndarray, counts: np.ndarray) -> None:
    for item in range(len(counts)):
        factor = np.float32(1.0 / max(counts[item], 1))
        vector = sums[item]
        for column in range(len(vector)):
            vector[column] *= factor


def vectors_of(
    model: Model, text: np.ndarray, offsets: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    r"""The vector of each line.

    Args:
        model: the model.
        text: uint8, UTF-8.
        offsets: int64[lines + 1], where each line begins and the last one ends; a line has no \n.

    Returns:
        float32[lines, width], and int64[lines]: of how many vectors each is the mean. A line
        without any is zeros.
    """
    return of_words(model, text, words_of(text, offsets))


def of_words(model: Model, text: np.ndarray, words: Words) -> tuple[np.ndarray, np.ndarray]:
    """The same for lines whose words are known."""
    known = names.number(model.vocabulary, text, words.distinct)
    lists = rows.of_words(text, words.distinct, known, model.ngrams)
    of_word = _sums(model.rows, lists)
    sums = np.zeros((len(words.line) - 1, of_word.shape[1]), np.float32)
    _add(of_word, words.line, words.word, sums)
    counts = np.add.reduceat(np.diff(lists.start)[words.word], words.line[:-1])
    if model.ngrams.words > 1:
        runs = rows.of_lines(words, known, model.ngrams)
        _gather(model.rows, runs, sums)
        counts += np.diff(runs.start)
    _divide(sums, counts)
    return sums, counts


def _sums(source: Rows, lists: Lists) -> np.ndarray:
    sums = np.zeros((len(lists.start) - 1, source.width), np.float32)
    _gather(source, lists, sums)
    return sums


def _gather(source: Rows, lists: Lists, sums: np.ndarray) -> None:
    if len(source.full):
        _add(source.full, lists.start, lists.row, sums)
    else:
        _add_codes(source, lists.start, lists.row, sums)
