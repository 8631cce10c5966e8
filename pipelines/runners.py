"""Where a run can run: name, for whom, and the Beam options that it takes."""

import importlib.util
import logging
import os
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
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

    runner, options = usable(name).make(workers)
    return beam.Pipeline(runner=runner, options=PipelineOptions([*options, *beam_options]))


def quieten() -> None:
    """Beam logs at import about clouds that nobody asked for; errors stay. Call it first."""
    logging.getLogger().setLevel(logging.ERROR)
    logging.getLogger("apache_beam").setLevel(logging.CRITICAL)  # what it says is raised too
    warnings.filterwarnings("ignore", category=FutureWarning)
