r"""Text as it was meant: mojibake undone, line ends \n, no controls, NFC; nothing else changed.

Left alone on purpose: all combining marks; ZWJ and ZWNJ, which Indic scripts, Sinhala, Persian
and emoji need; the zero-width spaces of Khmer, Thai and their like; left-to-right and
right-to-left marks, embeddings and isolates; variation selectors; soft hyphens; blanks and
blank lines; quotation marks, ligatures, full width; HTML entities (`&amp;` may be the subject);
U+FFFD, which tells that something was lost before.
"""

from functools import cache

import numpy as np
import polars as pl

from lang_models.repairs import REPAIRS, Repair

#: A repair may uncover the damage that another one mends, as when a removed control had parted
#: two halves of mojibake. Two passes were the most in 375 MB of real text (measured 2026-11-23).
_MOST_PASSES = 8


def normalise(text: pl.Series) -> pl.DataFrame:
    r"""The texts repaired, and the names of the repairs made.

    Args:
        text: a String per document, or null.

    Returns:
        `text` (String; null in, null out) and `repairs` (List[String], in the order of
        `REPAIRS`; empty when nothing was done, never null). Normalising once more changes
        nothing.

    >>> normalise(pl.Series(["sound", "ab\r\ncÃ©"])).rows()
    [('sound', []), ('ab\ncé', ['mojibake', 'line-ends'])]
    """
    made = np.zeros(len(text), np.int64)  # a bit for each repair
    chosen = np.flatnonzero(_is_suspect(text))
    for _ in range(_MOST_PASSES):
        if not len(chosen):
            break
        repaired, bits = _repair(text.gather(chosen))
        text = _put(text, chosen, repaired)
        made[chosen] |= bits
        chosen = chosen[(bits > 0) & _is_suspect(repaired)]
    return pl.DataFrame({"text": text, "repairs": _names(made)})


@cache
def _any_suspect() -> str:
    return "|".join(f"(?:{repair.suspect()})" for repair in REPAIRS if repair.unless is None)


def _is_suspect(text: pl.Series) -> np.ndarray:
    """Which texts any repair might change: one pass over the text for all repairs together."""
    found = _contains(text, _any_suspect())
    for repair in REPAIRS:
        if repair.unless is not None:
            found |= _concerns(repair, text)
    return found


def _concerns(repair: Repair, text: pl.Series) -> np.ndarray:
    found = _contains(text, repair.suspect())
    if repair.unless is not None and found.any():
        found[found] = ~_contains(text.filter(pl.Series(found)), repair.unless)
    return found


def _contains(text: pl.Series, pattern: str) -> np.ndarray:
    return text.str.contains(pattern).fill_null(value=False).to_numpy(writable=True)


def _repair(text: pl.Series) -> tuple[pl.Series, np.ndarray]:
    """The texts after one pass of all repairs, and for each the bits of those that changed it."""
    bits = np.zeros(len(text), np.int64)
    for bit, repair in enumerate(REPAIRS):
        chosen = np.flatnonzero(_concerns(repair, text))
        before = text.gather(chosen)
        after = repair.apply(before)
        text = _put(text, chosen, after)
        bits[chosen] |= (before != after).to_numpy().astype(np.int64) << bit
    return text, bits


def _put(text: pl.Series, places: np.ndarray, values: pl.Series) -> pl.Series:
    """The texts with other values at some places."""
    order = np.arange(len(text))
    order[places] = len(text) + np.arange(len(places))
    return pl.concat([text, values]).gather(order)


def _names(made: np.ndarray) -> pl.Series:
    """The names of the repairs for each set of bits."""
    kinds, kind = np.unique(made, return_inverse=True)
    lists = [
        [repair.name for bit, repair in enumerate(REPAIRS) if bits >> bit & 1] for bits in kinds
    ]
    return pl.Series("repairs", lists, dtype=pl.List(pl.String)).gather(kind)
