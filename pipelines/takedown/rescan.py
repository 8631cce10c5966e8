"""Looking again, everywhere, for what was taken down: it must not be found.

The texts are gone by then, so they are looked for by their keyed digests and shingles.
"""

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from governance.corpus import Corpus
from governance.release_folder import CLUSTERS, OVERLAPS, Release, open_release, read_parts
from governance.report.read_back import passages
from governance.takedown import suppression
from governance.takedown.marks import SECOND_LOOK, SUPPRESSED
from governance.takedown.stored import write_json
from governance.takedown.suppression import SuppressionList
from pipelines.dedup import index
from pipelines.steps.suppress import keyed_in
from pipelines.takedown import query, secondary
from pipelines.takedown.fingerprinted import fingerprinted, threshold_of
from pipelines.takedown.likeness import Wanted, likeness, wanted
from schemas.decision import RELEASED

#: A string in a report counts as an excerpt when so much of it stands in one text that is gone.
_EXCERPT_SHARE, _EXCERPT_SHINGLES = 0.75, 8
_LOOKED_AT = ["doc_id", "source", "native_id", "url", "text_sha256"]
_READABLE = (".json", ".html", ".md", ".ndjson", ".csv", ".txt", ".jsonl", ".yaml", ".tsv")


def releases(corpus: Corpus, listed: SuppressionList, ids: Collection[str]) -> list[dict[str, Any]]:
    """What is left in each release that still has its content; all counts must be 0.

    Args:
        corpus: the corpus.
        listed: the keyed entries of what is gone.
        ids: the documents that are gone.
    """
    to = wanted(*listed.near())
    names = pl.Series("doc_id", sorted(ids), dtype=pl.String)
    return [_of_release(open_release(path), listed, to, names) for path in corpus.live()]


def _of_release(
    release: Release, listed: SuppressionList, to: Wanted, names: pl.Series
) -> dict[str, Any]:
    documents, by_id, by_text = 0, 0, 0
    held = pl.col("rule").fill_null("").str.starts_with(SUPPRESSED)
    for shard in release.shards:
        for part in read_parts(release, shard, ["doc_id", "text_sha256", "rule"]):
            open_rows = part.filter(~held)
            documents += len(part)
            by_id += int(open_rows["doc_id"].is_in(names.implode()).sum())
            by_text += int(_is_gone(listed, open_rows["text_sha256"]).sum())
    return {
        "release": release.folder.name,
        "documents": documents,
        "ids": by_id,
        "texts": by_text,
        "near_copies": _near(release, listed, to),
        "index_ids": _listed_ids(release, names),
        "excerpts": _excerpts(release, listed, to),
        "mentions": _mentions(release.folder, names.filter(~names.is_in(_kept(release).implode()))),
    }


def _is_gone(listed: SuppressionList, sha256: pl.Series) -> pl.Series:
    return keyed_in(listed, "text", sha256) & ~keyed_in(listed, "allowed", sha256)


def _near(
    release: Release, listed: SuppressionList, to: Wanted, *, only_released: bool = False
) -> int:
    allowed = _allowed(release, listed)
    found, least = 0, threshold_of(release)
    for part in fingerprinted(release):
        if only_released and not part.path.startswith("documents/"):
            continue
        keyed = suppression.keyed_shingles(listed.keyring, part.shingles)
        alike = likeness(keyed, part.starts, to).similarity >= least
        known = part.doc_ids.is_in(allowed.implode()).to_numpy()
        found += int((alike & ~known).sum())
    return found


def _allowed(release: Release, listed: SuppressionList) -> pl.Series:
    """Documents that a steward left out on purpose."""
    parts = [pl.Series("doc_id", [], dtype=pl.String)]
    for shard in release.shards if listed.digests("allowed") else ():
        parts += [
            part["doc_id"].filter(keyed_in(listed, "allowed", part["text_sha256"]))
            for part in read_parts(release, shard, ["doc_id", "text_sha256"])
        ]
    return pl.concat(parts)


def _listed_ids(release: Release, names: pl.Series) -> int:
    lists = [release.folder / name for name in (CLUSTERS, OVERLAPS)]
    paths = [*lists, *sorted((release.folder / index.FOLDER).glob("*.parquet"))]
    columns = [
        pl.read_parquet(path, columns=["doc_id"], hive_partitioning=False)["doc_id"]
        for path in paths
        if path.is_file()
    ]
    return sum(int(one.cast(pl.String).is_in(names.implode()).sum()) for one in columns)


def _kept(release: Release) -> pl.Series:
    """Ids that copies which stay were removed in favour of: their reasons go on naming them."""
    path = release.folder / CLUSTERS
    if not path.is_file():
        return pl.Series("kept_doc_id", [], dtype=pl.String)
    listed = pl.read_parquet(path, columns=["kept_doc_id"], hive_partitioning=False)
    return listed["kept_doc_id"].cast(pl.String).unique()


def _pages(folder: Path) -> Iterator[Path]:
    """Everything readable beside the shards, but for the list of what is gone."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts[0]
        if path.is_file() and path.suffix in _READABLE and inside != "tombstones":
            yield path


def _mentions(folder: Path, names: pl.Series) -> int:
    """Files beside the shards that name a document that is gone."""
    found = 0
    for path in _pages(folder):
        told = path.read_text(encoding="utf-8", errors="replace")
        ids = pl.Series([told]).str.extract_all(r"\b[0-9a-f]{32}\b").explode()
        found += bool(ids.is_in(names.implode()).any())
    return found


def _excerpts(release: Release, listed: SuppressionList, to: Wanted) -> int:
    """Strings in reports that stand in a text that is gone, and in none that was left out."""
    strings: set[str] = set()
    for path in _pages(release.folder):
        if path.suffix == ".json":
            strings.update(_strings(json.loads(path.read_bytes())))
        elif path.suffix == ".html":
            strings.update(passages(path.read_text(encoding="utf-8", errors="replace")))
    if not strings or not len(to.keys):
        return 0
    values, starts = query.fingerprints(pl.Series(sorted(strings), dtype=pl.String))
    keyed = suppression.keyed_shingles(listed.keyring, values)
    is_gone = likeness(keyed, starts, to).within >= _EXCERPT_SHARE
    for part in fingerprinted(release, _allowed(release, listed)):
        is_gone &= (
            likeness(values, starts, wanted(part.shingles, part.starts)).within < _EXCERPT_SHARE
        )
    return int((is_gone & (np.diff(starts) >= _EXCERPT_SHINGLES)).sum())


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401  # whatever JSON can hold
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def stores(corpus: Corpus, ids: Collection[str]) -> dict[str, int]:
    """What is left outside the releases; all counts must be 0."""
    return {
        "staged_batches_and_drafts": len(secondary.holding(corpus, ids)),
        "subject_index_rows": secondary.forget_subjects(corpus, ids),
    }


def second_look(draft: Path, listed: SuppressionList) -> dict[str, Any]:
    """Holds what a run wrote against the whole list once more; the gate G-OPT-2 reads it.

    Returns:
        `list` (its digest), `documents` (released), `hits` and `ids` (released documents whose
        name was taken down, in public or not); also written into the draft.
    """
    release = open_release(draft)
    hits, documents = _near(release, listed, wanted(*listed.near()), only_released=True), 0
    reused, gone = 0, listed.digests("doc_id")
    for shard in release.shards:
        if shard.outcome == RELEASED:
            for part in read_parts(release, shard, _LOOKED_AT):
                rows = part.drop("doc_id").rename({"source": "id"})
                places = pl.Series(rows.select(pl.struct(pl.all())).to_series())
                met = suppression.blocked_places(listed, places, is_masked=False)
                hits += int((met | _is_gone(listed, part["text_sha256"])).sum())
                names = (name.encode() for name in (part["doc_id"] if gone else ()))
                reused += len(gone.intersection(suppression.keyed(listed.keyring, "doc_id", names)))
                documents += len(part)
    told = {"list": listed.digest, "documents": documents, "hits": hits, "ids": reused}
    write_json(draft / SECOND_LOOK, told, mode=0o644)
    return told
