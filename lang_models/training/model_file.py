"""A fastText model file taken apart and put together again, to give a model more labels.

`lang_models.inference.reader` turns a file into what calls languages; here every part stays as
it stands in the file, so that what is not changed comes out byte for byte.

Source: the `save` functions of FastText, Dictionary, DenseMatrix, QuantMatrix and
ProductQuantizer of fastText 0.9.2.
"""

import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np

from lang_models.fasttext_file import AFTER_WORD, CENTROIDS, HEAD, Head
from lang_models.inference.matrices import Bytes, dense, quantised
from lang_models.labels import PREFIX

_LABEL_KIND = 1


class Coded(NamedTuple):
    """A matrix in codes, as the file has it.

    Attributes:
        codes: uint8[rows, parts].
        centroids: float32[parts, 256, part width]; the last part's end may be zeros.
        last: how many numbers the last part has.
        norm_codes: uint8[rows]; None where norms have no codes.
        norm_centroids: float32[256]; None where norms have no codes.
    """

    codes: np.ndarray
    centroids: np.ndarray
    last: int
    norm_codes: np.ndarray | None
    norm_centroids: np.ndarray | None

    @property
    def norms(self) -> np.ndarray:
        """float32[rows]: what the centroids of each row are multiplied by."""
        if self.norm_codes is None or self.norm_centroids is None:
            return np.ones(len(self.codes), np.float32)
        return self.norm_centroids[self.norm_codes]


class Parts(NamedTuple):
    """A model file in its parts.

    Attributes:
        head: its numbers.
        entries: words and labels, as they stand in the file.
        kept: int32[n, 2], buckets that were not pruned and their rows.
        vectors: float32[rows, columns], or coded.
        weights: float32[labels, columns].
        rest: what follows the model, see `lang_models.lexicon_file`.
    """

    head: Head
    entries: bytes
    kept: np.ndarray
    vectors: np.ndarray | Coded
    weights: np.ndarray
    rest: bytes = b""


def take_apart(path: Path) -> Parts:
    """The parts of a file that passed `fasttext_file.fault`."""
    return parts_of(path.read_bytes())


def parts_of(content: bytes) -> Parts:
    """The same of a file's bytes."""
    head = Head(*HEAD.unpack_from(content))
    place = HEAD.size
    for _ in range(head.entries):
        place = content.index(b"\0", place) + AFTER_WORD
    source = Bytes(content, place)
    kept = source.take("<i4", max(head.pruned, 0), 2)
    is_coded = bool(source.number("u1"))
    vectors = _coded(source) if is_coded else dense(source)
    are_labels_coded = bool(source.number("u1")) and is_coded
    weights = quantised(source).full() if are_labels_coded else dense(source)
    rest = content[source.place :]
    return Parts(head, content[HEAD.size : place], kept, vectors, weights, rest)


def put_together(parts: Parts) -> bytes:
    """The file of a model."""
    vectors = parts.vectors
    return b"".join(
        [
            struct.pack(HEAD.format, *parts.head),
            parts.entries,
            parts.kept.astype("<i4").tobytes(),
            bytes([isinstance(vectors, Coded)]),
            _code_bytes(vectors) if isinstance(vectors, Coded) else _bytes(vectors),
            b"\0" + _bytes(parts.weights),
            parts.rest,
        ]
    )


def labels(parts: Parts) -> list[str]:
    """The labels without their prefix, in the order of the file."""
    return _labels(parts.head, parts.entries, 0)


def labels_of(content: bytes) -> list[str]:
    """The same of a file's bytes."""
    return _labels(Head(*HEAD.unpack_from(content)), content, HEAD.size)


def _labels(head: Head, content: bytes, place: int) -> list[str]:
    names = []
    for _ in range(head.entries):
        end = content.index(b"\0", place)
        names.append(content[place:end].decode())
        place = end + AFTER_WORD
    return [name.removeprefix(PREFIX) for name in names[head.words :]]


def entry(label: str, count: int) -> bytes:
    """A label as it stands among the entries of a file."""
    return label.encode() + b"\0" + struct.pack("<qb", count, _LABEL_KIND)


def _bytes(matrix: np.ndarray) -> bytes:
    return struct.pack("<2q", *matrix.shape) + matrix.astype("<f4").tobytes()


def _coded(source: Bytes) -> Coded:
    has_norms = source.number("u1")
    rows, _, size = source.number("<i8"), source.number("<i8"), source.number("<i4")
    codes = source.take("u1", size)
    centroids, last = _centroids(source)
    norm_codes, norm_centroids = None, None
    if has_norms:
        norm_codes = source.take("u1", rows)
        norm_centroids = _centroids(source)[0].reshape(CENTROIDS)
    return Coded(codes.reshape(rows, -1), centroids, last, norm_codes, norm_centroids)


def _centroids(source: Bytes) -> tuple[np.ndarray, int]:
    columns, parts, width, last = (source.number("<i4") for _ in range(4))
    values = source.take("<f4", CENTROIDS * columns)
    split = (parts - 1) * CENTROIDS * width
    centroids = np.zeros((parts, CENTROIDS, width), np.float32)
    centroids[:-1] = values[:split].reshape(parts - 1, CENTROIDS, width)
    centroids[-1, :, :last] = values[split:].reshape(CENTROIDS, last)
    return centroids, last


def _code_bytes(coded: Coded) -> bytes:
    rows, parts = coded.codes.shape
    _, _, width = coded.centroids.shape
    columns = (parts - 1) * width + coded.last
    has_norms = coded.norm_codes is not None
    content = [
        struct.pack("<?2qi", has_norms, rows, columns, rows * parts),
        coded.codes.tobytes(),
        struct.pack("<4i", columns, parts, width, coded.last),
        coded.centroids[:-1].astype("<f4").tobytes(),
        coded.centroids[-1, :, : coded.last].astype("<f4").tobytes(),
    ]
    if coded.norm_codes is not None and coded.norm_centroids is not None:
        content += [
            coded.norm_codes.tobytes(),
            struct.pack("<4i", 1, 1, 1, 1),
            coded.norm_centroids.astype("<f4").tobytes(),
        ]
    return b"".join(content)
