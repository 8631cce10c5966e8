"""From the segments' guesses to one call a document, in arrays over the whole batch.

Every segment votes for the languages the model saw in it, with the model's probability times
its content. The language with most votes is the document's, the next the runner-up.
"""

from typing import NamedTuple

import numpy as np


class Ranking(NamedTuple):
    """Pairs of a document and a tag with their weight; documents in order, best tag first."""

    row: np.ndarray  # int64
    tag: np.ndarray  # int64
    weight: np.ndarray  # float64, 0 to 1


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
    tags = int(tag.max(initial=0)) + 1
    pairs, place = np.unique(row * tags + tag, return_inverse=True)
    total = np.bincount(place, weights=weight, minlength=len(pairs))
    row, tag = pairs // tags, pairs % tags
    share = total / whole[row]
    order = np.lexsort((tag, -share, row))
    return Ranking(row[order], tag[order], share[order])


class Votes(NamedTuple):
    """What each guess of the model is worth."""

    row: np.ndarray  # int64: the document
    tag: np.ndarray  # int64
    weight: np.ndarray  # float64: probability times the content of the segment


def votes(
    tag: np.ndarray,
    probability: np.ndarray,
    segment: np.ndarray,
    row: np.ndarray,
    content: np.ndarray,
) -> Votes:
    """The votes of all guesses whose language fits the script.

    Args:
        tag: int64[n], each guess's tag, -1 for none.
        probability: float64[n].
        segment: int64[n], the segment it is a guess for.
        row: int64[segments], the document of each segment.
        content: float64[segments].
    """
    fits = tag >= 0
    segment = segment[fits]
    return Votes(row[segment], tag[fits], probability[fits] * content[segment])


def own_tags(tag: np.ndarray, segment: np.ndarray, otherwise: np.ndarray) -> np.ndarray:
    """Each segment's own tag: its first guess that fits the script, else `otherwise`.

    Args:
        tag: int64[n], guesses of each segment, best first; -1 for none.
        segment: int64[n], sorted.
        otherwise: int64[segments].
    """
    fits = np.flatnonzero(tag >= 0)
    segments, first = np.unique(segment[fits], return_index=True)
    own = otherwise.copy()
    own[segments] = tag[fits[first]]
    return own
