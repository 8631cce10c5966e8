"""Fingerprint: the exact digest and the MinHash signature of every document still open."""

import hashlib
from itertools import pairwise

import numpy as np
import polars as pl
import pyarrow as pa

from governance import rights
from lang_models.strings import buffers
from lang_models.tokens import Tokens, shingle_hashes
from pipelines.batch import Batch
from pipelines.dedup import fingerprints
from pipelines.dedup.rank import rank
from pipelines.run import Run
from pipelines.steps.addresses import COLUMN as ADDRESS
from schemas.decision import is_open


def digest(frame: pl.DataFrame) -> pl.DataFrame:
    """The batch with `provenance.text_sha256`, the digest of the text as it is stored.

    The text is scrubbed by now: no digest of personal data is ever made without a key.
    """
    data, offsets = buffers(frame["text"].fill_null(""))
    bounds, view = pairwise(offsets.tolist()), data.data
    digests = [
        hashlib.sha256(view[first:last]).hexdigest() if is_text else None
        for (first, last), is_text in zip(bounds, frame["text"].is_not_null(), strict=True)
    ]
    column = pl.Series("text_sha256", digests, dtype=pl.String)
    return frame.with_columns(pl.col("provenance").struct.with_fields(column))


def fingerprint(batch: Batch, order: pl.Series, run: Run) -> pa.Table:
    """Fingerprints of the documents that no step has decided.

    Args:
        batch: the batch with its tokens.
        order: for every row of the staged file, its row in the batch.
        run: the run, for trust and licences.

    Returns:
        A table of `fingerprints.SCHEMA`, ordered by the row of the staged file.
    """
    frame, tokens = batch.frame, batch.tokens
    assert frame is not None  # noqa: S101  # staged batches never come here
    assert isinstance(tokens, Tokens)  # noqa: S101
    row = np.empty(len(order), np.uint32)
    row[order.to_numpy()] = np.arange(len(order), dtype=np.uint32)
    source = str(frame["source"].struct.field("id").first())
    ranked = pl.DataFrame(
        {
            "standing": rights.preferences(frame["rights"].struct.field("concluded"), run.policy),
            "text_chars": frame["text"].str.len_chars(),
            "date": frame["source"].struct.field("date"),
        }
    ).with_columns(pl.lit(run.card(source).trust).alias("trust"))
    live = frame.select(is_open().alias("live"))["live"] & frame["text"].is_not_null()
    sha256 = frame["provenance"].struct.field("text_sha256").str.decode("hex")
    documents = frame.select("doc_id").with_columns(
        pl.Series("row", row), live.alias("live"), rank(ranked), sha256.alias("text_sha256")
    )
    if ADDRESS in frame.columns:
        documents = documents.with_columns(frame[ADDRESS].alias("address"))
    hashes, starts = shingle_hashes(tokens)
    return fingerprints.build(documents, hashes, starts)
