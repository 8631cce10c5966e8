"""The most probable labels of a line, best first.

Of equal labels the one that the model was shown more often comes first, which is the one with
the lower number.

Source: `Loss::findKBest` and `HierarchicalSoftmaxLoss::dfs` of fastText 0.9.2.
"""

import numpy as np
from numba import njit, types

from lang_models.inference.model import reading

#: fastText adds this before it takes a logarithm, and so to every probability that it gives.
ADDED = 1e-5

_I64, _F64, _ROW = types.int64, types.float64, types.float32[::1]
_SIDE, _LABELS, _SCORES = reading(types.int32), types.int64[::1], types.float64[::1]


@njit(_I64(_I64, _F64, _LABELS, _SCORES, _I64), cache=True, nogil=True)
def _insert(label: int, score: float, labels: np.ndarray, scores: np.ndarray, held: int) -> int:
    # Puts a label in its place among those held, and returns how many there are then.
    place = held
    while place > 0 and (
        scores[place - 1] < score or (scores[place - 1] == score and labels[place - 1] > label)
    ):
        place -= 1
    if place == len(labels):
        return held
    held = min(held + 1, len(labels))
    for later in range(held - 1, place, -1):
        labels[later], scores[later] = labels[later - 1], scores[later - 1]
    labels[place], scores[place] = label, score
    return held


@njit(_I64(_ROW, _I64, types.float32, _LABELS, _SCORES), cache=True, nogil=True)
def best_of(
    probability: np.ndarray, count: int, least: np.float32, labels: np.ndarray, scores: np.ndarray
) -> int:
    """Fills in the best labels of a line and returns how many there are.

    Args:
        probability: float32, a label.
        count: how many labels there are.
        least: only labels that are at least so probable.
        labels: int64, room for as many as are asked for.
        scores: float64, room for their probabilities.
    """
    held, limit = 0, least
    for label in range(count):
        if probability[label] >= limit:
            held = _insert(label, np.float64(probability[label]), labels, scores, held)
            if held == len(labels):  # from here on only what is better than the last
                limit = np.nextafter(np.float32(scores[held - 1]), np.float32(2))
    for place in range(held):
        scores[place] += ADDED
    return held


@njit(
    _I64(_ROW, _SIDE, _SIDE, types.float32, _LABELS, _SCORES, _I64[::1], _SCORES),
    cache=True,
    nogil=True,
)
def best_of_tree(  # noqa: PLR0913, PLR0917  # arrays one by one are faster than in a tuple
    right_share: np.ndarray,
    left: np.ndarray,
    right: np.ndarray,
    least: np.float32,
    labels: np.ndarray,
    scores: np.ndarray,
    nodes: np.ndarray,
    reached: np.ndarray,
) -> int:
    """The same for labels in a tree, whose probability is that of the way from the root.

    Args:
        right_share: float32, an inner node: probability of its right side.
        left: int32, a node: its left child, -1 for a label.
        right: int32, a node.
        least: as above.
        labels: as above.
        scores: as above.
        nodes: int64, room for as many nodes as the tree has.
        reached: float64, room for their probabilities.
    """
    count = len(left) // 2 + 1
    least_score = np.float64(least) + ADDED
    nodes[0], reached[0], waiting, held = len(left) - 1, 1.0, 1, 0
    while waiting:
        waiting -= 1
        node, score = nodes[waiting], reached[waiting]
        is_full = held == len(labels)
        if score < least_score or (is_full and score < scores[held - 1]):
            continue
        if left[node] < 0:
            held = _insert(node, score, labels, scores, held)
            continue
        share = right_share[node - count]
        nodes[waiting], reached[waiting] = right[node], score * (np.float64(share) + ADDED)
        rest = np.float64(np.float32(1.0 - share)) + ADDED
        nodes[waiting + 1], reached[waiting + 1] = left[node], score * rest
        waiting += 2
    return held
