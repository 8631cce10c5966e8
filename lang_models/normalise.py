r"""Text as it was meant: mojibake undone, line ends \n, no controls, NFC; nothing else changed.

Letters that are stored as parts, as shapes or in Zawgyi become those that they stand for, where
the script alone says which; text that no one can read without its font or code page is flagged.
What depends on the language is done later (`lang_models.spelling.spell`).

Left alone on purpose: all combining marks; ZWJ and ZWNJ, which Indic scripts, Sinhala, Persian
and emoji need; the zero-width spaces of Khmer, Thai and their like; left-to-right and
right-to-left marks, embeddings and isolates; variation selectors; soft hyphens; blanks and
blank lines; quotation marks, ligatures, full width; HTML entities (`&amp;` may be the subject);
U+FFFD, which tells that something was lost before.
"""

from functools import cache

import numpy as np
import polars as pl

from lang_models import legacy
from lang_models.repairs import REPAIRS, Repair
from lang_models.rows import names_of, put
from lang_models.spelling import ANY_LANGUAGE

#: A repair may uncover the damage that another one mends, as when a removed control had parted
#: two halves of mojibake. Two passes were the most in 375 MB of real text (measured 2026-11-23).
_MOST_PASSES = 8
#: Rare, and so looked for all at once. One that another repair uncovers waits for the next pass.
_SPELLINGS = frozenset(rule.name for rule in ANY_LANGUAGE)


def normalise(text: pl.Series) -> pl.DataFrame:
    r"""The texts repaired, the names of the repairs made, and what could not be repaired.

    Args:
        text: a String per document, or null.

    Returns:
        `text` (String; null in, null out), `repairs` (List[String], in the order of
        `REPAIRS`; empty when nothing was done, never null), and of the repaired texts `flags`
        and `unreadable_share` as `lang_models.legacy.tell` gives them. Normalising once more
        changes nothing.

    >>> normalise(pl.Series(["sound", "ab\r\ncÃ©"])).drop("unreadable_share").rows()
    [('sound', [], []), ('ab\ncé', ['mojibake', 'line-ends'], [])]
    """
    made = np.zeros(len(text), np.int64)  # a bit for each repair
    suspects = chosen = np.flatnonzero(_is_suspect(text))
    for _ in range(_MOST_PASSES):
        if not len(chosen):
            break
        repaired, bits = _repair(text.gather(chosen))
        changed = bits > 0
        chosen, repaired = chosen[changed], repaired.filter(pl.Series(changed))
        made[chosen] |= bits[changed]
        text = put(text, chosen, repaired)
        chosen = chosen[_is_suspect(repaired)]
    repairs = names_of(made, [repair.name for repair in REPAIRS])
    return pl.DataFrame({"text": text, "repairs": repairs, **_told(text, suspects)})


def _told(text: pl.Series, rows: np.ndarray) -> dict[str, pl.Series]:
    """Flags and share of unreadable text for all texts; only some of them can have any."""
    few = legacy.tell(text.gather(rows))
    place = np.full(len(text), len(rows))
    place[rows] = np.arange(len(rows))
    nothing = legacy.tell(pl.Series([None], dtype=pl.String))
    return pl.concat([few, nothing])[place].to_dict()


@cache
def _any_suspect() -> str:
    """Matches every text that a repair may change or that may be flagged, but for `unless`."""
    repairs = [repair.suspect() for repair in REPAIRS if repair.unless is None]
    return "|".join(f"(?:{pattern})" for pattern in (*repairs, legacy.suspect()))


def _is_suspect(text: pl.Series) -> np.ndarray:
    """Which texts are worth a look: one pass over the text for all repairs and flags together."""
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
    has_spellings = _contains(text, _any_spelling()).any()
    for bit, repair in enumerate(REPAIRS):
        if repair.name in _SPELLINGS and not has_spellings:
            continue
        chosen = np.flatnonzero(_concerns(repair, text))
        if not len(chosen):
            continue
        before = text.gather(chosen)
        after = repair.apply(before)
        text = put(text, chosen, after)
        bits[chosen] |= (before != after).to_numpy().astype(np.int64) << bit
    return text, bits


@cache
def _any_spelling() -> str:
    return "|".join(f"(?:{rule.suspect})" for rule in ANY_LANGUAGE)
