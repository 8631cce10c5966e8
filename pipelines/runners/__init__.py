"""Where a run can run: every runner, and the empty pipeline on one of them."""

import os
from collections.abc import Sequence
from typing import Any

from pipelines.quiet import collect_seldom, quieten
from pipelines.runners import dataflow, flink, local, prism, spark
from pipelines.runners.model import Runner
from schemas.errors import InputError

__all__ = [
    "RUNNERS",
    "Runner",
    "collect_seldom",
    "default_workers",
    "make_pipeline",
    "quieten",
    "usable",
]

RUNNERS: tuple[Runner, ...] = (
    local.RUNNER,
    flink.RUNNER,
    spark.RUNNER,
    prism.RUNNER,
    dataflow.RUNNER,
)


def default_workers() -> int:
    """As many workers as there are processors for this process."""
    return len(os.sched_getaffinity(0))


def usable(name: str, beam_options: Sequence[str] = (), *, is_sent: bool = False) -> Runner:
    """The runner of this name.

    Args:
        name: as `--runner` takes it.
        beam_options: as they are given to Beam.
        is_sent: the run is to take place, and not only to be built and checked.

    Raises:
        InputError: there is no such runner, it cannot be used here, or the options of Beam do
            not say what it asks for; all that is wrong is told at once.
    """
    chosen = next((runner for runner in RUNNERS if runner.name == name), None)
    if chosen is None:
        known = ", ".join(runner.name for runner in RUNNERS)
        raise InputError(f"there is no runner {name!r}; known runners: {known}")
    if reason := chosen.missing():
        raise InputError(f"runner {name} cannot be used here: {reason}")
    if is_sent and chosen.not_sent:
        raise InputError(f"runner {name} runs nothing yet: {chosen.not_sent}; add --dry-run")
    if problems := list(chosen.problems(beam_options)):
        ask = f"\nafter -- it takes {chosen.asks}" if chosen.asks else ""
        raise InputError(f"runner {name} cannot run so:\n" + "\n".join(problems) + ask)
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
    runner, options = usable(name, beam_options).make(workers, beam_options)
    return beam.Pipeline(runner=runner, options=PipelineOptions([*options, *beam_options]))
