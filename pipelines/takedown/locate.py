"""Locate: the documents that a request names, and their copies, in every release."""

from collections.abc import Callable, Iterator

import numpy as np
import polars as pl

from governance.corpus import Corpus
from governance.release_folder import CLUSTERS, Release, Shard, open_release, read_parts
from pipelines.takedown import query
from pipelines.takedown.fingerprinted import fingerprinted, threshold_of
from pipelines.takedown.likeness import Wanted, likeness, wanted
from schemas.takedown import TakedownRequest

#: One row for each document found; `similarity` is null where nothing was compared.
LOCATED = pl.Schema(
    {
        "release": pl.String,
        "path": pl.String,
        "doc_id": pl.String,
        "why": pl.String,
        "similarity": pl.Float64,
    }
)
#: In the order in which one reason is told when there are several.
REASONS = ("doc_id", "url", "native_id", "subject", "passage", "file", "prefix", "host", "source",
           "same-record", "exact-copy", "near-copy", "cluster")  # fmt: skip
_NARROW = ("doc_id", "source", "native_id", "url", "text_sha256")
Progress = Callable[[int, int], None]


def locate(
    corpus: Corpus, request: TakedownRequest, covers: str, progress: Progress | None = None
) -> pl.DataFrame:
    """Finds what a request names, in every release that still has its content.

    Args:
        corpus: the corpus.
        request: what is looked for.
        covers: `content` finds copies too, `place` only what is named.
        progress: called with passes done and passes in all.

    Returns:
        `LOCATED`, by release, path and doc_id; each document once in a release.
    """
    releases = [open_release(path) for path in corpus.live()]
    lands = {str(card.get("jurisdiction")) for one in releases for card in one.run["sources"]}
    texts = query.quoted(request, sorted(lands))
    people = _of_subjects(corpus, request)
    found = [LOCATED.to_frame()]
    for done, release in enumerate(releases, start=1):
        found += [_named(release, request, texts, people), _alike_texts(release, texts)]
        if progress:
            progress(done, 2 * len(releases))
    direct = pl.concat(found)
    if covers == "content" and len(direct):
        found += _copies(releases, direct, progress)
    elif len(direct):
        found += [_records(release, direct["doc_id"].unique()) for release in releases]
    return _once(pl.concat(found))


def _once(found: pl.DataFrame) -> pl.DataFrame:
    order = pl.col("why").replace_strict(list(REASONS), range(len(REASONS)), return_dtype=pl.Int64)
    ranked = found.with_columns(order.alias("_order")).sort("_order", "similarity", "path")
    once = ranked.unique(["release", "path", "doc_id"], keep="first", maintain_order=True)
    return once.drop("_order").sort("release", "path", "doc_id")


def _of_subjects(corpus: Corpus, request: TakedownRequest) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for matcher in request.match:
        if matcher.subject is not None:
            from governance.subjects import locate as ask  # noqa: PLC0415  # slow to import

            person = matcher.subject
            for version, doc_id in ask(corpus, person.type, person.value, person.country):
                found.setdefault(version, set()).add(doc_id)
    return found


def _rows(
    release: Release, shard: Shard, ids: pl.Series, why: pl.Series | str, similarity: object = None
) -> pl.DataFrame:
    reasons = pl.Series([why]).new_from_index(0, len(ids)) if isinstance(why, str) else why
    return pl.DataFrame(
        {"doc_id": ids, "why": reasons, "similarity": similarity},
        schema_overrides={"similarity": pl.Float64, "why": pl.String},
    ).select(
        pl.lit(release.folder.name).alias("release"), pl.lit(shard.path).alias("path"),
        "doc_id", "why", "similarity",
    )  # fmt: skip


def _named(
    release: Release, request: TakedownRequest, texts: query.Texts, people: dict[str, set[str]]
) -> pl.DataFrame:
    """What the narrow columns name: places, ids, persons, and texts that are the same."""
    digests = texts.digests.filter(pl.Series(~texts.is_passage))
    persons = sorted(people.get(release.folder.name, ()))
    named = query.names(request, release)
    parts = [LOCATED.to_frame()]
    for shard in release.shards:
        for frame in read_parts(release, shard, _NARROW):
            placed = query.places(frame, named)
            parts.append(_rows(release, shard, placed["doc_id"], placed["why"]))
            same = frame.filter(pl.col("text_sha256").is_in(digests.implode()))["doc_id"]
            parts.append(_rows(release, shard, same, "file", 1.0))
            if persons:
                held = frame.filter(pl.col("doc_id").is_in(persons))["doc_id"]
                parts.append(_rows(release, shard, held, "subject"))
    return pl.concat(parts)


def _records(release: Release, ids: pl.Series) -> pl.DataFrame:
    """The same records of the same sources, in another release."""
    parts = [LOCATED.to_frame()]
    for shard in release.shards:
        for frame in read_parts(release, shard, ["doc_id"]):
            here = frame["doc_id"].filter(frame["doc_id"].is_in(ids.implode()))
            parts.append(_rows(release, shard, here, "same-record"))
    return pl.concat(parts)


def _alike_texts(release: Release, texts: query.Texts) -> pl.DataFrame:
    """Documents that hold a passage, or are near copies of a text or hold it."""
    parts = [LOCATED.to_frame()]
    if not len(texts.shingles):
        return parts[0]
    to, least = wanted(texts.shingles, texts.starts), threshold_of(release)
    whole = ~np.append(texts.is_passage, True)
    why = np.where(texts.is_passage, "passage", "file")
    for prints in fingerprinted(release):
        found = likeness(prints.shingles, prints.starts, to)
        near = (found.similarity >= least) & whole[found.nearest]
        held = found.held >= least
        chosen = np.flatnonzero(near | held)
        reasons = np.where(held, why[found.holding], "file")[chosen]
        value = np.where(near, found.similarity, found.held)[chosen]
        shard = _shard(release, prints.path)
        ids = prints.doc_ids.gather(chosen)
        parts.append(_rows(release, shard, ids, pl.Series(reasons, dtype=pl.String), value))
    return pl.concat(parts)


def _copies(
    releases: list[Release], direct: pl.DataFrame, progress: Progress | None
) -> Iterator[pl.DataFrame]:
    """Everything in the clusters of what was found, all that has its text, all that is alike."""
    seeds = direct["doc_id"].unique()
    clustered = _clustered(releases, seeds)
    digests, to = _seeds(releases, seeds)
    for done, release in enumerate(releases, start=1):
        yield _exact(release, digests, seeds, clustered)
        yield _near(release, to)
        if progress:
            progress(len(releases) + done, 2 * len(releases))


def _clustered(releases: list[Release], seeds: pl.Series) -> pl.DataFrame:
    """The members of the clusters of some documents, with their similarity to the one kept."""
    parts = [pl.DataFrame(schema={"doc_id": pl.String, "kept": pl.String, "alike": pl.Float64})]
    for release in releases:
        if (release.folder / CLUSTERS).is_file():
            listed = pl.scan_parquet(release.folder / CLUSTERS, hive_partitioning=False)
            names = listed.select("doc_id", kept="kept_doc_id", alike="similarity").collect()
            parts.append(names.cast({"doc_id": pl.String, "kept": pl.String}))
    every = pl.concat(parts)
    ours = every.filter(
        pl.col("doc_id").is_in(seeds.implode()) | pl.col("kept").is_in(seeds.implode())
    )
    kept = ours["kept"].unique()
    members = every.filter(pl.col("kept").is_in(kept.implode())).select("doc_id", "alike")
    heads = pl.DataFrame({"doc_id": kept, "alike": pl.Series([None] * len(kept), dtype=pl.Float64)})
    return pl.concat([members, heads]).group_by("doc_id").agg(pl.col("alike").max())


def _seeds(releases: list[Release], seeds: pl.Series) -> tuple[pl.Series, Wanted]:
    """The digests and the shingles of some documents, from every release that holds them."""
    digests = [pl.Series("text_sha256", [], dtype=pl.String)]
    shingles, sizes = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
    for release in releases:
        for shard in release.shards:
            for frame in read_parts(release, shard, ["doc_id", "text_sha256"]):
                here = frame["doc_id"].is_in(seeds.implode())
                digests.append(frame["text_sha256"].filter(here))
        for prints in fingerprinted(release, seeds):
            shingles.append(prints.shingles)
            sizes.append(np.diff(prints.starts))
    lengths = np.concatenate(sizes)
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    return pl.concat(digests).drop_nulls().unique(), wanted(np.concatenate(shingles), starts)


def _exact(
    release: Release, digests: pl.Series, seeds: pl.Series, clustered: pl.DataFrame
) -> pl.DataFrame:
    parts = [LOCATED.to_frame()]
    for shard in release.shards:
        for frame in read_parts(release, shard, ["doc_id", "text_sha256"]):
            same = frame.filter(pl.col("text_sha256").is_in(digests.implode()))["doc_id"]
            record = frame["doc_id"].filter(frame["doc_id"].is_in(seeds.implode()))
            member = frame.select("doc_id").join(clustered, on="doc_id")
            parts += [
                _rows(release, shard, record, "same-record"),
                _rows(release, shard, same, "exact-copy", 1.0),
                _rows(release, shard, member["doc_id"], "cluster", member["alike"]),
            ]
    return pl.concat(parts)


def _near(release: Release, to: Wanted) -> pl.DataFrame:
    parts, least = [LOCATED.to_frame()], threshold_of(release)
    for prints in fingerprinted(release):
        found = likeness(prints.shingles, prints.starts, to)
        chosen = np.flatnonzero(found.similarity >= least)
        ids, shard = prints.doc_ids.gather(chosen), _shard(release, prints.path)
        parts.append(_rows(release, shard, ids, "near-copy", found.similarity[chosen]))
    return pl.concat(parts)


def _shard(release: Release, path: str) -> Shard:
    return next(shard for shard in release.shards if shard.path == path)
