"""Normalise: broken encodings mended, Unicode NFC, line ends and controls, marks kept."""

import polars as pl

from lang_models.normalise import normalise as repair


def normalise(frame: pl.DataFrame) -> pl.DataFrame:
    """The batch with mended text, and in `provenance.repairs` what was mended."""
    mended = repair(frame["text"])
    repairs = pl.col("provenance").struct.with_fields(mended["repairs"].alias("repairs"))
    return frame.with_columns(mended["text"].alias("text"), repairs)
