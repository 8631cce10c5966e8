"""Google Cloud Dataflow: the graph and the options are built and checked here, without an account.

A run is not sent there yet: what is staged lies on a disk that its workers do not see
(docs/running-on-dataflow.md). `--dry-run` says what would be sent.
"""

from collections.abc import Iterator
from typing import Any

from pipelines.runners.model import Options, Runner, beam_missing, value

_NEEDED = {
    "project": "the project that pays, such as --project=archive-ke",
    "region": "where the workers stand, such as --region=europe-west3",
    "temp_location": "a bucket for what the service keeps while it works, as gs://BUCKET/FOLDER",
    "sdk_container_image": "the image made from the Containerfile; workers install nothing",
}


def _problems(options: Options) -> Iterator[str]:
    if lacking := [name for name in _NEEDED if not value(options, name)]:
        yield from (f"--{name}: name {_NEEDED[name]}" for name in lacking)
        return
    from apache_beam.options.pipeline_options import PipelineOptions  # noqa: PLC0415
    from apache_beam.options.pipeline_options_validator import (  # noqa: PLC0415
        PipelineOptionsValidator,
    )

    # Beam checks these only for its own class, which wants Google's packages to be there.
    judged_as = type("DataflowRunner", (), {})()
    parsed = PipelineOptions([*options, "--runner=DataflowRunner"])
    yield from PipelineOptionsValidator(parsed, judged_as).validate()


def _make(workers: int, options: Options) -> tuple[Any, list[str]]:
    from apache_beam.runners.portability.portable_runner import PortableRunner  # noqa: PLC0415

    image = value(options, "sdk_container_image")
    environment = ["--environment_type=DOCKER", f"--environment_config={image}"]
    return PortableRunner(), [*environment, f"--num_workers={workers}"]


RUNNER = Runner(
    "dataflow",
    "Google Cloud: with --dry-run, to see what would be sent",
    " ".join(f"--{name}=…" for name in _NEEDED),
    beam_missing,
    _problems,
    _make,
    not_sent="what a run stages lies on this machine's disk, which its workers do not see",
)
