"""Prism, Beam's portable runner for one machine: one program, named by path."""

from collections.abc import Iterator
from typing import Any

from pipelines import portable
from pipelines.runners.model import Options, Runner, beam_missing, value


def _problems(options: Options) -> Iterator[str]:
    yield from portable.environment_problems(options)
    if not value(options, "job_endpoint"):
        yield from portable.file_problems(options, "prism_location", "the program prism")


def _make(_: int, options: Options) -> tuple[Any, list[str]]:
    from apache_beam.runners.portability.prism_runner import PrismRunner  # noqa: PLC0415

    return PrismRunner(), ["--prism_log_level=warn", *portable.worker_options(options)]


RUNNER = Runner(
    "prism",
    "one machine, by the interfaces that clusters use",
    "--prism_location=FILE, or --job_endpoint=HOST:PORT",
    beam_missing,
    _problems,
    _make,
)
