"""What Beam's portable runners share: how their workers are started, and what is asked of them.

A worker is a process of its own on the machine where the engine has it started; it finds the
release's state, the key and the inputs under the same paths (docs/running-on-flink.md). Nothing
is ever downloaded: Beam would fetch job servers and containers by itself (promise P9).
"""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipelines.runners.model import Options, value

#: The command by which an engine starts a worker.
WORKER = "endonym-worker"
#: Options by which a person says where workers run; ours stand back when one is given.
_ENVIRONMENT = ("environment_type", "environment_config", "environment_options",
                "environment_option")  # fmt: skip
#: A worker that has nothing to do is kept so long for the next stage. Without it Flink starts new
#: ones for each of some thirty stages, and every start costs imports and compiled kernels.
_KEPT_MS = 120_000


def worker_options(options: Options) -> list[str]:
    """The options that make an engine start our workers as processes on its machines.

    Polars gets one thread in each: the engine decides how much runs at once.
    """
    shared = ["--default_sdk_harness_log_level=ERROR", f"--environment_cache_millis={_KEPT_MS}"]
    if any(value(options, name) for name in _ENVIRONMENT):
        return shared
    config = {"command": worker_command(), "env": {"POLARS_MAX_THREADS": "1"}}
    return [*shared, "--environment_type=PROCESS", f"--environment_config={json.dumps(config)}"]


def run_to_end(pipeline: Any) -> None:  # noqa: ANN401  # Beam's classes carry no types
    """Runs a pipeline, here or elsewhere, and waits; stopped here, it is stopped there too.

    Raises:
        Exception: whatever the engine says went wrong.
    """
    result = pipeline.run()
    try:
        result.wait_until_finish()
    except KeyboardInterrupt:
        with suppress(Exception):  # the engine may be gone; that the person stopped it is told
            result.cancel()
        raise


def worker_command() -> str:
    """The path of the worker command beside the Python that runs."""
    return str(Path(sys.executable).with_name(WORKER))


def environment_problems(options: Options) -> Iterator[str]:
    """What is wrong with where workers are to run."""
    kind = value(options, "environment_type")
    given = any(value(options, name) for name in _ENVIRONMENT)
    if not given and not Path(worker_command()).exists():
        yield f"{worker_command()}: the worker command is not installed; install Endonym again"
    if given and kind is None:
        yield "--environment_type: say PROCESS, EXTERNAL or DOCKER where the environment is given"
    if kind == "DOCKER" and not value(options, "environment_config"):
        yield (
            "--environment_config: name the container image; Beam would download one without"
            " Endonym in it"
        )


def java_problems() -> Iterator[str]:
    """Whether a job server can be started here."""
    if shutil.which("java") is None:
        yield (
            "there is no java on the PATH to start the job server with; install a JDK 17, or name"
            " a job server that runs elsewhere with --job_endpoint=HOST:PORT"
        )


def file_problems(options: Options, name: str, what: str) -> Iterator[str]:
    """Whether an option names a file that is there."""
    path = value(options, name)
    if path is None:
        yield f"--{name}: name {what}; nothing is downloaded"
    elif not Path(path).is_file():
        yield f"--{name}: there is no file {path}"
