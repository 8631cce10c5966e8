"""The prefilter: one pass over a batch's UTF-8 bytes that finds where personal data could stand.

Few things can begin any of our recognisers (`governance.pii.kinds`): an at sign with
something like a domain after it, enough digits close together, the groups of a network
address, the word or first line of a key, coordinates, or any digits after a cue word. The
pass marks them and gives each a window of text wide
enough for the whole finding and the cue words before it. Nothing else of the
text is ever looked at in Python.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from governance.pii import characters
from governance.pii.cues import short_words
from governance.pii.prefilter import cued, numbers, signs
from governance.pii.prefilter.widening import widen

_TABLE_POINTS = 0x20000
# 64 code points hold the longest cue and its label, 48 the rest of an IBAN or an extension;
# a local part has at most 64 octets, and a domain worth its name 128.
_REACH_CHARS = np.array([64, 48, 96, 128])


@dataclass(frozen=True, slots=True)
class Windows:
    """Windows of a batch in order; one entry per window in every list.

    rows: which document. kinds: bits of `governance.pii.kinds`. start_bytes, end_bytes:
    places in `data`. start_chars: code points of the document before the window.
    """

    data: memoryview
    rows: list[int]
    kinds: list[int]
    start_bytes: list[int]
    end_bytes: list[int]
    start_chars: list[int]


def windows(text: pl.Series) -> Windows:
    """Windows around everything in `text` that could be personal data. Null text has none."""
    array = text.cast(pl.String).fill_null("").to_arrow(compat_level=pl.CompatLevel.oldest())
    _, offset_buffer, data_buffer = array.buffers()
    offsets = np.frombuffer(offset_buffer, dtype=np.int64)[array.offset :][: len(array) + 1]
    data = np.frombuffer(data_buffer or b"\0", dtype=np.uint8)
    by_digits = numbers.number_anchors(data, offsets, _CLASS_OF_POINT, _BEGINS_DIGIT, *_CUED)
    by_signs = signs.sign_anchors(data, offsets, _BEGINS_SIGN, *_CUED)
    anchors = np.concatenate((by_digits, by_signs))
    anchors = anchors[np.argsort(anchors[:, 2], kind="stable")]
    columns = widen(data, offsets, anchors, _REACH_CHARS).T.tolist()
    return Windows(data.data, *(columns or [[]] * 5))


def _class_table() -> np.ndarray:
    table = np.zeros(_TABLE_POINTS, dtype=np.uint8)
    for point in [*range(65, 91), *range(97, 123)]:
        table[point] = numbers.LETTER
    for point, value in characters.digit_values().items():
        table[point] = numbers.DIGIT + value
    for char in " .-/()+．／（）＋" + characters.SPACES + characters.HYPHENS:
        table[ord(char)] = numbers.JOINT
    for char in characters.IGNORED:
        table[ord(char)] = numbers.IGNORED
    return table


def _first_bytes(chars: Iterable[str]) -> np.ndarray:
    table = np.zeros(256, dtype=np.bool_)
    table[[char.encode()[0] for char in chars]] = True
    return table


_CLASS_OF_POINT = _class_table()
_BEGINS_DIGIT = _first_bytes(map(chr, characters.digit_values()))
_BEGINS_SIGN = _first_bytes("@:%([{<＠-°IKRS" + characters.SMALL_AT)
_CUED = cued.tables(short_words())
