"""Addresses: a keyed digest of the address of every document, where a run compares them.

It stands before scrub: afterwards pages whose addresses differ in what was masked have one. Only
the digest leaves the step.
"""

import polars as pl

from pipelines.dedup.addresses import canonical
from pipelines.run import Run

COLUMN = "_address"
DIGEST_BYTES = 16


def addresses(frame: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The batch with the digest of each canonical address; null for a document without one."""
    if run.settings.dedup.url_threshold is None:
        return frame
    told = canonical(frame["source"].struct.field("url"))
    once = told.drop_nulls().unique()
    digests = run.keyring.digests("address", (one.encode() for one in once.to_list()))
    keyed = [bytes.fromhex(one)[:DIGEST_BYTES] for one in digests]
    column = told.replace_strict(once, pl.Series(keyed, dtype=pl.Binary), default=None,
                                 return_dtype=pl.Binary)  # fmt: skip
    return frame.with_columns(column.alias(COLUMN))
