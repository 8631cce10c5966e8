"""The layout of a fastText file: is it a classifier, and is all of it there?

Whoever reads on past the end of a file that was cut off takes all memory or answers nonsense.
So the lengths that the file itself states are added up before it is opened.

Source: fastText 0.9.2, the `save` functions of FastText, Args, Dictionary, DenseMatrix,
QuantMatrix and ProductQuantizer. Numbers are little-endian.
"""

import mmap
import struct
from pathlib import Path
from typing import NamedTuple

from lang_models import lexicon_file

#: Sign and version; dimension, window, epochs, least count, negatives, word n-grams, loss, kind
#: of model, buckets, least and most characters of an n-gram, update rate; sampling threshold;
#: numbers of entries, words and labels; of tokens; of pruned n-grams (-1: not pruned).
HEAD = struct.Struct("<2i12id3i2q")
_SIGN = 793712314
_VERSIONS = (11, 12)
_SUPERVISED = 3
AFTER_WORD = 10  # a null byte, the count (8) and the kind of entry (1)
CENTROIDS = 256


class Head(NamedTuple):
    """The numbers that a model file begins with."""

    sign: int
    version: int
    dimension: int
    window: int
    epochs: int
    least_count: int
    negatives: int
    word_ngrams: int
    loss: int
    kind: int
    buckets: int
    shortest: int
    longest: int
    update_rate: int
    sampling: float
    entries: int
    words: int
    labels: int
    tokens: int
    pruned: int


def fault(path: Path) -> str | None:
    """What is wrong with a file as a language model, or None.

    Raises:
        OSError: it cannot be read.

    >>> fault(Path(__file__))
    'is no fastText model'
    """
    with path.open("rb") as file:
        start = file.read(HEAD.size)
        if len(start) < HEAD.size or HEAD.unpack(start)[0] != _SIGN:
            return "is no fastText model"
        head = Head(*HEAD.unpack(start))
        if head.version not in _VERSIONS:
            known = " and ".join(map(str, _VERSIONS))
            return f"has version {head.version} of fastText's format; {known} are known"
        if head.kind != _SUPERVISED or head.labels < 1:
            return "is a fastText model without labels, so it cannot tell languages"
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            end = _length(content, head.entries, head.pruned)
            is_whole = end >= 0 and lexicon_file.end_of(content, end) == len(content)
    return None if is_whole else "begins like a fastText model but is cut off or damaged"


def _length(content: mmap.mmap, entries: int, pruned: int) -> int:
    """The length that the file says it has; -1 if it does not get so far."""
    place = HEAD.size
    for _ in range(entries):
        end = content.find(b"\0", place)
        if end < 0:
            return -1
        place = end + AFTER_WORD
    place += 8 * max(pruned, 0)
    try:
        is_quantised = content[place] != 0
        place = _after_matrix(content, place + 1, is_quantised=is_quantised)
        return _after_matrix(content, place + 1, is_quantised=is_quantised and content[place] != 0)
    except (IndexError, struct.error):
        return -1


def _after_matrix(content: mmap.mmap, place: int, *, is_quantised: bool) -> int:
    if not is_quantised:
        rows, columns = struct.unpack_from("<2q", content, place)
        return place + 16 + 4 * rows * columns
    has_norms, rows, _, codes = struct.unpack_from("<?2qi", content, place)
    place = _after_quantiser(content, place + 21 + codes)
    return _after_quantiser(content, place + rows) if has_norms else place


def _after_quantiser(content: mmap.mmap, place: int) -> int:
    (dimension,) = struct.unpack_from("<i", content, place)
    return place + 16 + 4 * CENTROIDS * dimension
