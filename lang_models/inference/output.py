"""From vectors to labels: the most probable ones of each line.

Source: `SoftmaxLoss`, `HierarchicalSoftmaxLoss` and `BinaryLogisticLoss` of fastText 0.9.2.
"""

from typing import NamedTuple

import numpy as np
from numba import njit, types

from lang_models.inference import tree
from lang_models.inference.arithmetic import exponential
from lang_models.inference.best import best_of, best_of_tree
from lang_models.inference.model import OUTPUT, ContradictionError, Output, frozen, reading

#: Numbers of the losses in a model file.
HIERARCHICAL, NEGATIVE_SAMPLING, SOFTMAX, ONE_VERSUS_ALL = 1, 2, 3, 4
#: Labels are padded to a multiple of this, so that sums can be folded in the middle.
_LABEL_STEP = 64
#: fastText's logistic function is a table: so many steps from minus to plus the bound; beyond
#: it is 0 and 1.
_STEPS, _BOUND = 512, np.float32(8)
_STEPS_A_UNIT = np.float32(_STEPS / 16)
#: Lines that are multiplied together: their products stay in the first cache.
_LINES_AT_ONCE = 8
_I64, _F32 = types.int64, types.float32
_ROW, _MATRIX, _READ = _F32[::1], _F32[:, ::1], reading(_F32, 2)


class Best(NamedTuple):
    """The most probable labels of each line, best first; room that is not used is zeros."""

    label: np.ndarray  # int64[lines, asked for]
    probability: np.ndarray  # float64[lines, asked for]: fastText adds 1e-5 to each
    held: np.ndarray  # int64[lines]: how many there are


_BEST = types.NamedTuple((_I64[:, ::1], types.float64[:, ::1], _I64[::1]), Best)


def prepare(loss: int, weights: np.ndarray, counts: list[int]) -> Output:
    """What turns vectors into labels.

    Args:
        loss: one of the four.
        weights: float32[labels, width], of the model.
        counts: how often each label was seen.

    Raises:
        ContradictionError: the loss is not known, or a count is none.
    """
    if loss not in {HIERARCHICAL, NEGATIVE_SAMPLING, SOFTMAX, ONE_VERSUS_ALL}:
        raise ContradictionError(f"it was trained with loss {loss}, which is not known")
    if not 0 <= min(counts) <= max(counts) < tree.ENDLESS:
        raise ContradictionError("a label has a count that is none")
    labels, width = weights.shape
    padded = np.zeros((width, -(-labels // _LABEL_STEP) * _LABEL_STEP), np.float32)
    padded[:, :labels] = weights.T
    edges = np.arange(_STEPS + 1, dtype=np.float32) * 2 * _BOUND / _STEPS - _BOUND
    sigmoid = (1 / (1 + np.exp(-edges).astype(np.float64))).astype(np.float32)
    left, right = tree.build(counts) if loss == HIERARCHICAL else np.zeros((2, 1), np.int32)
    return Output(loss, labels, *map(frozen, (padded, sigmoid, left, right)))


@njit(types.void(_READ, _READ, _MATRIX), cache=True, nogil=True)
def _multiply(vectors: np.ndarray, weights: np.ndarray, products: np.ndarray) -> None:
    # Four columns at once: products are read and written a quarter as often.
    products[:] = 0
    for column in range(0, len(weights), 4):
        w, x, y, z = weights[column], weights[column + 1], weights[column + 2], weights[column + 3]
        for line in range(len(vectors)):
            vector, product = vectors[line], products[line]
            a, b, c, d = vector[column], vector[column + 1], vector[column + 2], vector[column + 3]
            for label in range(len(w)):
                product[label] += (a * w[label] + b * x[label]) + (c * y[label] + d * z[label])


@njit(_F32(_ROW, _ROW), cache=True, nogil=True)
def _greatest(values: np.ndarray, room: np.ndarray) -> np.float32:
    # Folded in the middle again and again: whole vectors are compared at once.
    half = len(values) // 2
    for place in range(half):
        low, high = values[place], values[half + place]
        room[place] = max(low, high)
    while half % 2 == 0:
        half //= 2
        for place in range(half):
            low, high = room[place], room[half + place]
            room[place] = max(low, high)
    greatest = room[0]
    for place in range(1, half):
        greatest = max(greatest, room[place])
    return greatest


@njit(_F32(_ROW, _ROW), cache=True, nogil=True)
def _total(values: np.ndarray, room: np.ndarray) -> np.float32:
    half = len(values) // 2
    for place in range(half):
        room[place] = values[place] + values[half + place]
    while half % 2 == 0:
        half //= 2
        for place in range(half):
            room[place] += room[half + place]
    total = room[0]
    for place in range(1, half):
        total += room[place]
    return total


@njit(types.void(_ROW, _I64, _ROW), cache=True, nogil=True, error_model="numpy")
def _softmax(values: np.ndarray, labels: int, room: np.ndarray) -> None:
    for label in range(labels, len(values)):
        values[label] = -np.inf
    greatest = _greatest(values, room)
    for label in range(len(values)):
        values[label] = exponential(values[label] - greatest)
    for label in range(labels, len(values)):
        values[label] = 0
    total = _total(values, room)
    for label in range(labels):
        values[label] /= total


@njit(types.void(_ROW), cache=True, nogil=True, error_model="numpy")
def _logistic(values: np.ndarray) -> None:
    one = np.float32(1)
    for node in range(len(values)):
        values[node] = one / (one + exponential(-values[node]))


@njit(types.void(_ROW, reading(_F32)), cache=True, nogil=True, error_model="numpy")
def _logistic_by_table(values: np.ndarray, table: np.ndarray) -> None:
    for label in range(len(values)):
        value = values[label]
        if value > _BOUND:
            values[label] = 1
        elif value >= -_BOUND:
            values[label] = table[np.int64((value + _BOUND) * _STEPS_A_UNIT)]
        else:  # NaN too
            values[label] = 0


@njit(types.void(OUTPUT, _READ, reading(_I64), _F32, _BEST), cache=True, nogil=True)
def _fill(
    output: Output, vectors: np.ndarray, counts: np.ndarray, least: np.float32, best: Best
) -> None:
    weights, table, left, right = output.weights, output.sigmoid, output.left, output.right
    loss, known = output.loss, output.labels
    products = np.empty((_LINES_AT_ONCE, weights.shape[1]), np.float32)
    room = np.empty(weights.shape[1] // 2, np.float32)
    nodes, reached = np.empty(len(left), np.int64), np.empty(len(left), np.float64)
    for start in range(0, len(vectors), _LINES_AT_ONCE):
        end = min(start + _LINES_AT_ONCE, len(vectors))
        _multiply(vectors[start:end], weights, products)
        for line in range(start, end):
            if not counts[line]:
                continue
            values, labels, scores = (
                products[line - start],
                best.label[line],
                best.probability[line],
            )
            if loss == HIERARCHICAL:
                _logistic(values)
                held = best_of_tree(values, left, right, least, labels, scores, nodes, reached)
            elif loss == SOFTMAX:
                _softmax(values, known, room)
                held = best_of(values, known, least, labels, scores)
            else:
                _logistic_by_table(values, table)
                held = best_of(values, known, least, labels, scores)
            best.held[line] = held


def labels_of(
    output: Output, vectors: np.ndarray, counts: np.ndarray, most: int, least: float
) -> Best:
    """The labels of lines.

    Args:
        output: of the model.
        vectors: float32[lines, width], as `hidden.vectors_of` gives them.
        counts: int64[lines]: of how many vectors each is the mean; of none, no labels.
        most: so many labels of each line at most.
        least: only those at least so probable.
    """
    shape = (len(vectors), most)
    best = Best(np.zeros(shape, np.int64), np.zeros(shape), np.zeros(len(vectors), np.int64))
    _fill(output, vectors, counts, np.float32(least), best)
    return best
