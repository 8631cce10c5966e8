"""The tables of opt-outs: what hosts said (internal), and the evidence that is released."""

import polars as pl

Columns = dict[str, type[pl.DataType]]

#: What hosts said, as the programme supplied it: internal, one row per file of a host.
STATEMENTS: Columns = {
    "source": pl.String,
    "host": pl.String,
    "kind": pl.String,
    "fetched_on": pl.String,
    "status": pl.Int32,
    "body": pl.String,
    "digest": pl.String,
}
#: The evidence of every decision, by host; released as `optout_evidence.parquet`.
EVIDENCE: Columns = {
    "source": pl.String,
    "host": pl.String,
    "protocol": pl.String,
    "value": pl.String,
    "said": pl.String,
    "fetched_on": pl.String,
    "http_status": pl.Int32,
    "digest": pl.String,
    "recheck_due": pl.String,
    "documents": pl.Int64,
}
EVIDENCE_FILE = "optout_evidence.parquet"
#: The row of `EVIDENCE` that says what was decided of a host's documents.
DECISION = "decision"
