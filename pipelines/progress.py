"""What is shown while a run works: documents, megabytes, rate and time left.

The receipts that the steps leave are counted; so the view is right whatever the runner,
and a run that goes on after a kill starts from what is done.
"""

import json
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from pipelines.inputs import InputFile
from pipelines.run import Run

LOOK_SECONDS = 0.5
LINE_SECONDS = 10.0


class _View(Protocol):
    def update(self, done: int, total: int, line: str) -> None: ...

    def close(self) -> None: ...


class Watcher:
    """Watches the receipts of a run in a thread of its own and shows how far it is.

    Args:
        run: the run.
        inputs: all its input files, for the total.
        shown: False shows nothing at all.
    """

    def __init__(self, run: Run, inputs: Sequence[InputFile], *, shown: bool = True) -> None:
        self._folder = Path(run.state)
        self._total = sum(file.bytes for file in inputs)
        self._shown = shown
        self._seen: dict[str, tuple[int, int]] = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        """Begins to watch."""
        if self._shown:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Shows the last state and stops."""
        self._stop.set()
        if self._shown:
            self._thread.join()

    def _watch(self) -> None:
        view: _View = _Bar() if sys.stderr.isatty() else _Lines()
        while not self._stop.wait(LOOK_SECONDS):
            self._show(view)
        self._show(view)
        view.close()

    def _show(self, view: _View) -> None:
        for path in (self._folder / "staged").glob("[!.]*.json"):
            if path.name not in self._seen:
                self._seen[path.name] = _sizes(path)
        shards = len(list((self._folder / "written").glob("*/[!.]*.json")))
        done = min(sum(size for size, _ in self._seen.values()), self._total)
        documents = sum(rows for _, rows in self._seen.values())
        view.update(done, self._total, self._line(done, documents, shards))

    def _line(self, done: int, documents: int, shards: int) -> str:
        seconds = max(time.monotonic() - self._started, 0.001)
        rate = done / 1e6 / seconds
        if shards:
            return f"{documents:,} documents, writing: {shards:,} files"
        if not done:
            return "starting"
        left = (self._total - done) / 1e6 / rate
        return f"{documents:,} documents, {rate:.1f} MB/s, {_clock(left)} left"


def _sizes(path: Path) -> tuple[int, int]:
    receipt: dict[str, Any] = json.loads(path.read_bytes())
    return receipt["read_bytes"], sum(group["rows"] for group in receipt["groups"])


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


class _Bar:
    """A moving bar, where there is a terminal."""

    def __init__(self) -> None:
        from rich.console import Console  # noqa: PLC0415  # slow to import
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415

        columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
        self._progress = Progress(*columns, console=Console(stderr=True))
        self._task = self._progress.add_task("starting", total=None)
        self._progress.start()

    def update(self, done: int, total: int, line: str) -> None:
        self._progress.update(self._task, completed=done, total=max(total, 1), description=line)

    def close(self) -> None:
        self._progress.stop()


class _Lines:
    """A plain line every ten seconds, where there is none."""

    def __init__(self) -> None:
        self._last = time.monotonic()
        self._line = ""

    def update(self, done: int, total: int, line: str) -> None:
        self._line = f"curate: {100 * done / max(total, 1):.0f} %, {line}"
        if time.monotonic() - self._last >= LINE_SECONDS:
            self._last = time.monotonic()
            self._print()

    def close(self) -> None:
        self._print()

    def _print(self) -> None:
        sys.stderr.write(self._line + "\n")
        sys.stderr.flush()
