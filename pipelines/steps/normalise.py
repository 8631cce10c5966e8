"""Normalise: broken encodings mended, Unicode NFC, line ends and controls, marks kept."""

import polars as pl

from lang_models.legacy import UNREADABLE_RULE, UNREADABLE_SHARE
from lang_models.normalise import normalise as repair
from schemas.decision import QUARANTINED, decide

STAGE = "normalise"


def normalise(frame: pl.DataFrame) -> pl.DataFrame:
    """The batch with mended text; in `provenance` stands what was mended and what cannot be.

    Text that only an old font or code page shows as it was meant waits in quarantine.
    """
    mended = repair(frame["text"])
    told = pl.col("provenance").struct.with_fields(mended["repairs"], mended["flags"])
    share = mended["unreadable_share"].alias("_unreadable_share")
    frame = frame.with_columns(mended["text"].alias("text"), told, share)
    return decide(
        frame,
        pl.col("_unreadable_share") > UNREADABLE_SHARE,
        outcome=QUARANTINED,
        stage=STAGE,
        rule=UNREADABLE_RULE,
        measure=pl.col("_unreadable_share"),
        limit=UNREADABLE_SHARE,
    ).drop("_unreadable_share")
