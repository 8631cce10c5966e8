"""Reads a fastText model file into arrays.

Source: the `load` functions of FastText, Args and Dictionary of fastText 0.9.2.
"""

import mmap
import struct
from pathlib import Path

import numpy as np

from lang_models import lexicon_file
from lang_models.fasttext_file import AFTER_WORD, HEAD, Head
from lang_models.inference import buckets, matrices, output
from lang_models.inference.matrices import Bytes, Quantised
from lang_models.inference.model import ContradictionError, Model, frozen, widened
from lang_models.inference.names import vocabulary
from lang_models.lexicon_file import Lexicon, LexiconError
from lang_models.weights import refuse


def read(path: Path) -> Model:
    """The model of a file that passed `fasttext_file.fault`.

    Raises:
        InputError: the file contradicts itself, or has a loss or numbers that mean nothing.
    """
    with path.open("rb") as file:
        content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    try:
        return _read(content, Head(*HEAD.unpack_from(content)))
    except (ValueError, IndexError, OverflowError, struct.error) as error:
        is_told = isinstance(error, ContradictionError | LexiconError)
        reason = error if is_told else "its parts do not fit together"
        refuse(path, f"has the layout of a fastText model but cannot be used: {reason}")


def _read(content: mmap.mmap, head: Head) -> Model:
    names, counts, place = _entries(content, head)
    source = Bytes(content, place)
    kept = source.take("<i4", max(head.pruned, 0), 2)
    is_quantised = bool(source.number("u1"))
    vectors = matrices.quantised(source) if is_quantised else matrices.dense(source)
    is_quantised &= bool(source.number("u1"))
    weights = matrices.quantised(source).full() if is_quantised else matrices.dense(source)
    lexicon = lexicon_file.read(content, source.place, head.labels)
    ngrams = buckets.ngrams(head, kept)
    _check(head, vectors, weights)
    if isinstance(vectors, Quantised):
        vectors = vectors.in_order(buckets.order(head, kept) if head.pruned >= 0 else None)
    rows = matrices.rows(vectors)
    return Model(
        labels=[label.decode() for label in names[head.words :]],
        vocabulary=vocabulary(names, head.words),
        ngrams=ngrams,
        rows=rows,
        output=output.prepare(head.loss, widened(weights, rows.width), counts[head.words :]),
        lexicon=lexicon and Lexicon(*map(frozen, lexicon)),
    )


def _entries(content: mmap.mmap, head: Head) -> tuple[list[bytes], list[int], int]:
    """The words and then the labels, how often each was seen, and the place after them."""
    place, names, kinds, counts = HEAD.size, [], [], []
    for _ in range(head.entries):
        end = content.find(b"\0", place)
        names.append(content[place:end])
        count, kind = struct.unpack_from("<qb", content, end + 1)
        kinds.append(kind)
        counts.append(count)
        place = end + AFTER_WORD
    if kinds != [0] * head.words + [1] * head.labels:
        raise ContradictionError("words and labels are not in order")
    return names, counts, place


def _check(head: Head, vectors: np.ndarray | Quantised, weights: np.ndarray) -> None:
    """Makes sure that no row is asked for that the matrices do not have.

    Raises:
        ContradictionError: one would be, or a number in them is none.
    """
    if head.pruned >= 0 and not isinstance(vectors, Quantised):
        raise ContradictionError("it was pruned but not quantised; fastText refuses it too")
    needed = head.words + (head.buckets if head.pruned < 0 else head.pruned)
    parts = vectors[1:] if isinstance(vectors, Quantised) else [vectors]
    columns = vectors.columns if isinstance(vectors, Quantised) else vectors.shape[1]
    if len(parts[0]) < needed or columns != head.dimension or columns < 1:
        raise ContradictionError(
            "it has too few vectors, or vectors of another length than it says"
        )
    if weights.shape != (head.labels, head.dimension):
        raise ContradictionError("its vectors and its labels do not fit together")
    for numbers in (*parts, weights):
        if numbers.size and not np.isfinite([numbers.min(), numbers.max()]).all():
            raise ContradictionError("its training failed: some of its numbers are not finite")
