"""Legacy encodings: text that only one font or code page shows as it was meant.

Such text is Latin gibberish, or letters in the wrong order, to everything that comes after. It is
told, not converted: what a converter gets wrong nobody would find again. The steward sees the
flag in the row (`provenance.flags`) and reads the source again with the right encoding.
docs/normalisation.md has the table.
"""

from collections.abc import Iterator
from functools import cache

import numpy as np
import polars as pl

from lang_models.legacy import (
    acadnusx,
    anmol_lipi,
    bamini,
    bijoy,
    fm_abhaya,
    kruti_dev,
    ml_tt,
    nudi,
    single_byte,
    tcvn3,
    viscii,
    visual_order,
    vni,
    win_innwa,
    zawgyi_doubtful,
)
from lang_models.legacy._legacy import Legacy
from lang_models.rows import names_of

ENCODINGS: tuple[Legacy, ...] = tuple(
    module.LEGACY
    for module in (
        kruti_dev,
        bijoy,
        anmol_lipi,
        bamini,
        nudi,
        ml_tt,
        fm_abhaya,
        win_innwa,
        vni,
        tcvn3,
        viscii,
        acadnusx,
        single_byte,
        zawgyi_doubtful,
        visual_order,
    )
)
#: The rule that holds the share of unreadable text against the limit.
UNREADABLE_RULE = "legacy-encoding"
UNREADABLE_SHARE = 0.1
UNREADABLE_SOURCE = (
    "Decision 2026-11-25: promise P5, an unknown encoding waits in quarantine. Below a tenth of "
    "the characters it is a quotation or a footer, and the flag in the row is enough."
)

__all__ = [
    "ENCODINGS",
    "UNREADABLE_RULE",
    "UNREADABLE_SHARE",
    "UNREADABLE_SOURCE",
    "Legacy",
    "suspect",
    "tell",
]


def tell(text: pl.Series) -> pl.DataFrame:
    r"""The legacy encodings that parts of each text are in.

    Args:
        text: a String per document, normalised; or null.

    Returns:
        `flags` (List[String], in the order of `ENCODINGS`; empty when there are none, never
        null) and `unreadable_share` (Float64, 0 to 1: the most of the characters that one
        encoding takes).

    >>> tell(pl.Series(["Hkkjr ,d ns'k gS vkSj fgUnh ,d Hkk\"kk gSA"])).rows()
    [(['kruti-dev'], 1.0)]
    """
    bits = np.zeros(len(text), np.int64)
    share = np.zeros(len(text))
    for row, bit in _suspects(text):
        found = ENCODINGS[bit].share(text[row])
        if found:
            bits[row] |= 1 << bit
            share[row] = max(share[row], found)
    names = names_of(bits, [encoding.name for encoding in ENCODINGS]).alias("flags")
    return pl.DataFrame({"flags": names, "unreadable_share": share})


@cache
def suspect() -> str:
    """A regular expression of polars that matches every text that may be flagged."""
    return "|".join(f"(?:{encoding.suspect})" for encoding in ENCODINGS)


def _suspects(text: pl.Series) -> Iterator[tuple[int, int]]:
    """Each text that may be in an encoding, with the place of the encoding in `ENCODINGS`."""
    rows = text.str.contains(suspect()).fill_null(value=False).arg_true()
    few = text.gather(rows)
    for place, encoding in enumerate(ENCODINGS if len(rows) else ()):
        for row in rows.filter(few.str.contains(encoding.suspect)):
            yield row, place
