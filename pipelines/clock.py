"""How long each step took, for the journal and for `make profile`.

Seconds of the wall clock, added up over the threads of this process; steps that ran in
other processes are not in them.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar

_seconds: Counter[str] = Counter()
_lock = threading.Lock()
Step = TypeVar("Step", bound=Callable[..., Any])


@contextmanager
def clock(name: str) -> Iterator[None]:
    """Adds the time of a block to the seconds of a step."""
    started = time.perf_counter()
    try:
        yield
    finally:
        with _lock:
            _seconds[name] += time.perf_counter() - started  # type: ignore[assignment]  # counts seconds


def clocked(name: str) -> Callable[[Step], Step]:
    """The same for a whole function."""

    def wrap(step: Step) -> Step:
        @wraps(step)
        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401  # whatever the step takes
            with clock(name):
                return step(*arguments, **named)

        return timed  # type: ignore[return-value]

    return wrap


def seconds() -> dict[str, float]:
    """Seconds of every step so far, rounded to milliseconds."""
    with _lock:
        return {name: round(value, 3) for name, value in _seconds.items()}
