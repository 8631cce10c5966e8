"""New labels fitted beside those of a trained model, which stay as they are.

A label of fastText is a weight for each column of a line's mean vector. A new one gets that, and
a column of its own: a number for each word and run of characters. All together they compete with
the sum of the old labels, so an old label loses a line only to a new one, never to another old.
"""

from typing import NamedTuple

import numpy as np
from numba import njit, types

from lang_models.inference.model import reading
from lang_models.training.digest import chances
from lang_models.training.features import Features

_ORDER_STREAM = 21
_F64 = types.float64
_MATRIX = types.float64[:, ::1]


class Fitted(NamedTuple):
    """What new labels are.

    Attributes:
        weights: float64[labels, columns + 1]; the last is the same for every line.
        own: float64[labels, rows], what each row of the model's matrix speaks for the label.
    """

    weights: np.ndarray
    own: np.ndarray


@njit(
    types.void(
        reading(types.int64), reading(types.int32), reading(_F64, 2), reading(_F64),
        reading(types.int64), reading(types.int64), _F64, _MATRIX, _MATRIX, _MATRIX, _MATRIX,
    ),
    cache=True,
    nogil=True,
)  # fmt: skip
def _pass(  # noqa: PLR0913, PLR0917  # numba takes plain arrays
    start: np.ndarray, row: np.ndarray, vector: np.ndarray, whole: np.ndarray,
    gold: np.ndarray, order: np.ndarray, rate: float,
    weights: np.ndarray, own: np.ndarray, seen: np.ndarray, own_seen: np.ndarray,
) -> None:  # fmt: skip
    # One pass over the lines by AdaGrad (Duchi et al. 2011); `gold` is -1 for the old labels.
    labels, columns = weights.shape[0], weights.shape[1] - 1
    sums = np.empty(labels)
    for line in order:
        begin, end = start[line], start[line + 1]
        share = 1.0 / max(end - begin, 1)
        top = whole[line]
        for label in range(labels):
            total = 0.0
            for place in range(begin, end):
                total += own[label, row[place]]
            total = total * share + weights[label, columns]
            for column in range(columns):
                total += weights[label, column] * vector[line, column]
            sums[label] = total
            top = max(top, total)
        norm = np.exp(whole[line] - top)
        for label in range(labels):
            norm += np.exp(sums[label] - top)
        for label in range(labels):
            slope = np.exp(sums[label] - top) / norm - (1.0 if gold[line] == label else 0.0)
            if abs(slope) < 1e-6:  # noqa: PLR2004  # nothing is left to learn from the line
                continue
            for column in range(columns + 1):
                step = slope * (vector[line, column] if column < columns else 1.0)
                seen[label, column] += step * step
                weights[label, column] -= rate * step / np.sqrt(seen[label, column])
            step = slope * share
            for place in range(begin, end):
                number = row[place]
                own_seen[label, number] += step * step
                own[label, number] -= rate * step / np.sqrt(own_seen[label, number])


def fit(features: Features, gold: np.ndarray, rows: int, epochs: int, rate: float) -> Fitted:
    """New labels learnt from lines in them and lines in others; the same for the same lines.

    Args:
        features: of the lines.
        gold: int64[lines], the new label; -1 for a line in one of the old.
        rows: of the model's matrix.
        epochs: how often all lines are gone through.
        rate: AdaGrad's.
    """
    labels, columns = int(gold.max(initial=-1)) + 1, features.vector.shape[1]
    weights, own = np.zeros((labels, columns + 1)), np.zeros((labels, rows))
    seen, own_seen = np.full_like(weights, 1e-2), np.full_like(own, 1e-2)
    number = np.arange(len(gold), dtype=np.uint64)
    for epoch in range(epochs):
        order = np.argsort(chances(number, _ORDER_STREAM + epoch), kind="stable")
        _pass(*features, gold, order, rate, weights, own, seen, own_seen)
    return Fitted(weights, own)


def margins(features: Features, fitted: Fitted) -> np.ndarray:
    """float64[lines, labels]: by how much each new label's sum is greater than all old ones'."""
    start, size = features.start, np.diff(features.start).clip(1)
    line = np.repeat(np.arange(len(size)), np.diff(start))
    spoken = [
        np.bincount(line, own[features.row], minlength=len(size)) / size for own in fitted.own
    ]
    plain = features.vector @ fitted.weights[:, :-1].T + fitted.weights[:, -1]
    return np.stack(spoken, axis=1) + plain - features.whole[:, None]
