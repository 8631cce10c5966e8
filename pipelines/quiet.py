"""What a process that is there for one run does first, so that it starts soon and says little."""

import atexit
import ctypes
import gc
import logging
import os
import sys
import warnings
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

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
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
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
    _multiply_alone()
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


def _multiply_alone() -> None:
    """Lets numpy's library for linear algebra use one thread, where nobody has said otherwise.

    The products here are too small to share: its threads waited in a busy loop for 0.5 of the 16
    CPU seconds of a run over 100 MB (`perf record`, blas_thread_server, 2026-11-25). Read when
    numpy is imported.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
