"""From the segments' guesses to one call a document, in arrays over the whole batch.

Every segment votes for the languages the model saw in it, with the model's probability times
its weight. The language with most votes is the document's, the next the runner-up. Short lines
weigh little, so that a page is called by its body and not by the menus around it.
"""

from typing import NamedTuple

import numpy as np

#: A segment whose lines have fewer letters on average weighs less, by the square of what they
#: lack. Of 317 Declarations in 37 scripts, each between English menus as long as itself, 0.82
#: are called as without them, and 0.61 when every letter weighs the same; with menus twice as
#: long 0.80 and 0.05. Without menus the square costs nothing on stories and news, and 0.005 on
#: manuals (2026-11-25, tests/benchmarks/language_frames.py).
BODY_LETTERS = 40


class Ranking(NamedTuple):
    """Pairs of a document and a tag with their weight; documents in order, best tag first."""

    row: np.ndarray  # int64
    tag: np.ndarray  # int64
    weight: np.ndarray  # float64, 0 to 1

    @property
    def is_best(self) -> np.ndarray:
        """bool[pairs]: whether the tag is the document's best."""
        is_best = np.ones(len(self.row), bool)
        is_best[1:] = self.row[1:] != self.row[:-1]
        return is_best


def rank(row: np.ndarray, tag: np.ndarray, weight: np.ndarray, whole: np.ndarray) -> Ranking:
    """Sums the weights of each tag within each document and sorts them.

    Args:
        row: int64[n], the document of each vote.
        tag: int64[n], the tag it is for.
        weight: float64[n], what it counts for.
        whole: float64[rows], the weight of each document.

    Returns:
        One entry for each document and tag that has votes, with its share of the document's
        weight; equal shares in the order of tags.

    >>> rank(np.array([0, 0, 0]), np.array([7, 3, 7]), np.array([2.0, 5, 1]), np.array([8.0])).tag
    array([3, 7])
    """
    from lang_models import ballots  # noqa: PLC0415  # numba is slow to import

    order, place = np.empty((2, len(row)), np.int64)
    ballots.by_row(row, len(whole), order)
    row, tag = row[order], tag[order]
    pairs = ballots.number(row, tag, int(tag.max(initial=0)) + 1, place)
    rows, tags = np.empty((2, pairs), np.int64)
    rows[place], tags[place] = row, tag
    share = np.bincount(place, weights=weight[order], minlength=pairs) / whole[rows]
    ballots.sort_pairs(rows, tags, share)
    return Ranking(rows, tags, share)


def body_weight(content: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """What each segment counts for: its content, less where its lines are short.

    Args:
        content: float64[segments], in letters of an alphabet.
        lines: int64[segments], at least 1.

    >>> body_weight(np.array([60.0, 60.0]), np.array([1, 6])).tolist()
    [60.0, 3.75]
    """
    return content * np.minimum(content / lines / BODY_LETTERS, 1.0) ** 2


class Fitting(NamedTuple):
    """The model's guesses that fit the script of their segment; best first."""

    segment: np.ndarray  # int64, sorted
    tag: np.ndarray  # int64
    probability: np.ndarray  # float64


class Votes(NamedTuple):
    """What each guess of the model is worth."""

    row: np.ndarray  # int64: the document
    tag: np.ndarray  # int64
    weight: np.ndarray  # float64: probability times the weight of the segment


def votes(guesses: Fitting, row: np.ndarray, weight: np.ndarray) -> Votes:
    """The votes of all guesses.

    Args:
        guesses: of all segments.
        row: int64[segments], the document of each segment.
        weight: float64[segments].
    """
    segment, tag, probability = guesses
    return Votes(row[segment], tag, probability * weight[segment])


def best(ranking: Ranking, rows: int) -> np.ndarray:
    """int64[rows]: the tag of each document; -1 where it has none."""
    is_best = ranking.is_best
    tag = np.full(rows, -1, np.int64)
    tag[ranking.row[is_best]] = ranking.tag[is_best]
    return tag


def probability_of(tag: np.ndarray, guesses: Fitting) -> np.ndarray:
    """float64[segments]: what the model gives to one tag in each; 0 where it is no guess.

    Args:
        tag: int64[segments].
        guesses: of the same segments.
    """
    asked = guesses.tag == tag[guesses.segment]
    return np.bincount(guesses.segment[asked], guesses.probability[asked], minlength=len(tag))
