"""How well the formats do on whole test sets, and how fast they read.

    python -m tests.pipelines.formats.evaluate encodings FOLDER   manifest.jsonl or encodings.jsonl
    python -m tests.pipelines.formats.evaluate html FOLDER        html_gold.jsonl
    python -m tests.pipelines.formats.evaluate speed FILE         JSON Lines with text, id, url

The sets are not in the project; docs/formats.md says what came out and when.
"""

import io
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.formats import Reading, by_name
from pipelines.formats.encodings import decode
from pipelines.formats.model import WHOLE
from pipelines.formats.records.main_text import main_text
from tests.pipelines.formats.bare import PACKERS

#: Scripts without spaces: each character is a token.
_TOKEN = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|[^\\W]+")


def _rows(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from map(json.loads, file)


def encodings(folder: Path) -> None:
    """Share of the files whose text is right, wrong, or left in doubt."""
    found = next(
        path for path in (folder / "manifest.jsonl", folder / "encodings.jsonl") if path.exists()
    )
    outcomes: Counter[str] = Counter()
    for row in _rows(found):
        if row["text"] is None:
            continue
        text = decode((folder / row["file"]).read_bytes()).text
        outcome = "right" if text == row["text"] else "in doubt" if text is None else "wrong"
        outcomes[outcome] += 1
        if outcome != "right":
            print(outcome, row["file"])
    print(outcomes.total(), "files:", dict(outcomes))


def _token_f1(found: str, gold: str) -> float:
    left, right = Counter(_TOKEN.findall(found)), Counter(_TOKEN.findall(gold))
    return 2 * (left & right).total() / max(left.total() + right.total(), 1)


def html(folder: Path) -> None:
    """Mean and lowest token F1 of the main text."""
    scores = []
    for row in _rows(folder / "html_gold.jsonl"):
        page = main_text((folder / row["file"]).read_text(encoding="utf-8"))
        scores.append(_token_f1(page.text, row["main_text"]))
    print(f"{len(scores)} pages: mean F1 {sum(scores) / len(scores):.4f}, lowest {min(scores):.4f}")


def _parquet(rows: list[dict]) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), file, compression="zstd")
    return file.getvalue()


def speed(path: Path) -> None:
    """CPU seconds and megabytes of the unpacked JSON Lines a second, each format."""
    data = path.read_bytes()
    rows = [{key: row.get(key) for key in ("text", "id", "url")} for row in _rows(path)]
    cases: list[tuple[str, str, Callable[[], bytes]]] = [
        *(
            (f"jsonl {name}", "jsonl", lambda pack=pack: pack(data))
            for name, pack in PACKERS.items()
        ),
        ("parquet zstd", "parquet", lambda: _parquet(rows)),
        ("text lines", "text", lambda: data),
    ]
    fields = {"text": "text", "id": "id", "url": "url"}
    for label, name, make in cases:
        file = io.BytesIO(make())
        start = time.process_time()
        records = by_name(name).records(file, WHOLE, Reading(fields=fields, unit="line"))
        count = sum(1 for _ in records)
        seconds = time.process_time() - start
        print(
            f"{label}: {count} records, {seconds:.2f} CPU s, {len(data) / seconds / 1e6:.0f} MB/s"
        )


if __name__ == "__main__":
    {"encodings": encodings, "html": html, "speed": speed}[sys.argv[1]](Path(sys.argv[2]))
