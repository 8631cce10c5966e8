"""Decontaminate: documents that hold passages of an evaluation set, by what the policy says.

It looks at the text as it would be released, and only at documents that no step has decided. What
was found lies beside the staged file until the run is finished, noted documents among it.
"""

import io
from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.release_folder import OVERLAPS
from lang_models.passages import overlap
from lang_models.tokens import Tokens
from pipelines import files
from pipelines.batch import Batch
from pipelines.clock import clocked
from pipelines.evaluation import FOLDER, Named, counts, passages_path, read_passages
from pipelines.run import Run
from schemas.decision import KEEP, OUTCOME_OF, decide, is_open

STAGE = "decontaminate"
#: What became of a document of which the policy only takes note.
NOTED = "noted"
SOURCE = (
    "Brown et al. 2020, arXiv:2005.14165, appendix C: one passage of 13 words that stands in a"
    " test makes a document suspect; so does datatrove's filter (with 12, 2026-11)"
)
#: Of the file beside a staged batch.
SUFFIX = ".overlaps"
FOUND = pa.schema(
    [
        ("doc_id", pa.large_string()),
        ("evaluation_set", pa.large_string()),
        ("matches", pa.int64()),
        ("share", pa.float64()),
        ("item", pa.int64()),
        ("outcome", pa.large_string()),
    ]
)


@clocked("decontaminate")
def decontaminate(batch: Batch, run: Run) -> Batch:
    """The batch with a decision for every document that holds passages of an evaluation set.

    A document that meets several sets is decided by that with the most passages in it.
    """
    if batch.frame is None or not run.evaluation:
        return batch
    assert isinstance(batch.tokens, Tokens)  # noqa: S101  # measured before
    found = _found(batch.frame, batch.tokens, run)
    _keep(found, batch.name, run)
    return batch.map(lambda frame: _decided(frame, found, run))


def _found(frame: pl.DataFrame, tokens: Tokens, run: Run) -> pl.DataFrame:
    """The columns of `FOUND` for the open documents, by document and set; none clean."""
    looked_at = frame.select(is_open().alias("open"))["open"] & frame["text"].is_not_null()
    parts = [pl.DataFrame(pl.from_arrow(FOUND.empty_table()))]
    answer = run.policy.contaminated
    outcome = NOTED if answer == KEEP else OUTCOME_OF[answer]
    for one in run.evaluation:
        seen = overlap(tokens, read_passages(passages_path(one, run)))
        met = np.flatnonzero((seen.matches > one.asked.most) & looked_at.to_numpy())
        told = {"matches": seen.matches[met], "share": seen.share[met], "item": seen.item[met]}
        parts.append(
            pl.DataFrame({"doc_id": frame["doc_id"][met], **told}).select(
                "doc_id", pl.lit(one.asked.id).alias("evaluation_set"), *told,
                pl.lit(outcome).alias("outcome"),
            )
        )  # fmt: skip
    return pl.concat(parts).sort("doc_id", "evaluation_set")


def _decided(frame: pl.DataFrame, found: pl.DataFrame, run: Run) -> pl.DataFrame:
    if run.policy.contaminated == KEEP or found.is_empty():
        return frame
    rules = {one.asked.id: one.rule for one in run.evaluation}
    most = {one.asked.id: float(one.asked.most) for one in run.evaluation}
    ordered = found.sort("matches", "evaluation_set", descending=[True, False])
    worst = ordered.unique("doc_id", keep="first", maintain_order=True).select(
        "doc_id",
        pl.col("evaluation_set").replace_strict(rules, return_dtype=pl.String).alias("_rule"),
        pl.col("evaluation_set").replace_strict(most, return_dtype=pl.Float64).alias("_limit"),
        pl.col("matches").cast(pl.Float64).alias("_measure"),
    )
    told = frame.select("doc_id").join(worst, on="doc_id", how="left", maintain_order="left")
    return decide(
        frame.with_columns(told.select("_rule", "_limit", "_measure").get_columns()),
        pl.col("_rule").is_not_null(),
        outcome=OUTCOME_OF[run.policy.contaminated],
        stage=STAGE,
        rule=pl.col("_rule"),
        measure=pl.col("_measure"),
        limit=pl.col("_limit"),
    ).drop("_rule", "_limit", "_measure")


def _keep(found: pl.DataFrame, name: str, run: Run) -> None:
    data = io.BytesIO()
    found.write_parquet(data, statistics=False)
    files.write_bytes(run.staged(f"{name}{SUFFIX}"), data.getvalue())


def gather(names: Iterable[str], run: Run) -> list[dict[str, Any]]:
    """Writes what was found in the staged files into the release, with the passages looked for.

    Returns:
        For the run's record, a row for each evaluation set: its files with their digests, what
        was looked for, and how many documents were removed, quarantined or noted. No sets: none,
        and nothing is written.
    """
    if not run.evaluation:
        return []
    totals = {one.asked.id: dict.fromkeys(("removed", "quarantined", NOTED), 0)
              for one in run.evaluation}  # fmt: skip
    with (
        files.create(files.join(run.output, OVERLAPS)) as file,
        pq.ParquetWriter(file, FOUND, compression="zstd", write_statistics=["doc_id"]) as writer,
    ):
        for name in names:
            found = pl.read_parquet(files.read_bytes(run.staged(f"{name}{SUFFIX}")))
            for row in found.group_by("evaluation_set", "outcome").len().iter_rows():
                totals[row[0]][row[1]] += row[2]
            if len(found):
                writer.write_table(found.to_arrow().cast(FOUND))
    return [_record(one, totals[one.asked.id], run) for one in run.evaluation]


def _record(one: Named, totals: dict[str, int], run: Run) -> dict[str, Any]:
    path = passages_path(one, run)
    data = files.read_bytes(path)
    place = f"{FOLDER}/{one.asked.id}.parquet"
    files.write_bytes(files.join(run.output, place), data)
    named = zip(one.files, one.sha256, strict=True)
    return {
        "id": one.asked.id,
        "files": [{"uri": name, "sha256": digest} for (_, name), digest in named],
        "ngram": one.asked.ngram,
        "most": one.asked.most,
        "rule": one.rule,
        "passages_file": place,
        **counts(path),
        "documents": totals,
    }


def stated_limits(run: Run) -> list[dict[str, Any]]:
    """The limit of each evaluation set, as the run's record states limits."""
    return [
        {
            "profile": "default",
            "rule": one.rule,
            "limit": float(one.asked.most),
            "side": "max",
            "source": SOURCE if one.asked.most == 0 else "the run file, decontaminate.most",
        }
        for one in run.evaluation
    ]
