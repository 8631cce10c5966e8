"""Segments of one language that follow each other, as runs of lines.

Lines are counted in the text as it is stored: masking personal data changes no line feed, so
the runs are true of the released text, where offsets of characters would not be.
"""

from typing import NamedTuple

import numpy as np


class Spans(NamedTuple):
    """Runs of lines in one language, in the order of the documents."""

    row: np.ndarray  # int64: the document
    tag: np.ndarray  # int64
    first_line: np.ndarray  # int64: from 0
    lines: np.ndarray  # int64: at least 1
    share: np.ndarray  # float64: of the document's letters


def merge(
    window: np.ndarray,
    row: np.ndarray,
    tag: np.ndarray,
    line: np.ndarray,
    lines: np.ndarray,
    letters: np.ndarray,
) -> Spans:
    """Joins neighbouring segments of the same language and window.

    What lies between two windows was not seen and belongs to no span. Two spans may share a
    line: the language changes within it.

    Args:
        window: int64[segments], sorted.
        row: int64[segments], the document of each.
        tag: int64[segments].
        line: int64[segments], the line of the document that each begins in.
        lines: int64[segments], how many it touches.
        letters: int64[segments], at least 1.

    >>> two = np.array([0, 0, 0])
    >>> merge(two, two, np.array([4, 4, 7]), np.array([0, 2, 3]), np.array([2, 1, 1]),
    ...       np.array([20, 10, 30]))[1:]
    (array([4, 7]), array([0, 3]), array([3, 1]), array([0.5, 0.5]))
    """
    is_first = np.ones(len(row), bool)
    is_first[1:] = (window[1:] != window[:-1]) | (tag[1:] != tag[:-1])
    first = np.flatnonzero(is_first)
    last = np.append(first[1:], len(row))[: len(first)] - 1
    whole = np.bincount(row, letters)
    return Spans(
        row=row[first],
        tag=tag[first],
        first_line=line[first],
        lines=line[last] + lines[last] - line[first],
        share=np.add.reduceat(letters, first) / whole[row[first]] if len(first) else np.zeros(0),
    )
