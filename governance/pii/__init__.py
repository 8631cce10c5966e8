"""Personal data: found in every script, and masked before anything is written.

    find    spans of personal data in a batch of texts
    mask    the texts with those spans replaced by typed placeholders
    scrub   both at once, with counts per row and a flag where a recogniser failed

Each kind of personal data is one file in `recognisers/`; docs/add-a-recogniser.md
says how to add one.
"""

from collections.abc import Sequence

import polars as pl

from governance.pii.finder import search
from governance.pii.masking import mask, privacy
from governance.pii.recogniser import Recogniser
from governance.pii.recognisers import RECOGNISERS

__all__ = ["RECOGNISERS", "find", "mask", "scrub"]


def find(
    text: pl.Series,
    language: pl.Series,
    country: pl.Series,
    recognisers: Sequence[Recogniser] = RECOGNISERS,
) -> pl.DataFrame:
    """Where personal data stands in each text.

    Args:
        text: String, null allowed (holds nothing).
        language: tag (`swh_Latn`, `swh`) or null, one a text.
        country: ISO 3166-1 alpha-2, "INT" or null, one a text.
        recognisers: what to look for.

    Returns:
        row (UInt32), start, end (UInt32, code points, end exclusive), type
        (String); by row and start, never overlapping. A text in which a
        recogniser fails has no spans: `scrub` says which, so release nothing
        by `find` alone.
    """
    return search(text, language, country, recognisers).spans


def scrub(
    text: pl.Series,
    language: pl.Series,
    country: pl.Series,
    recognisers: Sequence[Recogniser] = RECOGNISERS,
) -> pl.DataFrame:
    """Texts without personal data. For URLs, ids and titles too.

    Args and types: as `find`.

    Returns:
        text: masked; null where it was null or a recogniser failed.
        privacy: list of {type, count, treatment} by type; empty where nothing was found.
        failed: whether a recogniser raised; such a document must be quarantined.
    """
    findings = search(text, language, country, recognisers)
    failed = pl.int_range(len(text), eager=True).is_in(findings.failed)
    # Emptied before it is nulled: Arrow keeps the bytes of a text under its null.
    readable = pl.select(pl.when(failed).then(pl.lit("")).otherwise(text).alias("text"))["text"]
    masked = mask(readable, findings.spans)
    return pl.DataFrame(
        {"text": masked, "privacy": privacy(findings.spans, len(text)), "failed": failed}
    ).with_columns(pl.when(~pl.col("failed")).then("text").alias("text"))
