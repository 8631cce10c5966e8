"""A run with one fault in it: `python -m tests.chaos.faulty FAULT SEED RUN.yaml`.

The fault comes at a random call of what it is about, once; everything else is the real command.
"""

import errno
import random
import sys
import time
from collections.abc import Callable

#: So many calls of each kind a run of `SOURCES` makes, about; a fault comes among them.
CALLS = {"full": 60, "unreadable": 40, "timeout": 8, "clock": 1}


def _at_random(kind: str, seed: int) -> Callable[[], bool]:
    """True once, at a random call."""
    left = random.Random(seed).randint(1, CALLS[kind])

    def now() -> bool:
        nonlocal left
        left -= 1
        return left == 0

    return now


def full(seed: int) -> None:
    """The disk is full, once."""
    import os

    now, real = _at_random("full", seed), os.fsync

    def fsync(descriptor: int) -> None:
        if now():
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    os.fsync = fsync


def unreadable(seed: int) -> None:
    """The disk or the network fails while a file is read, once."""
    from pipelines.watched import WatchedFile

    now, real = _at_random("unreadable", seed), WatchedFile.__init__

    class Failing:
        def __init__(self, file):
            self._file = file

        def __getattr__(self, name):
            return getattr(self._file, name)

        def readinto(self, buffer):
            if now():
                raise OSError(errno.EIO, "Input/output error")
            return self._file.readinto(buffer)

    WatchedFile.__init__ = lambda self, file, path: real(self, Failing(file), path)


def timeout(seed: int) -> None:
    """A step gives up, once, in the middle of its work."""
    from pipelines.steps import identify, measure, normalise, scrub, stage

    step = random.Random(seed).choice([normalise, identify, measure, scrub, stage])
    name = step.__name__.rpartition(".")[2]
    now, real = _at_random("timeout", seed), getattr(step, name)

    def late(*arguments, **named):
        if now():
            raise TimeoutError("the secret text of a document")
        return real(*arguments, **named)

    setattr(step, name, late)


def clock(seed: int) -> None:
    """The clock jumps by years, forwards or back, while the run works."""
    years, begun, real = random.Random(seed).choice([-20, -1, 1, 20]), time.monotonic(), time.time
    after = random.Random(seed).uniform(0, 5)

    def jumped() -> float:
        return real() + (years * 31_557_600 if time.monotonic() - begun > after else 0)

    time.time = jumped


FAULTS = {one.__name__: one for one in (full, unreadable, timeout, clock)}

if __name__ == "__main__":
    kind, seed, run = sys.argv[1:]
    FAULTS[kind](int(seed))
    from pipelines.cli import main

    sys.argv = ["endonym", "curate", run, "--json", "--no-report", "--workers", "1"]
    main()
