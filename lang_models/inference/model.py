"""What is needed of a fastText model to tell languages, as arrays that kernels take."""

from typing import NamedTuple

import numpy as np
from numba import types

from lang_models.lexicon_file import Lexicon

#: Vectors are as wide as a multiple of this; what is added is zero.
_WIDTH_STEP = 4


class ContradictionError(ValueError):
    """The parts of a model file do not fit one another."""


class Vocabulary(NamedTuple):
    """The words and labels that the model knows, in a table by their hash."""

    words: int  # the names before are words, those from here on labels
    letters: np.ndarray  # uint8: all names, one after another
    start: np.ndarray  # int64[names + 1]
    hash: np.ndarray  # uint32[names]
    table: np.ndarray  # int32[a power of two]: a name, -1 for none


class Ngrams(NamedTuple):
    """Which runs of characters and of words have a vector, and where."""

    shortest: int  # characters
    longest: int  # characters; 0: none
    words: int  # longest run of words; 1: none
    buckets: int  # a run's hash modulo this is its bucket
    row: int  # of the first bucket
    kept: np.ndarray  # uint64: a bit a bucket that was not pruned; empty: none was
    first: np.ndarray  # int64: the row of the first kept bucket of each 64


class Rows(NamedTuple):
    """The vectors of words and runs: in full, or as codes of a product quantiser."""

    full: np.ndarray  # float32[rows, width]; no rows where there are codes
    codes: np.ndarray  # uint8[rows, parts]
    centroids: np.ndarray  # float32[parts, 256, part width]
    norms: np.ndarray  # float32[rows]

    @property
    def width(self) -> int:
        """How many numbers a vector has, the zeros behind it included."""
        return self.full.shape[1]


class Output(NamedTuple):
    """All that turns a vector into labels."""

    loss: int
    labels: int
    weights: np.ndarray  # float32[width, labels or inner nodes, padded]
    sigmoid: np.ndarray  # float32[513]: fastText's table of the logistic function
    left: np.ndarray  # int32[nodes]: of the tree of labels, -1 for a leaf
    right: np.ndarray  # int32[nodes]


class Model(NamedTuple):
    """A model as read from its file."""

    labels: list[str]
    vocabulary: Vocabulary
    ngrams: Ngrams
    rows: Rows
    output: Output
    lexicon: Lexicon | None = None


def reading(kind: types.Number, dimensions: int = 1) -> types.Array:
    """The type of an array that is only read; numba takes writable ones for it too."""
    return types.Array(kind, dimensions, "C", readonly=True)


_U8, _I32, _I64, _F32 = types.uint8, types.int32, types.int64, types.float32
VOCABULARY = types.NamedTuple(
    (_I64, reading(_U8), reading(_I64), reading(types.uint32), reading(_I32)), Vocabulary
)
NGRAMS = types.NamedTuple(
    (_I64, _I64, _I64, _I64, _I64, reading(types.uint64), reading(_I64)), Ngrams
)
ROWS = types.NamedTuple((reading(_F32, 2), reading(_U8, 2), reading(_F32, 3), reading(_F32)), Rows)
OUTPUT = types.NamedTuple(
    (_I64, _I64, reading(_F32, 2), reading(_F32), reading(_I32), reading(_I32)), Output
)


def frozen(values: np.ndarray) -> np.ndarray:
    """The values in one piece, never to be changed: threads share them."""
    values = np.ascontiguousarray(values)
    values.flags.writeable = False
    return values


def widened(values: np.ndarray, width: int = 0) -> np.ndarray:
    """The vectors, frozen, with zeros behind them up to a multiple of four.

    Args:
        values: float32[rows, columns].
        width: at least so wide.

    >>> widened(np.ones((1, 5), np.float32)).tolist()
    [[1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0]]
    """
    rows, columns = values.shape
    width = -(-max(columns, width) // _WIDTH_STEP) * _WIDTH_STEP
    full = np.zeros((rows, width), np.float32)
    full[:, :columns] = values
    return frozen(full)
