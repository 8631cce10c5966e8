"""The matrices of a fastText file: in full, or as codes of a product quantiser.

Source: `DenseMatrix`, `QuantMatrix` and `ProductQuantizer` of fastText 0.9.2; Jégou, Douze and
Schmid 2011, doi:10.1109/TPAMI.2010.57.
"""

import mmap
from typing import NamedTuple

import numpy as np

from lang_models.fasttext_file import CENTROIDS
from lang_models.inference.model import ContradictionError, Rows, frozen, widened

#: Codes are turned into vectors once, if those take no more bytes than this. A vector then costs
#: one look into memory instead of one for each part.
MOST_FULL_BYTES = 64_000_000


class Bytes:
    """A file's bytes, taken from the front."""

    def __init__(self, content: mmap.mmap | bytes, place: int) -> None:
        self._content = content
        self.place = place

    def take(self, kind: str, *shape: int) -> np.ndarray:
        """An array of the next values; not a copy.

        Raises:
            ValueError: there are not so many left, or the shape is none.
        """
        count = int(np.prod(shape, dtype=object))
        values = np.frombuffer(self._content, kind, count, self.place).reshape(shape)
        self.place += values.nbytes
        return values

    def number(self, kind: str) -> int:
        """The next number."""
        return int(self.take(kind, 1)[0])


class Quantised(NamedTuple):
    """A matrix in codes: part by part the nearest of 256 centroids, times the row's norm."""

    columns: int
    codes: np.ndarray  # uint8[rows, parts]
    centroids: np.ndarray  # float32[parts, 256, part width]; the last part's end may be zeros
    norms: np.ndarray  # float32[rows]

    def in_order(self, order: np.ndarray | None) -> "Quantised":
        """The same with the rows in another order; None: as they are."""
        if order is None:
            return self
        return self._replace(codes=self.codes[order], norms=self.norms[order])

    def full(self) -> np.ndarray:
        """The matrix that the codes stand for."""
        parts, _, width = self.centroids.shape
        rows = np.empty((len(self.codes), parts * width), np.float32)
        for part in range(parts):
            rows[:, part * width : (part + 1) * width] = self.centroids[part][self.codes[:, part]]
        return rows[:, : self.columns] * self.norms[:, None]


def rows(vectors: np.ndarray | Quantised) -> Rows:
    """The vectors as the kernels take them: in full where that does not take too much memory."""
    if isinstance(vectors, Quantised):
        parts, _, width = vectors.centroids.shape
        if 4 * len(vectors.codes) * parts * width > MOST_FULL_BYTES:
            full = widened(np.zeros((0, parts * width), np.float32))
            return Rows(full, *map(frozen, vectors[1:]))
        vectors = vectors.full()
    full = widened(vectors)
    codes, centroids = np.zeros((0, 0), np.uint8), np.zeros((0, 0, 0), np.float32)
    return Rows(full, frozen(codes), frozen(centroids), frozen(np.zeros(0, np.float32)))


def dense(source: Bytes) -> np.ndarray:
    """float32[rows, columns], as the file has it."""
    rows, columns = source.number("<i8"), source.number("<i8")
    return source.take("<f4", rows, columns)


def quantised(source: Bytes) -> Quantised:
    """A matrix in codes.

    Raises:
        ContradictionError: its parts are not those of its columns.
    """
    has_norms = source.number("u1")
    rows, columns, size = source.number("<i8"), source.number("<i8"), source.number("<i4")
    codes = source.take("u1", size)
    centroids = _centroids(source)
    norms = np.ones(rows, np.float32)
    if has_norms:
        norm_codes = source.take("u1", rows)
        norms = _centroids(source).reshape(CENTROIDS)[norm_codes]
    return Quantised(columns, codes.reshape(rows, len(centroids)), centroids, norms)


def _centroids(source: Bytes) -> np.ndarray:
    columns, parts, width, last = (source.number("<i4") for _ in range(4))
    values = source.take("<f4", CENTROIDS * columns)
    if not 0 < last <= width or parts < 1 or (parts - 1) * width + last != columns:
        raise ContradictionError("the parts of a quantised vector do not make up the vector")
    split = (parts - 1) * CENTROIDS * width
    centroids = np.zeros((parts, CENTROIDS, width), np.float32)
    centroids[:-1] = values[:split].reshape(parts - 1, CENTROIDS, width)
    centroids[-1, :, :last] = values[split:].reshape(CENTROIDS, last)
    return centroids
