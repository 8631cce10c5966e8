"""Apache Flink: a programme's own cluster, by Beam's job server for Flink."""

from collections.abc import Iterator
from typing import Any

from pipelines import portable
from pipelines.runners.model import Options, Runner, beam_missing, value


def _problems(options: Options) -> Iterator[str]:
    yield from portable.environment_problems(options)
    if value(options, "job_endpoint"):
        return
    master = value(options, "flink_master")
    if master is None or master.startswith("["):
        yield "--flink_master: name the cluster's job manager as HOST:PORT, such as flink.lan:8081"
    yield from portable.file_problems(
        options, "flink_job_server_jar", "the jar of Beam's job server for the cluster's Flink"
    )
    yield from portable.java_problems()


def _make(workers: int, options: Options) -> tuple[Any, list[str]]:
    from apache_beam.runners.portability.flink_runner import FlinkRunner  # noqa: PLC0415

    return FlinkRunner(), [f"--parallelism={workers}", *portable.worker_options(options)]


RUNNER = Runner(
    "flink",
    "your own Flink cluster",
    "--flink_master=HOST:PORT --flink_job_server_jar=FILE, or --job_endpoint=HOST:PORT",
    beam_missing,
    _problems,
    _make,
)
