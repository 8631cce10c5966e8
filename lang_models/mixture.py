"""Which language each segment is in, knowing its document; and which documents mix two.

A line of sixty letters is little to go by: called by itself, one of ten in a Danish page is
Norwegian. So each segment's guesses are weighed by how much of the document is in each of these
languages, over and over, which is expectation maximisation for the shares of a mixture
(Dempster, Laird, Rubin 1977; for languages in a document Lui, Lau, Baldwin 2014,
doi:10.1162/tacl_a_00163). All in arrays over the whole batch.
"""

from typing import NamedTuple

import numpy as np

from lang_models.calls import Fitting

#: After three rounds hardly any segment changes its language.
_ROUNDS = 3
MIXED_RULE = "mixed-language"
MIXED_SOURCE = (
    "Measured 2026-11-25 (tests/benchmarks/language_mixing.py) on 195 half translated manual pages."
)
#: A document is mixed when another language has this share of its running text …
MIXED_SHARE = 0.1
#: … in so many segments, …
MIXED_SEGMENTS = 2
#: … to each of which the model gives the document's own language less than this part of the
#: other's probability (so that dialects and neighbours are not taken for a second language), …
_CLEARLY = 0.1
#: … and to one of them the other language with at least this probability.
_SURELY = 0.3
#: Lines with fewer letters on average are no running text: menus, tables, headings.
_RUNNING_LETTERS = 15.0


class Settled(NamedTuple):
    """The language of each segment."""

    tag: np.ndarray  # int64; -1: no guess fits the script
    probability: np.ndarray  # float64: what the model gives this tag in this segment


def settle(guesses: Fitting, row: np.ndarray, weight: np.ndarray) -> Settled:
    """The language of each segment, in the light of its document.

    Args:
        guesses: of all segments.
        row: int64[segments], the document of each, sorted.
        weight: float64[segments], what each counts for in its document.

    Returns:
        One entry a segment. A segment alone in its document keeps its best guess.

    >>> unsure = Fitting(np.array([0, 1, 1]), np.array([5, 8, 5]), np.array([0.9, 0.4, 0.3]))
    >>> settle(unsure, np.array([0, 0]), np.array([1.0, 1.0])).tag.tolist()
    [5, 5]
    """
    from lang_models import ballots  # noqa: PLC0415  # numba is slow to import

    segment, tag, probability = guesses
    share, place = probability.copy(), np.empty(len(segment), np.int64)
    pairs = ballots.number(row[segment], tag, int(tag.max(initial=0)) + 1, place)
    for _ in range(_ROUNDS):
        total = np.bincount(segment, share, minlength=len(row))
        of_pair = np.bincount(place, share / total[segment] * weight[segment], pairs)
        share = probability * of_pair[place]
    best = np.full(len(row), -1, np.int64)
    ballots.choose(segment, tag, share, best)
    has_any = best >= 0
    settled = Settled(np.full(len(row), -1, np.int64), np.zeros(len(row)))
    settled.tag[has_any] = tag[best[has_any]]
    settled.probability[has_any] = probability[best[has_any]]
    return settled


class Mixing(NamedTuple):
    """Whether each document is in two languages."""

    share: np.ndarray  # float64[rows]: of the running text, clearly in the second language
    is_mixed: np.ndarray  # bool[rows]
    weight: np.ndarray  # float64[rows]: share of the weight of these segments; 0 if not mixed


class Segments(NamedTuple):
    """What is known of each segment."""

    row: np.ndarray  # int64: its document
    content: np.ndarray  # float64, in letters of an alphabet
    lines: np.ndarray  # int64
    weight: np.ndarray  # float64: what it counts for in its document


def mixing(settled: Settled, own: np.ndarray, segments: Segments, rows: int) -> Mixing:
    """Which documents have a second language, by the limits of this module.

    Args:
        settled: the language of each segment, -1 nowhere.
        own: float64[segments], what the model gives in each segment to its document's own
            language; infinite where the segment is in it.
        segments: of the same batch.
        rows: how many documents there are.
    """
    row, content, lines, weight = segments
    is_running = content >= _RUNNING_LETTERS * lines
    other = is_running & (own < _CLEARLY * settled.probability)
    tags = int(settled.tag.max(initial=0)) + 1
    pairs, place = np.unique(row[other] * tags + settled.tag[other], return_inverse=True)
    of_pair = pairs // tags
    share = np.bincount(place, content[other], len(pairs))
    share = share / np.bincount(row, content * is_running, rows)[of_pair]
    is_enough = np.bincount(place, minlength=len(pairs)) >= MIXED_SEGMENTS
    is_enough &= np.bincount(place, settled.probability[other] >= _SURELY, len(pairs)) > 0
    most = np.zeros(rows)
    np.maximum.at(most, of_pair[is_enough], share[is_enough])
    is_mixed = most >= MIXED_SHARE
    is_second = is_enough & (share == most[of_pair]) & is_mixed[of_pair]
    second = np.bincount(row[other], weight[other] * is_second[place], rows)
    return Mixing(most, is_mixed, second / np.maximum(np.bincount(row, weight, rows), 1e-9))
