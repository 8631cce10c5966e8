"""The documents of some groups, fetched from their fingerprint files."""

from collections.abc import Iterator

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.dedup.components import Groups
from pipelines.dedup.fingerprints import (
    DIGEST_BYTES,
    Fingerprints,
    OpenFingerprints,
    concatenate,
)


def ranked(groups: Groups, open_fingerprints: OpenFingerprints) -> pl.DataFrame:
    """The members of all groups, group after group, best first.

    Only what is small is read: ranks, ids and how many shingles there are.

    Returns:
        `group` Int64, `file` UInt64, `row` UInt32, `rank` UInt64, `doc_id`
        String, `text_sha256` Binary, `shingles` Int64 (how many). Two documents with
        one rank and one id, which no run makes, stand in the order of their references.
    """
    members = groups.members
    ranks = np.empty(len(members), np.uint64)
    counts = np.empty(len(members), np.int64)
    digests = np.empty((len(members), DIGEST_BYTES), np.uint8)
    names, order = [pa.array([], pa.string())], [np.empty(0, np.int64)]
    for file, at in _by_file(members):
        prints = Fingerprints.of(open_fingerprints(file))
        found = prints.places(members["row"][at])
        ranks[at] = prints.ranks[found]
        digests[at] = prints.digests[found]
        counts[at] = prints.starts[found + 1] - prints.starts[found]
        # Arrow copies here; a view would keep the whole file mapped.
        names.append(prints.doc_ids.take(pa.array(found)))
        order.append(at)
    return pl.DataFrame(
        {
            "group": np.repeat(np.arange(len(groups)), np.diff(groups.starts)),
            "file": members["file"],
            "row": members["row"],
            "rank": ranks,
            "doc_id": pa.concat_arrays(names).take(pa.array(_inverse(np.concatenate(order)))),
            "text_sha256": digests.view(f"V{DIGEST_BYTES}").ravel().tolist(),
            "shingles": counts,
        },
        schema_overrides={"text_sha256": pl.Binary},
    ).sort("group", "rank", "doc_id", "file", "row")


def load(members: np.ndarray, open_fingerprints: OpenFingerprints) -> Fingerprints:
    """The whole fingerprints of these references, in their order.

    Args:
        members: at least one `components.REFERENCE`.
        open_fingerprints: each file is opened once.
    """
    parts, order = [], []
    for file, at in _by_file(members):
        parts.append(Fingerprints.of(open_fingerprints(file)).take(members["row"][at]))
        order.append(at)
    return concatenate(parts).pick(_inverse(np.concatenate(order)))


def _by_file(members: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    files, places = np.unique(members["file"], return_inverse=True)
    order = np.argsort(places, kind="stable")
    cuts = np.searchsorted(places[order], np.arange(len(files) + 1))
    for number, file in enumerate(files):
        yield int(file), order[cuts[number] : cuts[number + 1]]


def _inverse(order: np.ndarray) -> np.ndarray:
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    return back
