"""The command by which an engine starts a worker on one of its machines (`endonym-worker`).

Flink, Spark and Prism start a process and tell it where they listen; Beam's own containers
have a program for this that is not part of its Python package. What is needed of it is little:
ask the engine for the options of the run, and become Beam's worker.

Source: Beam's container contract, `BEAM_FN_API` (control, logging and provision endpoints).
"""

import argparse
import os
import tempfile
from typing import Any

from pipelines.quiet import quieten


def main(arguments: list[str] | None = None) -> None:
    """Starts a worker; it ends when the engine lets it go.

    Args:
        arguments: as the engine gives them; those of this process when None.
    """
    given = _parse(arguments)
    quieten()
    os.environ |= _environment(given)
    from apache_beam.runners.worker import sdk_worker_main  # noqa: PLC0415  # takes seconds

    sdk_worker_main.main([])


def _parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="endonym-worker", description=main.__doc__)
    parser.add_argument("--id", required=True, help="how the engine calls this worker")
    for name in ("control", "logging", "provision", "artifact"):
        help_text = f"where the engine listens for {name}"
        parser.add_argument(f"--{name}_endpoint", default="", help=help_text)
    known, _ = parser.parse_known_args(arguments)
    known.id = known.id.strip("'")  # Prism quotes it as for a shell, and there is none
    return known


def _environment(given: argparse.Namespace) -> dict[str, str]:
    """What Beam's worker looks for in its environment."""
    from google.protobuf import (  # type: ignore[import-untyped]  # noqa: PLC0415
        json_format,
        text_format,
    )

    info = _provisioned(given)
    control = given.control_endpoint or info.control_endpoint.url
    logging = given.logging_endpoint or info.logging_endpoint.url
    return {
        "WORKER_ID": given.id,
        "PIPELINE_OPTIONS": json_format.MessageToJson(info.pipeline_options),
        "CONTROL_API_SERVICE_DESCRIPTOR": text_format.MessageToString(_service(control)),
        "LOGGING_API_SERVICE_DESCRIPTOR": text_format.MessageToString(_service(logging)),
        "RUNNER_CAPABILITIES": " ".join(info.runner_capabilities),
        "SEMI_PERSISTENT_DIRECTORY": tempfile.gettempdir(),
    }


def _service(url: str) -> Any:  # noqa: ANN401  # Beam's messages carry no types
    from apache_beam.portability.api import endpoints_pb2  # noqa: PLC0415

    return endpoints_pb2.ApiServiceDescriptor(url=url)


def _provisioned(given: argparse.Namespace) -> Any:  # noqa: ANN401
    """What the engine has for this worker: the run's options, above all."""
    import grpc  # type: ignore[import-untyped]  # noqa: PLC0415
    from apache_beam.portability.api import (  # noqa: PLC0415
        beam_provision_api_pb2,
        beam_provision_api_pb2_grpc,
    )

    with grpc.insecure_channel(given.provision_endpoint) as channel:
        service = beam_provision_api_pb2_grpc.ProvisionServiceStub(channel)
        request = beam_provision_api_pb2.GetProvisionInfoRequest()
        known_as = [("worker_id", given.id)]
        return service.GetProvisionInfo(request, metadata=known_as, timeout=60).info


if __name__ == "__main__":
    main()
