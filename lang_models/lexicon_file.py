"""The lexicon of a model: how often which words stand in the text that each label was taught.

It follows the fastText model in the same file, so that one digest covers both. Programs that read
fastText's files stop at the end of the model and never see it. Of a word only 24 bits of its hash
are kept: of 20,000 words of a language one in a thousand strange words is then taken for one of
them.

    8 bytes   `ENDOLEX` and the version, 1
    int64     how many bytes follow
    int64     how many those are before zlib packed them: int32 labels and 0; for each label,
              in the model's order, float64 all its words, counted, and int64 how many
              different ones are kept; of all kept words one after another the lowest byte
              of the step from the hash before, the middle ones, the highest ones, the levels

Numbers are little-endian.
"""

import mmap
import struct
import zlib
from typing import NamedTuple

import numpy as np

SIGN = b"ENDOLEX\x01"
_LENGTHS = struct.Struct("<2q")
_HEAD = struct.Struct("<2i")
#: Bits of a word's hash that are kept.
_BITS, _MASK = 24, 0xFFFFFF
_BYTES_A_WORD, _BYTES_A_LABEL = 4, 16
#: More than that is no lexicon: a hundred million words.
_MOST_BYTES = 400_000_000


class LexiconError(ValueError):
    """What follows a model is no lexicon of it."""


class Lexicon(NamedTuple):
    """Words by label; those of label `i` are from `start[i]` to `start[i + 1]`.

    Attributes:
        start: int64[labels + 1].
        word: uint32, as `key` gives them, ascending within a label.
        level: uint8, see `level_of`.
        total: float64[labels], all words of the label's text, those that were not kept
            included; 0 for a label without a lexicon.
    """

    start: np.ndarray
    word: np.ndarray
    level: np.ndarray
    total: np.ndarray


def key(hashed: np.ndarray) -> np.ndarray:
    """uint32[n]: the 24 bits that stand for a word, from fastText's hash of it.

    Source: the "xor-folding" of Fowler, Noll and Vo for FNV hashes of other widths.
    """
    return (hashed >> np.uint32(_BITS)) ^ (hashed & np.uint32(_MASK))


def level_of(count: np.ndarray) -> np.ndarray:
    """uint8[n]: twice the binary logarithm of counts from 1 on, rounded.

    >>> level_of(np.array([1, 2, 3, 1000])).tolist()
    [0, 2, 3, 20]
    """
    return np.rint(2 * np.log2(count)).astype(np.uint8)


def packed(lexicon: Lexicon) -> bytes:
    """The lexicon as it stands behind a model."""
    sizes = np.diff(lexicon.start)
    step: np.ndarray = np.diff(lexicon.word.astype(np.int64), prepend=0)
    first = lexicon.start[:-1][sizes > 0]
    step[first] = lexicon.word[first]
    raw = b"".join(
        [
            _HEAD.pack(len(sizes), 0),
            lexicon.total.astype("<f8").tobytes(),
            sizes.astype("<i8").tobytes(),
            *(((step >> shift) & 0xFF).astype(np.uint8).tobytes() for shift in (0, 8, 16)),
            lexicon.level.tobytes(),
        ]
    )
    content = zlib.compress(raw, 9)
    return SIGN + _LENGTHS.pack(len(content) + 8, len(raw)) + content


def end_of(content: mmap.mmap | bytes, place: int) -> int:
    """Where a lexicon that begins at a place ends; the place itself where there is none.

    >>> end_of(b"habari", 6)
    6
    """
    if content[place : place + len(SIGN)] != SIGN:
        return place
    after = place + len(SIGN)
    if len(content) - after < _LENGTHS.size:
        return place
    return after + 8 + _LENGTHS.unpack_from(content, after)[0]


def read(content: mmap.mmap | bytes, place: int, labels: int) -> Lexicon | None:
    """The lexicon at a place of a model file, with as many labels as the model.

    Labels that were added to the model later have no words.

    Args:
        content: of a file that passed `fasttext_file.fault`.
        place: where the model ends; None is returned where nothing follows.
        labels: of the model.

    Raises:
        LexiconError: what stands there is no lexicon of such a model.
    """
    if place == len(content):
        return None
    size, length = _LENGTHS.unpack_from(content, place + len(SIGN))
    begin = place + len(SIGN) + _LENGTHS.size
    raw = _unpacked(content[begin : begin + size - 8], length)
    known, _ = _HEAD.unpack_from(raw)
    if not 0 < known <= labels:
        raise LexiconError("its lexicon has more labels than the model")
    total = np.frombuffer(raw, "<f8", known, _HEAD.size)
    sizes = np.frombuffer(raw, "<i8", known, _HEAD.size + 8 * known)
    words = (len(raw) - _HEAD.size - _BYTES_A_LABEL * known) // _BYTES_A_WORD
    if sizes.min() < 0 or sizes.sum() != words or not np.isfinite(total).all():
        raise LexiconError("its lexicon contradicts itself")
    planes = np.frombuffer(raw, np.uint8, offset=len(raw) - _BYTES_A_WORD * words)
    low, middle, high, level = planes.reshape(_BYTES_A_WORD, words)
    start = np.zeros(labels + 1, np.int64)
    np.cumsum(sizes, out=start[1 : known + 1])
    start[known + 1 :] = start[known]
    step = low + (middle.astype(np.uint32) << 8) + (high.astype(np.uint32) << 16)
    return Lexicon(
        start, _added_up(step, start), level.copy(), np.r_[total, np.zeros(labels - known)]
    )


def _unpacked(content: bytes, length: int) -> bytes:
    if not _HEAD.size < length <= _MOST_BYTES:
        raise LexiconError("its lexicon contradicts itself")
    try:
        raw = zlib.decompressobj().decompress(content, length)
    except zlib.error:
        raise LexiconError("its lexicon is damaged") from None
    if len(raw) != length:
        raise LexiconError("its lexicon contradicts itself")
    return raw


def _added_up(step: np.ndarray, start: np.ndarray) -> np.ndarray:
    """The hashes from their steps, label by label."""
    sums = np.cumsum(step, dtype=np.int64)
    sizes = np.diff(start)
    before = np.r_[0, sums][start[:-1]]
    return (sums - np.repeat(before, sizes)).astype(np.uint32)
