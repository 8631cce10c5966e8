"""Admit: what we may not hold goes no further, and its text is written nowhere."""

import polars as pl
import pyarrow.parquet as pq

from governance import pii, rights
from governance.optouts.judge import STALE, judge
from governance.optouts.model import DENY, UNKNOWN
from governance.optouts.places import places
from pipelines import files
from pipelines.batch import Batch
from pipelines.clock import clocked
from pipelines.crawls import is_crawled
from pipelines.opt_outs import statements
from pipelines.run import Run
from schemas.decision import KEEP, OUTCOME_OF, decide, is_open

#: How the file of a batch's opt-out evidence ends.
EVIDENCE = ".optouts"


@clocked("admit")
def admit(batch: Batch, run: Run) -> Batch:
    """The batch with its rights, judged by its source's card, the policy and the opt-outs.

    What was decided about opt-outs is written beside what will be staged; a batch that is
    staged already passes as it is.
    """
    if batch.frame is None:
        return batch
    source = str(batch.frame["source"].struct.field("id").first())
    card = run.card(source)
    ruled = run.decided.on_source(batch.frame, source)
    frame = rights.admit(ruled, card, run.policy, run.as_of)
    frame, evidence = _asked(frame, source, run)
    if len(evidence):
        with files.create(run.staged(f"{batch.name}{EVIDENCE}")) as file:
            pq.write_table(evidence.to_arrow(), file)
    held = pl.when(is_open()).then(pl.col("text"))
    return batch.map(lambda _: frame.drop("signals").with_columns(held.alias("text")))


def _asked(frame: pl.DataFrame, source: str, run: Run) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows with what rightholders say of them, and the evidence for it."""
    place = frame["source"].struct
    crawled = is_crawled(run.card(source), place.field("uri").unique().to_list())
    still = frame.filter(is_open())
    if not crawled and run.opt_outs is None and not (still["signals"] != "").any():
        return frame, pl.DataFrame()
    pages = still.select(
        pl.col("source").struct.field("url"), pl.col("source").struct.field("date"), "signals"
    )
    hosts = places(pages["url"])["host"].drop_nulls().unique().to_list()
    judged = judge(
        pages,
        statements(run, source, hosts),
        run.card(source),
        run.policy.opt_outs,
        run.as_of,
        is_crawled=crawled,
    )
    verdicts = judged.verdicts.select(
        still["doc_id"], pl.col("value").alias("_opt_out"), pl.col("protocol").alias("_by")
    )
    joined = frame.join(verdicts, on="doc_id", how="left", maintain_order="left")
    return _decided(joined, run).drop("_opt_out", "_by"), _masked(judged.evidence, source, run)


def _decided(frame: pl.DataFrame, run: Run) -> pl.DataFrame:
    rules = run.policy.opt_outs
    denied, value = pl.lit("opt-out-") + pl.col("_by"), pl.col("_opt_out")
    frame = decide(
        frame, value == DENY, outcome=OUTCOME_OF[rules.denied], stage=rights.STAGE, rule=denied
    )
    if rules.unknown == KEEP:
        return frame
    outcome = OUTCOME_OF[rules.unknown]
    for answer, rule in ((UNKNOWN, "opt-out-unknown"), (STALE, "opt-out-too-old")):
        frame = decide(frame, value == answer, outcome=outcome, stage=rights.STAGE, rule=rule)
    return frame


def _masked(evidence: pl.DataFrame, source: str, run: Run) -> pl.DataFrame:
    """The evidence with hosts as they may be released: an address of numbers is masked."""
    hosts = evidence["host"].drop_nulls().unique()
    language = pl.Series([None] * len(hosts), dtype=pl.String)
    country = pl.Series([run.card(source).jurisdiction] * len(hosts), dtype=pl.String)
    clean = pii.scrub(hosts, language, country)["text"]
    table = {host: new or "[UNREADABLE]" for host, new in zip(hosts, clean, strict=True)}
    return evidence.with_columns(pl.col("host").replace(table)) if table else evidence
