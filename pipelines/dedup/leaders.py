"""Who is kept and who is removed in each group.

The documents of a group are taken best first. Each is compared with those kept
so far: if it reaches the threshold with one of them it is removed, and the most
similar of them is named as the one kept in its place; otherwise it is kept too.
So nothing is removed unless a kept document is at least that similar, however
long the chain that made the group. What an earlier release holds is always kept.

Source: leader clustering, Hartigan 1975, "Clustering Algorithms", chapter 3.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from pipelines.dedup.components import REFERENCE, Groups
from pipelines.dedup.fingerprints import OpenFingerprints
from pipelines.dedup.jaccard import Documents, Task, fewest_matches, follow
from pipelines.dedup.members import load, ranked
from pipelines.dedup.ragged import offsets_of
from pipelines.dedup.rank import is_held
from pipelines.dedup.signature import PERMUTATIONS

BLOCK_DOCUMENTS = 4096
BLOCK_SHINGLES = 4_000_000
#: No similarity reaches it.
_NO_ADDRESSES = 2.0

#: One row for each document of this run that has a copy; see `verdicts`.
VERDICTS = pl.Schema(
    {
        "file": pl.UInt64,
        "row": pl.UInt32,
        "kept_file": pl.UInt64,
        "kept_row": pl.UInt32,
        "kept_doc_id": pl.String,
        "similarity": pl.Float64,
        "exact": pl.Boolean,
        "cluster_id": pl.String,
        "cluster_size": pl.Int32,
        "is_representative": pl.Boolean,
    }
)


def verdicts(
    groups: Groups,
    open_fingerprints: OpenFingerprints,
    threshold: float,
    same_address: float | None = None,
) -> pl.DataFrame:
    """Decides some groups; groups decided in one call or in many come out the same.

    Memory holds a block of documents (4,096 of them, or 16 MB of shingles), the
    kept documents of one group, and about 100 bytes for each member of `groups`.

    Args:
        groups: whole groups, see `components.chunks`.
        open_fingerprints: gives the fingerprints of a file; it is called for the
            same file again and again, so let it map files or keep the last ones.
        threshold: Jaccard similarity from which a document is removed.
        same_address: similarity from which it is removed in favour of one at its own address,
            where nothing else is like it; None compares no addresses.

    Returns:
        `VERDICTS`, by file and row. A removed document names the kept one, their
        similarity, and whether the texts are equal; a kept one with removed copies
        has them null and `is_representative`. A cluster is a kept document with those removed for
        it, `cluster_id` its `doc_id`. A document without a row has no copy.
        Documents that an earlier release holds have no row.
    """
    members = ranked(groups, open_fingerprints)
    leader, similarity = _leaders(members, open_fingerprints, threshold, same_address)
    sizes = np.bincount(leader, minlength=members.height)[leader]
    own = leader == np.arange(members.height)
    kept = members[leader].select(
        kept_file="file", kept_row="row", kept_doc_id="doc_id", cluster_id="doc_id"
    )
    exact = members["text_sha256"] == members["text_sha256"].gather(leader)
    removal = ["kept_file", "kept_row", "kept_doc_id", "similarity", "exact"]
    return (
        pl.concat([members.select("file", "row"), kept], how="horizontal")
        .with_columns(
            similarity=similarity,
            exact=exact,
            cluster_size=sizes.astype(np.int32),
            is_representative=own,
        )
        .with_columns(pl.when(~pl.col("is_representative")).then(pl.col(removal)))
        .filter((sizes > 1) & ~is_held(members["rank"].to_numpy()))
        .select(pl.col(name).cast(kind) for name, kind in VERDICTS.items())
        .sort("file", "row")
    )


def _leaders(
    members: pl.DataFrame,
    open_fingerprints: OpenFingerprints,
    threshold: float,
    same_address: float | None,
) -> tuple[np.ndarray, np.ndarray]:
    references = _references(members)
    groups = members["group"].to_numpy()
    held = is_held(members["rank"].to_numpy())
    matches = fewest_matches(threshold)
    least = _NO_ADDRESSES if same_address is None else float(same_address)
    leader, similarity = np.empty(len(groups), np.int64), np.empty(len(groups))
    leaders, state = _room(0, 0), np.array([0, -1])
    for first, last in _blocks(members["shingles"].to_numpy()):
        block = _documents(references, first, last, open_fingerprints)
        leaders = _enlarged(leaders, int(state[0]), block)
        here = slice(first, last)
        task = Task(groups[here].copy(), held[here], float(threshold), matches, least)
        follow(block, task, leaders, state, leader[here], similarity[here])
    return leader, similarity


def _references(members: pl.DataFrame) -> np.ndarray:
    references = np.empty(members.height, REFERENCE)
    references["file"] = members["file"].to_numpy()
    references["row"] = members["row"].to_numpy()
    return references


def _blocks(shingles: np.ndarray) -> Iterator[tuple[int, int]]:
    # At least one document, and no more than the limits allow.
    before = offsets_of(shingles)
    first = 0
    while first < len(shingles):
        last = int(np.searchsorted(before, before[first] + BLOCK_SHINGLES, side="right")) - 1
        last = min(max(last, first + 1), first + BLOCK_DOCUMENTS)
        yield first, last
        first = last


def _documents(
    references: np.ndarray, first: int, last: int, open_fingerprints: OpenFingerprints
) -> Documents:
    prints = load(references[first:last], open_fingerprints)
    digests = prints.digests.view("<u8")
    places = np.arange(first, last)
    return Documents(
        prints.signatures, digests, prints.shingles, prints.starts, places, prints.addresses
    )


def _room(documents: int, shingles: int) -> Documents:
    return Documents(
        np.empty((documents, PERMUTATIONS), np.uint32),
        np.empty((documents, 4), np.uint64),
        np.empty(shingles, np.uint32),
        np.zeros(documents + 1, np.int64),
        np.empty(documents, np.int64),
        np.zeros((documents, 2), np.uint64),
    )


def _enlarged(leaders: Documents, count: int, block: Documents) -> Documents:
    # Room for the leaders so far and for the case that the whole block leads.
    documents = count + len(block.places)
    shingles = int(leaders.starts[count]) + len(block.shingles)
    if documents <= len(leaders.places) and shingles <= len(leaders.shingles):
        return leaders
    # Half as much again, so that a growing group is copied a few times only.
    roomy = _room(
        max(documents * 3 // 2, len(leaders.places)), max(shingles * 3 // 2, len(leaders.shingles))
    )
    for old, new in zip(leaders, roomy, strict=True):
        new[: len(old)] = old
    return roomy
