"""Which runs of characters and words have a vector: the hash table of a fastText model.

A run's hash modulo the number of buckets is its bucket. In a small model most buckets were
pruned; which are left stands in a bit for each, so that all of them stay in the processor's cache.

Source: `Dictionary::pushHash` and `Dictionary::prune` of fastText 0.9.2.
"""

import numpy as np

from lang_models.fasttext_file import Head
from lang_models.inference.model import ContradictionError, Ngrams, frozen

_FIRST_WITH_NGRAMS = 12  # classifiers of version 11 have no runs of characters
_BITS = 64


def ngrams(head: Head, kept: np.ndarray) -> Ngrams:
    """The n-grams of a model.

    Args:
        head: of its file.
        kept: int32[n, 2], buckets that were not pruned, and their rows among those.

    Raises:
        ContradictionError: the numbers do not fit one another.
    """
    longest = max(head.longest, 0) if head.version >= _FIRST_WITH_NGRAMS else 0
    if head.buckets < 1 and (longest > 0 or head.word_ngrams > 1 or len(kept)):
        raise ContradictionError("it has n-grams but no place for them")
    buckets, rows = kept.T
    if len(kept) and not 0 <= buckets.min() <= buckets.max() < head.buckets:
        raise ContradictionError("an n-gram was kept that it does not have")
    is_twice = (np.diff(np.sort(buckets)) == 0).any()
    if is_twice or not np.array_equal(np.sort(rows), np.arange(len(kept))):
        raise ContradictionError("an n-gram was kept twice")
    bits, first = _table(buckets, max(head.buckets, 1)) if head.pruned >= 0 else _no_table()
    return Ngrams(
        shortest=head.shortest,
        longest=longest,
        words=head.word_ngrams,
        buckets=max(head.buckets, 1),
        row=head.words,
        kept=frozen(bits),
        first=frozen(first + head.words),
    )


def order(head: Head, kept: np.ndarray) -> np.ndarray:
    """Which row of the file each row becomes; n-grams stand in the order of their buckets."""
    rows = kept[np.argsort(kept[:, 0]), 1].astype(np.int64)
    return np.r_[np.arange(head.words), head.words + rows]


def _table(buckets: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """A bit for each bucket, and how many are kept before each 64 of them."""
    is_kept = np.zeros(-(-size // _BITS) * _BITS, np.uint8)
    is_kept[buckets] = 1
    before = np.cumsum(is_kept.reshape(-1, _BITS).sum(axis=1, dtype=np.int64))
    bits = np.packbits(is_kept, bitorder="little").view("<u8").astype(np.uint64)
    return bits, np.r_[0, before[:-1]].astype(np.int64)


def _no_table() -> tuple[np.ndarray, np.ndarray]:
    return np.zeros(0, np.uint64), np.zeros(0, np.int64)
