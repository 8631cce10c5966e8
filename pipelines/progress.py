"""What is shown while a run works: documents, megabytes, rate and time left.

The receipts that the steps leave are counted; so the view is right whatever the runner,
and a run that goes on after a kill starts from what is done.
"""

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from pipelines.inputs import InputFile
from pipelines.run import Run
from pipelines.shown import Shown, State, clock, view


class Watcher(Shown):
    """Watches the receipts of a run in a thread of its own and shows how far it is.

    Args:
        run: the run.
        inputs: all its input files, for the total.
        shown: False shows nothing at all.
    """

    def __init__(self, run: Run, inputs: Sequence[InputFile], *, shown: bool = True) -> None:
        super().__init__(view("curate") if shown else None)
        self._folder = Path(run.state)
        self._total = sum(file.bytes for file in inputs)
        self._seen: dict[str, tuple[int, int]] = {}
        self._before = 0
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        """Begins to watch."""
        self._before = self._read_bytes()
        return super().__enter__()

    def _read_bytes(self) -> int:
        """Bytes of input that are staged, by the receipts that lie there."""
        for path in (self._folder / "receipts").glob("[!.]*.json"):
            if path.name not in self._seen:
                self._seen[path.name] = _sizes(path)
        return min(sum(size for size, _ in self._seen.values()), self._total)

    def state(self) -> State:
        """Bytes that are staged, of all, and what is said of it."""
        done = self._read_bytes()
        documents = sum(rows for _, rows in self._seen.values())
        return done, self._total, self._line(done, documents)

    def _line(self, done: int, documents: int) -> str:
        shards = len(list((self._folder / "written").glob("*/[!.]*.json")))
        if shards:
            return f"{documents:,} documents, writing: {shards:,} files"
        if not done:
            return "starting"
        if done >= self._total:
            return f"{documents:,} documents, looking for duplicates"
        seconds = max(time.monotonic() - self._started, 0.001)
        # What an earlier attempt did is done, but says nothing of how fast this one is.
        rate = (done - self._before) / 1e6 / seconds
        left = clock((self._total - done) / 1e6 / rate) if rate else "?"
        return f"{documents:,} documents, {rate:.1f} MB/s, {left} left"


def _sizes(path: Path) -> tuple[int, int]:
    noted: dict[str, Any] = json.loads(path.read_bytes())
    return noted["read_bytes"], noted["rows"]
