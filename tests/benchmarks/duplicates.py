# a script that prints what it measured
"""Measures the search for duplicates: what it finds, and what it costs.

python -m tests.benchmarks.duplicates quality FOLDER    # FOLDER/docs.jsonl against brute force
python -m tests.benchmarks.duplicates kernel            # signatures, beside datasketch
python -m tests.benchmarks.duplicates million [COUNT]   # made-up documents, end to end
python -m tests.benchmarks.duplicates pairs [COUNT]     # memory where all pairs come together
"""

import resource
import sys
import time
import tracemalloc
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
import pyarrow as pa

from pipelines.dedup import fingerprints
from pipelines.dedup.bands import banding, s_curve
from pipelines.dedup.components import chunks, components, condense, edges_of
from pipelines.dedup.leaders import verdicts
from pipelines.dedup.local import find_duplicates_locally, pairs_of
from pipelines.dedup.ragged import offsets_of
from pipelines.dedup.rank import rank
from pipelines.dedup.signature import minhash
from tests.near_duplicates import quality, shingled, table, texts_of

BYTES_A_SHINGLE = 50 / 8  # of mixed-language text
FILE_DOCUMENTS = 10_000


def show_quality(folder: str, threshold: float = 0.75) -> None:
    """Precision and recall on a folder with docs.jsonl."""
    documents = shingled(texts_of(Path(folder) / "docs.jsonl"))
    found = quality(documents, find_duplicates_locally({1: table(documents)}, threshold), threshold)
    print(f"{len(documents)} documents, threshold {threshold}: {found}")
    print({band: round(found.recall_share(band), 4) for band in found.pairs})
    print("expected at each similarity:", s_curve(banding(threshold)))


def show_kernel(documents: int = 5_000) -> None:
    """Signatures of random shingles, ours and datasketch's."""
    from datasketch import MinHash  # loads SciPy

    draw = np.random.default_rng(0)
    starts = offsets_of(draw.integers(20, 1_000, documents))
    hashes = draw.integers(0, 1 << 32, starts[-1], dtype=np.uint32)
    ours = min(_seconds(minhash, hashes, starts) for _ in range(5))
    lists = [hashes[starts[i] : starts[i + 1]] for i in range(documents)]
    theirs = _seconds(
        lambda: MinHash.bulk(lists, num_perm=128, seed=1, hashfunc=lambda value: value)
    )
    text_mb = len(hashes) * BYTES_A_SHINGLE / 1e6
    print(f"ours {text_mb / ours:.0f} MB/s, MinHash.bulk {text_mb / theirs:.1f} MB/s,", end=" ")
    print(f"{theirs / ours:.0f} times as fast")


def _seconds(function, *arguments) -> float:
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def show_million(count: int = 1_000_000) -> None:
    """Made-up documents from staged file to verdict, through files in a folder."""
    with TemporaryDirectory() as folder:
        numbers = range(1, count // FILE_DOCUMENTS + 1)
        clock = time.perf_counter()
        for number in numbers:
            with (Path(folder) / str(number)).open("wb") as file:
                fingerprints.write(_made_up(number), file)
        clock = _lap("fingerprints", clock)

        def opened(number: int) -> pa.Table:
            return fingerprints.read(str(Path(folder) / str(number)))

        tables = ((number, opened(number)) for number in numbers)
        edges = condense(pairs_of(tables, banding(0.75)))
        groups = components([edges])
        clock = _lap(f"blocks, pairs, groups: {len(edges)} edges, {len(groups)} groups", clock)
        told = pl.concat(verdicts(share, opened, 0.75) for share in chunks(groups))
        removed = told.filter(~pl.col("is_representative")).height
        _lap(f"verdicts: {removed} removed", clock)


def show_pairs(count: int = 2_000_000) -> None:
    """What `condense` takes beside the pairs: each document in one pair, or copies of few."""
    numbers = np.arange(count)
    files = numbers // FILE_DOCUMENTS
    rows = numbers % FILE_DOCUMENTS
    for what, first in (("apart", numbers), ("copies of one in a hundred", numbers // 100)):
        hub = first // FILE_DOCUMENTS, first % FILE_DOCUMENTS
        edges = edges_of(*hub, files + count, rows)
        tracemalloc.start()
        condensed = condense([edges])
        taken = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"{len(condensed)} pairs, {what}: {taken / count:.0f} bytes a pair")


def _made_up(number: int) -> pa.Table:
    # One document in five is a copy of one of 50,000 originals, with up to a
    # fifth of its shingles changed.
    draw = np.random.default_rng(number)
    sizes = draw.integers(50, 450, FILE_DOCUMENTS)
    copied = draw.random(FILE_DOCUMENTS) < 0.2
    originals = draw.integers(0, 50_000, FILE_DOCUMENTS)
    sizes[copied] = 50 + originals[copied] % 400
    starts = offsets_of(sizes)
    hashes = draw.integers(0, 1 << 32, starts[-1], dtype=np.uint32)
    for document in np.flatnonzero(copied):
        original = np.random.default_rng(1_000_000 + originals[document])
        text = original.integers(0, 1 << 32, sizes[document], dtype=np.uint32)
        same = draw.random(len(text)) >= draw.random() * 0.2
        hashes[starts[document] : starts[document + 1]][same] = text[same]
    return fingerprints.build(_described(number, sizes, draw), hashes, starts)


def _described(number: int, sizes: np.ndarray, draw: np.random.Generator) -> pl.DataFrame:
    frame = pl.DataFrame(
        {
            "row": np.arange(FILE_DOCUMENTS, dtype=np.uint32),
            "live": np.ones(FILE_DOCUMENTS, bool),
            "doc_id": [f"{number:016x}{row:016x}" for row in range(FILE_DOCUMENTS)],
            "text_sha256": [draw.bytes(32) for _ in range(FILE_DOCUMENTS)],
            "standing": np.zeros(FILE_DOCUMENTS, np.uint8),
            "trust": draw.integers(1, 6, FILE_DOCUMENTS),
            "text_chars": sizes * 6,
            "date": pl.Series([None] * FILE_DOCUMENTS, dtype=pl.String),
        }
    )
    return frame.with_columns(rank(frame))


def _lap(what: str, since: float) -> float:
    now = time.perf_counter()
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # mapped files included
    print(f"{now - since:7.1f} s  peak {peak_mb:6.0f} MB  {what}", flush=True)
    return time.perf_counter()


if __name__ == "__main__":
    commands = {
        "quality": show_quality,
        "kernel": show_kernel,
        "million": show_million,
        "pairs": show_pairs,
    }
    command, *rest = sys.argv[1:]
    commands[command](*(int(word) if word.isdigit() else word for word in rest))
