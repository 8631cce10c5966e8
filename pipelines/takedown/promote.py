"""Promote: copies that were removed in favour of a document that goes take its place.

Nothing is promoted unless the policy says so for the ground (`takedown.promote`), and never what
was itself taken down, what the suppression list knows, or what is like a document that is still
released. Of the rest the best one is taken, as a run would have ranked them; the others that are
like it stay removed, now in its favour.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance import rights
from governance.release_folder import CLUSTERS, Release
from governance.takedown import suppression
from governance.takedown.suppression import SuppressionList
from lang_models.tokens import shingle_hashes, tokenise
from pipelines.dedup import fingerprints, index
from pipelines.dedup.components import REFERENCE, Groups
from pipelines.dedup.fingerprints import Fingerprints
from pipelines.dedup.leaders import VERDICTS, verdicts
from pipelines.dedup.rank import rank
from pipelines.steps.suppress import is_part, keyed_in
from pipelines.takedown.fingerprinted import fingerprinted, threshold_of
from pipelines.takedown.likeness import likeness, wanted
from pipelines.tally import Tally, tally
from schemas.corpus import DUPLICATES
from schemas.decision import RELEASED, REMOVED, verdict
from schemas.policy import Policy

STAGE = "duplicates"
_CHANGES = pl.Schema(
    {"doc_id": pl.String, "kept_doc_id": pl.String, "similarity": pl.Float64, "exact": pl.Boolean,
     "cluster_size": pl.Int32, "kept_source_id": pl.String}
)  # fmt: skip


@dataclass(frozen=True)
class Promotion:
    """Documents that come out of `removed/` in the place of what goes.

    Args:
        rows: as they were removed, with all released columns, by doc_id.
        released: the same as they are released now.
        prints: their fingerprints, for the release's index.
        staying: copies that stay removed, as they were.
        moved: copies that stay removed, now in favour of one of them: `doc_id`, `kept_doc_id`,
            `similarity`, `exact`, `cluster_size`, `kept_source_id`.
    """

    rows: pl.DataFrame
    released: pl.DataFrame
    prints: pa.Table
    staying: pl.DataFrame
    moved: pl.DataFrame

    def __len__(self) -> int:
        """How many documents are promoted."""
        return len(self.rows)

    def shifts(self) -> tuple[Tally, Tally]:
        """The counts of all that changes, as they were and as they are now."""
        told = pl.DataFrame(pl.from_arrow(moved_rows(self.staying.to_arrow(), self.moved)))
        return tally(pl.concat([self.rows, self.staying])), tally(pl.concat([self.released, told]))


def promotion(
    release: Release,
    taken: Collection[str],
    listed: SuppressionList,
    policy: Policy,
    day: date,
) -> Promotion | None:
    """The documents that take the place of those that go from a release.

    Args:
        release: before anything is taken out of it.
        taken: ids of the documents that go.
        listed: the suppression list, this takedown in it.
        policy: of the programme, for the order of licences.
        day: of the takedown; a source whose last day of use is past gives nothing.

    Returns:
        What is promoted, or None when there is nothing that may be.
    """
    found = _candidates(release, pl.Series("doc_id", sorted(taken), dtype=pl.String), day)
    found = found.filter(~_is_listed(found, listed, threshold_of(release)))
    if found.is_empty():
        return None
    prints = _prints(found, release, policy)
    open_ = np.flatnonzero(~_is_held(release, prints, set(taken), threshold_of(release)))
    if not len(open_):
        return None
    told = _settled(prints, open_, threshold_of(release))
    rows = found.with_row_index("row").join(told, on="row", how="inner")
    first = rows.filter(pl.col("is_representative")).sort("doc_id")
    places = first["row"].to_numpy()
    return Promotion(
        first.select(found.columns),
        _as_released(first).select(found.columns),
        index.part([(prints, places.astype(np.uint32))]),
        rows.filter(~pl.col("is_representative")).sort("doc_id").select(found.columns),
        _moved(rows, found),
    )


def _candidates(release: Release, taken: pl.Series, day: date) -> pl.DataFrame:
    """Documents that were removed in favour of one that goes, and do not go themselves."""
    listed = _clusters(release).filter(
        pl.col("kept_doc_id").is_in(taken.implode()) & ~pl.col("doc_id").is_in(taken.implode())
    )
    over = [str(card["id"]) for card in release.run["sources"] if _is_over(card, day)]
    parts = []
    for shard in release.shards if len(listed) else ():
        if shard.outcome == REMOVED:
            parts += _rows(release, shard.path, listed["doc_id"])
    if not parts:
        return pl.DataFrame(schema={"doc_id": pl.String})
    decided = pl.col("decision").struct.field("stage") == STAGE
    usable = decided & pl.col("text").is_not_null()
    cleared = ~pl.col("source").struct.field("id").is_in(over)
    return pl.concat(parts).filter(usable & cleared).sort("doc_id")


def _clusters(release: Release) -> pl.DataFrame:
    path = release.folder / CLUSTERS
    names = ["doc_id", "kept_doc_id"]
    if not path.is_file():
        return pl.DataFrame(schema=dict.fromkeys(names, pl.String))
    listed = pl.read_parquet(path, columns=names, hive_partitioning=False)
    return listed.cast(dict.fromkeys(names, pl.String))


def _is_over(card: dict[str, Any], day: date) -> bool:
    days = [card.get(name) for name in ("expires", "retention_until")]
    return any(date.fromisoformat(str(one)) < day for one in days if one)


def _rows(release: Release, path: str, ids: pl.Series) -> list[pl.DataFrame]:
    """The whole rows of some documents of a shard; only row groups that hold one are read."""
    found = []
    with pq.ParquetFile(release.folder / path) as file:
        for number in range(file.num_row_groups):
            names = file.read_row_group(number, columns=["doc_id"])["doc_id"]
            chosen = pl.Series(pl.from_arrow(names)).cast(pl.String).is_in(ids.implode())
            if chosen.any():
                table = file.read_row_group(number).filter(chosen.to_arrow())
                found.append(pl.DataFrame(pl.from_arrow(table)))
    return found


def _is_listed(rows: pl.DataFrame, listed: SuppressionList, least: float) -> pl.Series:
    """Which rows the suppression list speaks of, by place, text, or likeness."""
    if rows.is_empty():
        return pl.Series("met", [], dtype=pl.Boolean)
    met = suppression.blocked_places(listed, rows["source"], is_masked=False)
    met |= suppression.blocked_places(listed, rows["source"], is_masked=True)
    met |= keyed_in(listed, "text", rows["provenance"].struct.field("text_sha256"))
    near = listed.near()
    if len(near[0]):
        prints = Fingerprints.of(_bare(rows))
        keyed = suppression.keyed_shingles(listed.keyring, prints.shingles)
        met |= pl.Series(is_part(keyed, prints.starts, listed.parts(), least))
        met |= pl.Series(likeness(keyed, prints.starts, wanted(*near)).similarity >= least)
    return met


def _bare(rows: pl.DataFrame, ranks: pl.Series | None = None) -> pa.Table:
    sha256 = rows["provenance"].struct.field("text_sha256").str.decode("hex")
    documents = rows.select("doc_id").with_columns(
        pl.int_range(len(rows), dtype=pl.UInt32).alias("row"),
        pl.lit(value=True).alias("live"),
        (pl.Series("rank", [0] * len(rows), dtype=pl.UInt64) if ranks is None else ranks),
        sha256.alias("text_sha256"),
    )
    return fingerprints.build(documents, *shingle_hashes(tokenise(rows["text"])))


def _prints(rows: pl.DataFrame, release: Release, policy: Policy) -> pa.Table:
    """Fingerprints of the candidates, ranked as a run ranks them."""
    trust = {str(card["id"]): int(card["trust"]) for card in release.run["sources"]}
    source = rows["source"].struct
    ranked = pl.DataFrame(
        {
            "standing": rights.preferences(rows["rights"].struct.field("concluded"), policy),
            "trust": source.field("id").replace_strict(trust, default=None, return_dtype=pl.Int64),
            "text_chars": rows["text"].str.len_chars(),
            "date": source.field("date"),
        }
    )
    return _bare(rows, rank(ranked))


def _is_held(release: Release, table: pa.Table, taken: Collection[str], least: float) -> np.ndarray:
    """Which candidates are like a document that is still released."""
    prints = Fingerprints.of(table)
    to = wanted(prints.shingles, prints.starts)
    gone = pl.Series("doc_id", sorted(taken), dtype=pl.String)
    held = np.zeros(table.num_rows, bool)
    for part in fingerprinted(release):
        if not part.path.startswith("documents/"):
            continue
        alike = likeness(part.shingles, part.starts, to).similarity >= least
        alike &= ~part.doc_ids.is_in(gone.implode()).to_numpy()
        for at in np.flatnonzero(alike):
            one = part.shingles[part.starts[at] : part.starts[at + 1]]
            against = wanted(one, np.array([0, len(one)]))
            held |= likeness(prints.shingles, prints.starts, against).similarity >= least
    return held


def _settled(table: pa.Table, rows: np.ndarray, threshold: float) -> pl.DataFrame:
    """Who leads and who stays removed, for each row; a row without a copy leads alone."""
    members = np.zeros(len(rows), REFERENCE)
    members["row"] = rows
    groups = Groups(members, np.array([0, len(rows)], np.int64))
    told = verdicts(groups, lambda _: table, threshold).drop("file", "kept_file")
    alone = pl.DataFrame({"row": rows.astype(np.uint32)}).join(told, on="row", how="anti")
    missing = [
        pl.lit(None, dtype=VERDICTS[name]).alias(name) for name in told.columns if name != "row"
    ]
    single = alone.with_columns(missing).with_columns(
        pl.lit(1, dtype=pl.Int32).alias("cluster_size"),
        pl.lit(value=True).alias("is_representative"),
    )
    return pl.concat([told, single.select(told.columns)])


def _as_released(rows: pl.DataFrame) -> pl.DataFrame:
    cluster = pl.struct(
        cluster_id=pl.col("doc_id"),
        cluster_size=pl.col("cluster_size").cast(DUPLICATES["cluster_size"]),
        is_representative=pl.lit(value=True),
    )
    return rows.with_columns(
        verdict(RELEASED, "release", "kept").alias("decision"), cluster.alias("duplicates")
    )


def _moved(rows: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The copies that stay removed, each with the one that is kept now."""
    sources = found.select(kept_doc_id="doc_id", kept_source_id=pl.col("source").struct.field("id"))
    moved = rows.filter(~pl.col("is_representative")).join(sources, on="kept_doc_id", how="left")
    return moved.select(pl.col(name).cast(kind) for name, kind in _CHANGES.items()).sort("doc_id")


def moved_rows(table: pa.Table, moved: pl.DataFrame) -> pa.Table:
    """Rows of a shard, those that were removed in favour of another one now saying so."""
    frame = pl.DataFrame(pl.from_arrow(table))
    if not frame["doc_id"].is_in(moved["doc_id"].implode()).any():
        return table
    told = frame.select("doc_id").join(moved, on="doc_id", how="left", maintain_order="left")
    rule = pl.when("_exact").then(pl.lit("exact-duplicate")).otherwise(pl.lit("near-duplicate"))
    renamed = told.select(pl.all().name.prefix("_"))
    joined = pl.concat([frame, renamed], how="horizontal")
    decision = pl.col("decision").struct.with_fields(
        rule.alias("rule"),
        pl.col("_similarity").alias("measure"),
        pl.col("_similarity").alias("similarity"),
        pl.col("_kept_doc_id").alias("kept_doc_id"),
    )
    cluster = pl.struct(
        cluster_id=pl.col("_kept_doc_id"),
        cluster_size=pl.col("_cluster_size"),
        is_representative=pl.lit(value=False),
    )
    is_moved = pl.col("_kept_doc_id").is_not_null()
    changed = joined.with_columns(
        pl.when(is_moved).then(decision).otherwise("decision").alias("decision"),
        pl.when(is_moved).then(cluster).otherwise("duplicates").alias("duplicates"),
    )
    return changed.select(frame.columns).to_arrow().cast(table.schema)
