"""datatrove 0.10 on the same work: language, Gopher rules, MinHash, e-mail and IP, Parquet.

usage: peer_datatrove.py INPUT_DIR OUTPUT_DIR WORKERS MODEL   (JSONL with `text` and `id`)
Runs in an environment of its own (tests/benchmarks/requirements.lock). It is told that every
document is English, as its own pipelines for one language do.
"""

import sys
from pathlib import Path

from datatrove.executor.local import LocalPipelineExecutor
from datatrove.pipeline.dedup import (
    MinhashDedupBuckets,
    MinhashDedupCluster,
    MinhashDedupFilter,
    MinhashDedupSignature,
)
from datatrove.pipeline.dedup.minhash import MinhashConfig
from datatrove.pipeline.filters import GopherQualityFilter, GopherRepetitionFilter, LanguageFilter
from datatrove.pipeline.formatters import PIIFormatter
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter
from datatrove.utils.hashing import HashConfig
from datatrove.utils.lid import FT176LID

INPUT, OUTPUT, WORKERS = sys.argv[1], sys.argv[2], int(sys.argv[3])
FT176LID.MODEL_URL = sys.argv[4]  # at import, so that worker processes see it too
CONFIG = MinhashConfig(
    hash_config=HashConfig(precision=64), num_buckets=14, hashes_per_bucket=8, n_grams=5
)


def run(name: str, steps: list, tasks: int) -> None:
    """One stage with its workers."""
    LocalPipelineExecutor(
        pipeline=steps,
        tasks=tasks,
        workers=min(WORKERS, tasks),
        logging_dir=f"{OUTPUT}/logs/{name}",
        skip_completed=False,
    ).run()


def main() -> None:
    """The five stages in order."""
    tasks = len(list(Path(INPUT).iterdir()))
    filtered, signed = f"{OUTPUT}/filtered", f"{OUTPUT}/signatures"
    rules = [GopherRepetitionFilter(language="eng"), GopherQualityFilter(language="eng")]
    first = [JsonlReader(INPUT), LanguageFilter(label_only=True), *rules, JsonlWriter(filtered)]
    run("1-rules", first, tasks)
    signature = MinhashDedupSignature(output_folder=signed, config=CONFIG, language="eng")
    run("2-signatures", [JsonlReader(filtered), signature], tasks)
    buckets = MinhashDedupBuckets(signed, f"{OUTPUT}/buckets", config=CONFIG)
    run("3-buckets", [buckets], CONFIG.num_buckets)
    run("4-clusters", [MinhashDedupCluster(f"{OUTPUT}/buckets", f"{OUTPUT}/remove", CONFIG)], 1)
    last = [MinhashDedupFilter(f"{OUTPUT}/remove"), PIIFormatter(), ParquetWriter(f"{OUTPUT}/end")]
    run("5-write", [JsonlReader(filtered), *last], tasks)


if __name__ == "__main__":
    main()
