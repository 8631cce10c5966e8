"""The second look: the best labels of a line weighed again by whole words.

A fastText model knows a word by its runs of characters, which close languages share. How often
the word itself stands in the text of each label tells them apart: `sedmica` is a week in Bosnian
and the number seven in Croatian. So the labels that the model thinks of are weighed by the odds
of the line's words among them.

Source: multinomial naive Bayes (McCallum and Nigam 1998) with Dirichlet smoothing towards the mean
of the labels that are compared (Zhai and Lafferty 2004, doi:10.1145/984321.984322); the odds count
half, for neighbouring words and the runs within them say the same thing again. The numbers are
those of the study in docs/decisions/0020-words-weigh-a-second-time.md.
"""

import numpy as np
from numba import njit, types

from lang_models.inference.model import reading
from lang_models.inference.output import Best
from lang_models.inference.words import Words
from lang_models.lexicon_file import Lexicon, key

#: So many words of unknown text are added to each label: a small language is not blamed for
#: words that its text is too short to have.
PRIOR_WORDS = 5_000.0
#: One word makes a label at most so many times as likely, or unlikely.
_MOST_ODDS = 20.0
_ROOT_2 = 1.4142135623730951
#: The count that a level stands for, see `lexicon_file.level_of`; the same bits everywhere.
_COUNTS = np.array([2.0 ** (level // 2) * (_ROOT_2 if level % 2 else 1.0) for level in range(256)])

_I64, _F64 = types.int64, types.float64
_WORDS, _KEYS, _LEVELS = reading(types.int32), reading(types.uint32), reading(types.uint8)


@njit(_F64(_KEYS, _LEVELS, _I64, _I64, types.uint32), cache=True, nogil=True)
def _count(words: np.ndarray, level: np.ndarray, low: int, high: int, word: np.uint32) -> float:
    # How often a label has a word; its words stand from `low` to `high`.
    end = high
    while low < high:
        middle = (low + high) >> 1
        if words[middle] < word:
            low = middle + 1
        else:
            high = middle
    return _COUNTS[level[low]] if low < end and words[low] == word else 0.0


@njit(
    types.void(
        _KEYS, reading(_I64), _KEYS, _LEVELS, reading(_F64),
        _I64[::1], _F64[::1], _F64[::1], _F64[::1],
    ),
    cache=True,
    nogil=True,
    error_model="numpy",
)  # fmt: skip
def _odds_of(  # noqa: PLR0913, PLR0917  # arrays one by one are faster than in a tuple
    keys: np.ndarray, start: np.ndarray, words: np.ndarray, level: np.ndarray, total: np.ndarray,
    labels: np.ndarray, share: np.ndarray, count: np.ndarray, odds: np.ndarray,
) -> None:  # fmt: skip
    # The odds of the words between labels: of the likeliest one 1, of labels without words too.
    known = 0.0
    for place in range(len(labels)):
        odds[place] = 1.0
        known += total[labels[place]] / (total[labels[place]] + PRIOR_WORDS)
    for word in keys:
        mean = 0.0
        for place in range(len(labels)):
            label = labels[place]
            if total[label] > 0:
                count[place] = _count(words, level, start[label], start[label + 1], word)
                mean += count[place] / (total[label] + PRIOR_WORDS)  # rate times trust
        if mean == 0.0:
            continue
        mean /= known
        greatest = 0.0
        for place in range(len(labels)):
            label = labels[place]
            if total[label] > 0:
                expected = mean * (total[label] + PRIOR_WORDS)
                ratio = (count[place] + mean * PRIOR_WORDS) / expected
                odds[place] *= min(max(ratio, 1.0 / _MOST_ODDS), _MOST_ODDS)
                greatest = max(greatest, odds[place])
        for place in range(len(labels)):
            odds[place] = odds[place] / greatest if total[labels[place]] > 0 else 1.0
    for place in range(len(labels)):
        share[place] *= np.sqrt(odds[place])


@njit(_I64(_I64[::1], _F64[::1], _F64, _F64), cache=True, nogil=True, error_model="numpy")
def _in_order(labels: np.ndarray, share: np.ndarray, whole: float, least: float) -> int:
    # Scales the shares to what they were together, best first; returns how many reach the least.
    now = 0.0
    for place in range(len(share)):
        now += share[place]
    held = 0
    for place in range(len(share)):
        label, value, to = labels[place], share[place] / now * whole, place
        while to > 0 and share[to - 1] < value:
            labels[to], share[to] = labels[to - 1], share[to - 1]
            to -= 1
        labels[to], share[to] = label, value
        held += value >= least
    return held


@njit(
    types.void(
        reading(_I64), _WORDS, _KEYS, reading(_I64), _KEYS, _LEVELS, reading(_F64), _F64,
        _I64[:, ::1], _F64[:, ::1], _I64[::1],
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def _weigh(  # noqa: PLR0913, PLR0917
    line: np.ndarray, word: np.ndarray, keys: np.ndarray,
    start: np.ndarray, words: np.ndarray, level: np.ndarray, total: np.ndarray, least: float,
    label: np.ndarray, probability: np.ndarray, held: np.ndarray,
) -> None:  # fmt: skip
    count, odds = np.empty(label.shape[1]), np.empty(label.shape[1])
    for number in range(len(line) - 1):
        size, first, end = held[number], line[number], line[number + 1]
        if size < 2 or end - first < 2:  # noqa: PLR2004  # the last word is the line's end
            continue
        own = np.empty(end - 1 - first, np.uint32)
        for place in range(first, end - 1):
            own[place - first] = keys[word[place]]
        labels, share = label[number][:size], probability[number][:size]
        whole = 0.0
        for place in range(size):
            whole += share[place]
        _odds_of(own, start, words, level, total, labels, share, count, odds)
        held[number] = _in_order(labels, share, whole, least)


def weigh(lexicon: Lexicon, words: Words, best: Best, least: float) -> None:
    """Changes the probabilities of the best labels of each line by the line's words.

    The best labels of a line keep what they have together. Labels that no lexicon speaks of
    keep their odds against the one that the words speak for most. Words that none of the
    labels has say nothing.

    Args:
        lexicon: of the model.
        words: of the lines.
        best: of the same lines; labels that become less probable than `least` are taken out.
        least: the least probability.
    """
    keys = key(words.distinct.hash)
    _weigh(words.line, words.word, keys, *lexicon, least, *best)
