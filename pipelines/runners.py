"""Where a run can run: name, for whom, and the Beam options that it takes."""

import atexit
import ctypes
import gc
import importlib.util
import logging
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from schemas.errors import InputError


@dataclass(frozen=True)
class Runner:
    """One way to run the job.

    Args:
        name: as `--runner` takes it.
        description: for whom, in one line.
        missing: says why it cannot be used here, or None when it can.
        make: Beam's runner and the options that it starts from.
    """

    name: str
    description: str
    missing: Callable[[], str | None]
    make: Callable[[int], tuple[Any, list[str]]]


def _local(workers: int) -> tuple[Any, list[str]]:
    from apache_beam.runners.portability.fn_api_runner.fn_runner import (  # noqa: PLC0415
        FnApiRunner,
    )

    # Threads, not processes: the kernels, Polars, Arrow and fastText release the lock, and
    # a second process costs its imports again (docs/decisions/0003-threads.md).
    mode = "multi_threading" if workers > 1 else "in_memory"
    options = [f"--direct_running_mode={mode}", f"--direct_num_workers={workers}"]
    return FnApiRunner(), options


def _available() -> str | None:
    return None if importlib.util.find_spec("apache_beam") else "apache-beam is not installed"


LOCAL = Runner("local", "one machine, no services (the default)", _available, _local)
RUNNERS: tuple[Runner, ...] = (LOCAL,)


def default_workers() -> int:
    """As many workers as there are processors for this process."""
    return len(os.sched_getaffinity(0))


def usable(name: str) -> Runner:
    """The runner of this name.

    Raises:
        InputError: there is no such runner, or it cannot be used here.
    """
    chosen = next((runner for runner in RUNNERS if runner.name == name), None)
    if chosen is None:
        known = ", ".join(runner.name for runner in RUNNERS)
        raise InputError(f"there is no runner {name!r}; known runners: {known}")
    if reason := chosen.missing():
        raise InputError(f"runner {name} cannot be used here: {reason}")
    return chosen


def make_pipeline(name: str, workers: int, beam_options: Sequence[str]) -> Any:  # noqa: ANN401
    """An empty Beam pipeline on a runner.

    Args:
        name: of a runner in `RUNNERS`.
        workers: how many work at once.
        beam_options: passed to Beam untouched; they win over ours.

    Raises:
        InputError: there is no such runner, or it cannot be used here.
    """
    import apache_beam as beam  # noqa: PLC0415  # takes seconds
    from apache_beam.options.pipeline_options import PipelineOptions  # noqa: PLC0415

    from pipelines import batch_coder  # noqa: PLC0415

    batch_coder.register()
    runner, options = usable(name).make(workers)
    return beam.Pipeline(runner=runner, options=PipelineOptions([*options, *beam_options]))


#: Beam and pyarrow import the first three when they find them, for tables and databases that no
#: step uses; numba the last, for linear algebra that no kernel does.
_UNUSED = ("pandas", "pymongo", "bson", "scipy.linalg")
#: Allocations between two looks for garbage; Python's own 700 make imports a tenth slower.
_SELDOM = (50_000, 20, 20)
#: Blocks of memory of this size and more go back to the system one by one. glibc would raise the
#: limit to 32 MB by itself, and a run of 100 MB would keep 50 MB that nobody uses (peaks 508 and
#: 556 MB at 10 and 100 MB, without this 506 and 603; the run of P3's test, 2026-11-25).
_OWN_BLOCK_BYTES = 4 << 20
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD = -1, -3  # malloc.h


class _LeftOut(MetaPathFinder, Loader):
    """Whoever tries to import what is left out finds that it is not installed."""

    def find_spec(
        self, fullname: str, path: object = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        return ModuleSpec(fullname, self) if fullname in _UNUSED else None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        raise ModuleNotFoundError(f"{name} is left out of runs", name=name)


def quieten() -> None:
    """What a process that is there for one run does first, before it imports Beam.

    Beam logs at import about clouds that nobody asked for; errors stay. What it would import
    and never use is left out, which takes a quarter off the start (3.7 CPU seconds, so 2.8;
    `python -c "…quieten(); import pipelines.curate"`, 2026-11-25).
    """
    if not any(isinstance(finder, _LeftOut) for finder in sys.meta_path):
        sys.meta_path.insert(0, _LeftOut())
    collect_seldom()
    _give_memory_back()
    logging.getLogger().setLevel(logging.ERROR)
    logging.getLogger("apache_beam").setLevel(logging.CRITICAL)  # what it says is raised too
    warnings.filterwarnings("ignore", category=FutureWarning)


def collect_seldom() -> None:
    """Looks for garbage less often, and not once more when the process ends.

    The last look, through all that was ever imported, took 0.3 of the 1.4 CPU seconds that
    importing what a run needs takes (2026-11-25).
    """
    gc.set_threshold(*_SELDOM)
    atexit.register(gc.freeze)


def _give_memory_back() -> None:
    """Tells the C library to keep no large free blocks; other libraries than glibc do not."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _OWN_BLOCK_BYTES)
        mallopt(_M_TRIM_THRESHOLD, _OWN_BLOCK_BYTES)
