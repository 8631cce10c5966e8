"""The limit: fastText alone on the windows that Endonym shows it, and nothing else.

usage: fasttext_alone.py INPUT_DIR   (JSONL with `text`); prints megabytes and CPU seconds
"""

import json
import sys
import time
from pathlib import Path

import fasttext
import polars as pl

from lang_models.weights import packaged
from lang_models.windows import cut

BATCH = 5_000


def main() -> None:
    """Times the calls to the model; reading and cutting are not counted."""
    model = fasttext.load_model(str(packaged().path)).f
    seconds = megabytes = shown = 0.0
    for path in sorted(Path(sys.argv[1]).glob("*.jsonl")):
        with path.open("rb") as file:
            texts = [json.loads(line)["text"] for line in file]
        megabytes += sum(len(text.encode()) for text in texts) / 1e6
        for start in range(0, len(texts), BATCH):
            lines = (cut(pl.Series(texts[start : start + BATCH]))["text"] + "\n").to_list()
            shown += sum(len(line.encode()) for line in lines) / 1e6
            before = time.process_time()
            model.multilinePredict(lines, 2, 0.0, "strict")
            seconds += time.process_time() - before
    print(json.dumps({"mb": megabytes, "mb_shown": shown, "cpu_seconds": seconds}))


if __name__ == "__main__":
    main()
