"""Apache Spark: a programme's own cluster, by Beam's job server for Spark."""

from collections.abc import Iterator
from typing import Any

from pipelines import portable
from pipelines.runners.model import Options, Runner, beam_missing, value


def _problems(options: Options) -> Iterator[str]:
    yield from portable.environment_problems(options)
    if value(options, "job_endpoint"):
        return
    if value(options, "spark_master_url") is None:
        yield "--spark_master_url: name the cluster's master, such as spark://spark.lan:7077"
    yield from portable.file_problems(
        options, "spark_job_server_jar", "the jar of Beam's job server for Spark"
    )
    yield from portable.java_problems()


def _make(_: int, options: Options) -> tuple[Any, list[str]]:
    from apache_beam.runners.portability.spark_runner import SparkRunner  # noqa: PLC0415

    return SparkRunner(), portable.worker_options(options)


RUNNER = Runner(
    "spark",
    "your own Spark cluster",
    "--spark_master_url=spark://HOST:PORT --spark_job_server_jar=FILE, or --job_endpoint=HOST:PORT",
    beam_missing,
    _problems,
    _make,
)
