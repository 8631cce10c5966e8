"""This machine alone, without any service: Beam's own runner for one machine."""

from collections.abc import Iterator
from typing import Any

from pipelines.runners.model import Options, Runner, beam_missing


def _problems(_: Options) -> Iterator[str]:
    yield from ()


def _make(workers: int, _: Options) -> tuple[Any, list[str]]:
    from apache_beam.runners.portability.fn_api_runner.fn_runner import (  # noqa: PLC0415
        FnApiRunner,
    )

    # Threads, not processes: the kernels, Polars, Arrow and fastText release the lock, and
    # a second process costs its imports again (docs/decisions/0003-threads.md).
    mode = "multi_threading" if workers > 1 else "in_memory"
    options = [f"--direct_running_mode={mode}", f"--direct_num_workers={workers}"]
    return FnApiRunner(), options


RUNNER = Runner(
    "local", "one machine, no services (the default)", "", beam_missing, _problems, _make
)
