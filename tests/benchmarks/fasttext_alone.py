"""The limit: fastText alone on the windows that Endonym shows it, and nothing else.

usage: fasttext_alone.py INPUT_DIR   (JSONL with `text`); prints megabytes and CPU seconds
"""

import json
import sys
import time
from pathlib import Path

import polars as pl
from lang_models.identify import Identifier

BATCH = 5_000


def main() -> None:
    """Times the calls to the model; reading and cutting are not counted."""
    identifier = Identifier.load()
    seconds = megabytes = shown = 0.0
    for path in sorted(Path(sys.argv[1]).glob("*.jsonl")):
        with path.open("rb") as file:
            texts = [json.loads(line)["text"] for line in file]
        megabytes += sum(len(text.encode()) for text in texts) / 1e6
        for start in range(0, len(texts), BATCH):
            windows = identifier.windows(pl.Series(texts[start : start + BATCH]))
            shown += sum(len(window.encode()) for window in windows) / 1e6
            before = time.process_time()
            identifier.predict(windows)
            seconds += time.process_time() - before
    print(json.dumps({"mb": megabytes, "mb_shown": shown, "cpu_seconds": seconds}))


if __name__ == "__main__":
    main()
