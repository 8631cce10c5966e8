"""Builds the whole graph of a run for a runner, checks it, and sends it nowhere."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines import files
from pipelines.inputs import InputFile, find_all
from pipelines.load import load_run
from pipelines.run import Run
from pipelines.runners import default_workers, make_pipeline, usable
from schemas.errors import InputError

#: Between these two steps the elements are documents.
_FIRST, _LAST = "read", "stage"
_PAR_DO = "beam:transform:pardo:v1"
_GROUP = "beam:transform:group_by_key:v1"
_SHUFFLES = (_GROUP, "beam:transform:reshuffle:v1")


@dataclass(frozen=True)
class Plan:
    """What would be sent to an engine.

    Args:
        runner: name of the runner.
        files: how many input files there are.
        bytes: of all of them.
        steps: names of the steps, in the order of the graph.
        shuffles: names of the steps through which elements go from worker to worker.
        coders: kind of coder -> how many collections it packs.
        graph_bytes: size of the graph as it is sent; services refuse one of more than 10 MB.
        environments: how workers are started.
        options: what is said to Beam.
        outside: places that the engine's workers do not see.
    """

    runner: str
    files: int
    bytes: int
    steps: list[str]
    shuffles: list[str]
    coders: dict[str, int]
    graph_bytes: int
    environments: list[str]
    options: dict[str, Any]
    outside: list[str] = field(default_factory=list)

    def as_text(self) -> str:
        """The same for a person; options one a line, as they are sent."""
        options = [f"  --{name}={value}" for name, value in sorted(self.options.items())]
        outside = [f"  {place}" for place in self.outside]
        return "\n".join([
            f"{self.runner}: {self.files:,} input files, {self.bytes / 1e6:,.1f} MB",
            f"graph: {len(self.steps)} steps, {self.graph_bytes / 1e6:.2f} MB as it is sent",
            f"steps: {', '.join(self.steps)}",
            f"from worker to worker at: {', '.join(self.shuffles)} (no text; promise P3)",
            f"workers: {', '.join(self.environments)}",
            "options:", *options,
            *(["not seen by its workers, on this machine's disk:", *outside] if outside else []),
            "nothing was sent",
        ])  # fmt: skip


def dry_run(
    run_file: Path,
    overrides: dict[str, Any],
    out: str | None,
    runner: str,
    workers: int,
    beam_options: tuple[str, ...],
) -> Plan:
    """The graph and options of a run, checked; no document is read.

    Raises:
        InputError: the run file, cards, policy or options are wrong, the policy does not allow
            a place or region, or the graph would carry text from one worker to another.
    """
    usable(runner, beam_options)
    workers = workers or default_workers()
    run = load_run(run_file, overrides, out, beam_options)
    files.use_beam_options(beam_options)
    inputs = find_all(run)
    from pipelines.curate import curate  # noqa: PLC0415  # takes seconds

    pipeline = make_pipeline(runner, workers, beam_options)
    curate(pipeline, run, inputs)
    return describe(pipeline, runner, run, inputs)


def describe(pipeline: Any, runner: str, run: Run, inputs: list[InputFile]) -> Plan:  # noqa: ANN401
    """What a built pipeline holds; refuses one that is not as it must be."""
    graph = portable_graph(pipeline)
    if carried := list(texts_between_workers(graph)):
        raise InputError(f"text would cross from worker to worker behind {', '.join(carried)}")
    transforms = graph.components.transforms
    coders = graph.components.coders
    packed = Counter(
        coders[one.coder_id].spec.urn for one in graph.components.pcollections.values()
    )
    return Plan(
        runner=runner,
        files=len(inputs),
        bytes=sum(one.bytes for one in inputs),
        steps=_steps(pipeline),
        shuffles=sorted({_step(one) for one in transforms.values() if one.spec.urn in _SHUFFLES}),
        coders=dict(sorted(packed.items())),
        graph_bytes=graph.ByteSize(),
        environments=[one.urn for one in graph.components.environments.values()],
        options=pipeline.options.get_all_options(drop_default=True),
        outside=list(_outside(runner, run, inputs)),
    )


def portable_graph(pipeline: Any) -> Any:  # noqa: ANN401  # Beam's classes carry no types
    """The graph as every portable engine is given it."""
    from apache_beam.runners.portability.portable_runner import PortableRunner  # noqa: PLC0415

    return PortableRunner.get_proto_pipeline(pipeline, pipeline.options)


def _steps(pipeline: Any) -> list[str]:  # noqa: ANN401
    graph = pipeline.to_runner_api()
    whole = graph.components.transforms
    named = [
        _step(whole[one]) for root in graph.root_transform_ids for one in whole[root].subtransforms
    ]
    return list(dict.fromkeys(named))


def _step(transform: Any) -> str:  # noqa: ANN401
    """The name that a step has in `pipelines/curate.py`."""
    return str(transform.unique_name).partition("/")[0]


def texts_between_workers(graph: Any) -> Iterator[str]:  # noqa: ANN401
    """Steps by which documents would leave their worker between read and stage (promise P3).

    A document stays where every step between is done element by element: engines fuse such
    steps into one stage. It leaves when it is grouped, shuffled or made a side input.
    """
    leaves = [one for one in graph.components.transforms.values() if not one.subtransforms]
    waiting = [name for one in leaves if one.unique_name == _FIRST for name in one.outputs.values()]
    while waiting:
        carried = waiting.pop()
        for one in leaves:
            if carried not in one.inputs.values():
                continue
            if one.spec.urn != _PAR_DO or carried in _side_inputs(one):
                yield one.unique_name
            elif one.unique_name != _LAST:
                waiting += one.outputs.values()


def _side_inputs(par_do: Any) -> list[str]:  # noqa: ANN401
    from apache_beam.portability.api import beam_runner_api_pb2  # noqa: PLC0415

    payload = beam_runner_api_pb2.ParDoPayload.FromString(par_do.spec.payload)
    return [par_do.inputs[name] for name in payload.side_inputs]


def _outside(runner: str, run: Run, inputs: list[InputFile]) -> Iterator[str]:
    """Places on this machine's disk, for an engine that stands elsewhere."""
    if runner != "dataflow":
        return
    places = {"output": run.release, "what is staged": run.state, "key": run.keyring.path}
    yield from (f"{what}: {place}" for what, place in places.items() if files.is_local(place))
    sources = Counter(one.source for one in inputs if files.is_local(one.path))
    yield from (f"source {name}: {count:,} files" for name, count in sorted(sources.items()))
