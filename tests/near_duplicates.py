"""Fingerprints made by hand, and what brute force says of them, for tests of the duplicates.

Nothing here uses what it checks: similarities come from Python sets, pair by pair.
"""

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.dedup import fingerprints
from pipelines.dedup.ragged import offsets_of
from pipelines.dedup.rank import rank

Pair = tuple[int, int]


@dataclass(frozen=True)
class Document:
    """A document by its shingles; the text stands for whatever else it has."""

    shingles: tuple[int, ...]
    text: str = ""
    standing: int = 0
    trust: int = 3
    text_chars: int = 100
    date: str | None = None

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(repr((self.shingles, self.text)).encode()).digest()


def table(documents: Sequence[Document], names: Sequence[str] | None = None) -> pa.Table:
    """Fingerprints of these documents, in rows 0, 1, 2 …"""
    names = names or [f"{number:032x}" for number in range(len(documents))]
    frame = pl.DataFrame(
        {
            "row": pl.Series(range(len(documents)), dtype=pl.UInt32),
            "live": pl.Series([True] * len(documents), dtype=pl.Boolean),
            "doc_id": pl.Series(names, dtype=pl.String),
            "text_sha256": pl.Series([one.sha256 for one in documents], dtype=pl.Binary),
            "standing": pl.Series([one.standing for one in documents], dtype=pl.UInt8),
            "trust": pl.Series([one.trust for one in documents], dtype=pl.UInt8),
            "text_chars": pl.Series([one.text_chars for one in documents], dtype=pl.UInt32),
            "date": pl.Series([one.date for one in documents], dtype=pl.String),
        }
    )
    return fingerprints.build(frame.with_columns(rank(frame)), *arrays(documents))


def arrays(documents: Sequence[Document]) -> tuple[np.ndarray, np.ndarray]:
    """Shingle hashes and starts, as `lang_models.tokens.shingle_hashes` gives them."""
    every = [hash_ for one in documents for hash_ in one.shingles]
    starts = offsets_of(np.array([len(one.shingles) for one in documents], np.int64))
    return np.array(every, np.uint32), starts


def texts_of(path: Path) -> list[str]:
    """The `text` of every line of a JSONL file, which may be compressed."""
    data = path.read_bytes()
    plain = gzip.decompress(data) if path.suffix == ".gz" else data
    return [json.loads(line)["text"] for line in plain.decode().split("\n") if line]


def shingled(texts: Sequence[str]) -> list[Document]:
    """Documents of these texts, shingled as a run would."""
    from lang_models.tokens import shingle_hashes, tokenise  # numba is slow

    hashes, starts = shingle_hashes(tokenise(pl.Series(texts)))
    return [
        Document(tuple(hashes[starts[i] : starts[i + 1]].tolist()), text, text_chars=len(text))
        for i, text in enumerate(texts)
    ]


def similarity(left: Document, right: Document) -> float:
    """Jaccard of the shingles; 1 for the same text, 0 for two others without shingles."""
    if left.sha256 == right.sha256:
        return 1.0
    a, b = set(left.shingles), set(right.shingles)
    return len(a & b) / len(a | b) if a | b else 0.0


def similarities(documents: Sequence[Document], floor: float) -> dict[Pair, float]:
    """Every pair at or above the floor, by brute force."""
    sets = [set(one.shingles) for one in documents]
    texts = [one.sha256 for one in documents]
    found = {}
    for i, j in combinations(range(len(documents)), 2):
        common = len(sets[i] & sets[j])
        either = len(sets[i]) + len(sets[j]) - common
        measured = 1.0 if texts[i] == texts[j] else common / either if either else 0.0
        if measured >= floor:
            found[i, j] = measured
    return found


@dataclass(frozen=True)
class Quality:
    """How verdicts compare with brute force.

    Args:
        removed: how many documents went.
        wrong: removals that brute force does not confirm, with the similarity stated.
        swallowed: documents without a shingle that went without an equal text.
        pairs: pairs by brute force, at or above the threshold; from it up to 0.05 more; from
            0.80 on.
        found: those of them of which not both documents were kept.
    """

    removed: int
    wrong: int
    swallowed: int
    pairs: dict[str, int]
    found: dict[str, int]

    def recall_share(self, band: str) -> float:
        """Share of the pairs of a band that were found; 1 when there are none."""
        return self.found[band] / self.pairs[band] if self.pairs[band] else 1.0


def quality(documents: Sequence[Document], verdicts: pl.DataFrame, threshold: float) -> Quality:
    """Compares the verdicts on one file of these documents with brute force."""
    truth = similarities(documents, threshold)
    removals = verdicts.filter(~pl.col("is_representative"))
    gone = set(removals["row"])
    wrong = swallowed = 0
    for row, kept, stated in removals.select("row", "kept_row", "similarity").iter_rows():
        measured = similarity(documents[row], documents[kept])
        wrong += measured != stated or measured < threshold or kept in gone
        swallowed += not documents[row].shingles and measured < 1
    bands = {
        "all": list(truth),
        "threshold": [pair for pair, value in truth.items() if value < threshold + 0.05],
        "0.80": [pair for pair, value in truth.items() if value >= 0.8],
    }
    return Quality(
        len(gone),
        wrong,
        swallowed,
        {name: len(pairs) for name, pairs in bands.items()},
        {name: sum(i in gone or j in gone for i, j in pairs) for name, pairs in bands.items()},
    )
