"""How far long work is: a bar on a terminal, else a plain line every ten seconds.

Everything is written to standard error, so standard output stays what the command answers.
"""

import sys
import threading
import time
from abc import ABC, abstractmethod
from types import TracebackType
from typing import Protocol, Self

LOOK_SECONDS = 0.5
LINE_SECONDS = 10.0


class View(Protocol):
    """Where it is shown."""

    def update(self, done: float, total: float, line: str) -> None:
        """Shows a state: how much of how much, and what is said of it."""

    def close(self) -> None:
        """Ends the showing."""


def view(name: str, *, to_the_end: bool = True) -> View:
    """A bar where there is a terminal, else lines that begin with the name of the work.

    Args:
        name: of the command.
        to_the_end: False takes the bar away at the end and says no last line of short work.
    """
    return _Bar(to_the_end) if sys.stderr.isatty() else _Lines(name, to_the_end)


def clock(seconds: float) -> str:
    """A time as people write it.

    >>> clock(5), clock(65), clock(3700)
    ('0:05', '1:05', '1:01:40')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


#: How much is done, of how much, and what is said of it.
State = tuple[float, float, str]


class Shown(ABC):
    """Work that is shown while its block lasts: a thread looks again and again how far it is.

    Args:
        where: it is shown; None: nowhere.
    """

    def __init__(self, where: View | None) -> None:
        self._view = where
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(where,), daemon=True)

    @abstractmethod
    def state(self) -> State | None:
        """How far the work is; None while nothing can be said."""

    def __enter__(self) -> Self:
        """Begins to look."""
        if self._view:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Looks a last time and stops."""
        if self._view:
            self._stop.set()
            self._thread.join()

    def _run(self, where: View) -> None:
        while not self._stop.wait(LOOK_SECONDS):
            self._look(where)
        self._look(where)
        where.close()

    def _look(self, where: View) -> None:
        state = self.state()
        if state:
            where.update(*state)


class Steps(Shown):
    """Shows work of several steps, each of which tells how much of it is done.

    Args:
        name: of the command.
        unit: what is counted.
        shown: False shows nothing at all.
    """

    def __init__(self, name: str, unit: str = "files", *, shown: bool = True) -> None:
        super().__init__(view(name, to_the_end=False) if shown else None)
        self._unit = unit
        self._told: tuple[str, int, int, float] | None = None

    def step(self, what: str, done: int, total: int) -> None:
        """Tells what is being done, how much of it is done, and how much there is."""
        goes_on = self._told is not None and self._told[0] == what
        started = self._told[3] if goes_on and self._told else time.monotonic()
        self._told = (what, done, total, started)

    def count(self, done: int, total: int) -> None:
        """The same for work of a single step."""
        self.step("", done, total)

    def state(self) -> State | None:
        """What was told last, with rate and time left."""
        if self._told is None:
            return None
        what, done, total, started = self._told
        rate = done / max(time.monotonic() - started, 0.001)
        left = f", {rate:,.1f} a second, {clock((total - done) / rate)} left" if rate else ""
        return done, total, f"{what}{': ' if what else ''}{done:,} of {total:,} {self._unit}{left}"


class _Bar:
    def __init__(self, to_the_end: bool) -> None:
        from rich.console import Console  # noqa: PLC0415  # slow to import
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn  # noqa: PLC0415

        columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"))
        console = Console(stderr=True)
        self._progress = Progress(*columns, console=console, transient=not to_the_end)
        self._task = self._progress.add_task("starting", total=None)
        self._progress.start()

    def update(self, done: float, total: float, line: str) -> None:
        self._progress.update(self._task, completed=done, total=max(total, 1), description=line)

    def close(self) -> None:
        self._progress.stop()


class _Lines:
    def __init__(self, name: str, to_the_end: bool) -> None:
        self._name, self._to_the_end = name, to_the_end
        self._last = time.monotonic()
        self._line = ""

    def update(self, done: float, total: float, line: str) -> None:
        self._line = f"{self._name}: {100 * done / max(total, 1):.0f} %, {line}"
        if time.monotonic() - self._last >= LINE_SECONDS:
            self._last = time.monotonic()
            self._print()

    def close(self) -> None:
        if self._to_the_end and self._line:
            self._print()

    def _print(self) -> None:
        sys.stderr.write(self._line + "\n")
        sys.stderr.flush()
