"""Runners: what each asks for, how workers are started, and the graph that engines are given."""

import dataclasses
import importlib
import json
import pkgutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import apache_beam as beam
import pytest
import yaml
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.pvalue import AsList
from apache_beam.runners.pipeline_context import PipelineContext
from apache_beam.runners.portability.portable_runner import PortableRunner

import pipelines.runners as package
from pipelines import portable, worker
from pipelines.curate import curate
from pipelines.dry_run import dry_run, portable_graph, texts_between_workers
from pipelines.inputs import find_all
from pipelines.job import Job
from pipelines.load import load_run
from pipelines.runners import RUNNERS, make_pipeline, usable
from pipelines.runners.model import value
from schemas.errors import InputError
from tests import runs

DATAFLOW = ("--project=archive-ke", "--region=europe-west3", "--temp_location=gs://archive/tmp",
            "--sdk_container_image=registry.example.org/endonym:0.1")  # fmt: skip
#: For each runner that is sent to, options that would do.
ENOUGH = {
    "flink": ("--job_endpoint=localhost:1",),
    "spark": ("--job_endpoint=localhost:1",),
    "prism": ("--job_endpoint=localhost:1",),
    "dataflow": DATAFLOW,
    "local": (),
}


@pytest.fixture(scope="module")
def run_file(tmp_path_factory):
    return runs.make_run(tmp_path_factory.mktemp("graph"), ("notes", "press", "crawl-text"))


@pytest.fixture(scope="module")
def graph(run_file):
    run = load_run(run_file)
    pipeline = make_pipeline("flink", 2, ENOUGH["flink"])
    curate(pipeline, run, find_all(run))
    return portable_graph(pipeline)


def test_every_module_of_the_folder_is_a_runner_in_the_registry():
    modules = {one.name for one in pkgutil.iter_modules(package.__path__)} - {"model"}
    assert {one.name for one in RUNNERS} == modules == set(ENOUGH)
    for one in RUNNERS:
        assert importlib.import_module(f"pipelines.runners.{one.name}").RUNNER is one


@pytest.mark.parametrize("name", ENOUGH)
def test_a_runner_that_has_what_it_asks_for_is_usable(name):
    assert usable(name, ENOUGH[name]).name == name
    assert make_pipeline(name, 2, ENOUGH[name]).options is not None


@pytest.mark.parametrize("name", ["flink", "spark", "prism", "dataflow"])
def test_a_runner_without_its_options_says_all_that_it_lacks(name):
    with pytest.raises(InputError) as caught:
        usable(name)
    asked = [word.partition("=")[0] for word in usable(name, ENOUGH[name]).asks.split()]
    options = {word for word in asked if word.startswith("--")} - {"--job_endpoint"}
    assert options
    assert all(option in str(caught.value) for option in options)


def test_a_jar_that_is_not_there_is_named_and_none_is_downloaded(tmp_path):
    options = ("--flink_master=localhost:1", f"--flink_job_server_jar={tmp_path / 'none.jar'}")
    with pytest.raises(InputError, match=r"there is no file .*none\.jar"):
        usable("flink", options)


def test_a_container_without_a_name_is_refused_since_beam_would_fetch_its_own():
    with pytest.raises(InputError, match="name the container image"):
        usable("flink", (*ENOUGH["flink"], "--environment_type=DOCKER"))


def test_a_run_is_never_sent_to_a_runner_that_cannot_take_it(run_file):
    with pytest.raises(InputError, match="add --dry-run"):
        Job(run_file, runner="dataflow", beam_options=DATAFLOW).curate(with_progress=False)


@pytest.mark.parametrize("name", ["flink", "spark", "prism"])
def test_workers_are_processes_of_ours_with_one_thread_of_polars_each(name):
    options = make_pipeline(name, 2, ENOUGH[name]).options.get_all_options()
    config = json.loads(options["environment_config"])
    assert options["environment_type"] == "PROCESS"
    assert Path(config["command"]).name == portable.WORKER
    assert config["env"] == {"POLARS_MAX_THREADS": "1"}


def test_where_workers_run_can_be_said_otherwise():
    said = ("--environment_type=EXTERNAL", "--environment_config=localhost:50000")
    options = make_pipeline("flink", 2, (*ENOUGH["flink"], *said)).options.get_all_options()
    assert options["environment_type"] == "EXTERNAL"
    assert options["environment_config"] == "localhost:50000"


def test_options_are_read_as_beam_reads_them():
    assert value(["--region=a", "--region", "b", "--streaming"], "region") == "b"
    assert value(["--streaming"], "streaming") is None


def test_every_collection_of_the_graph_has_a_coder_that_a_worker_can_make(graph):
    context = PipelineContext(graph.components)
    for one in graph.components.pcollections.values():
        assert context.coders.get_by_id(one.coder_id) is not None


def test_every_step_of_the_graph_is_one_that_portable_engines_know(graph):
    known = ("beam:transform:", "beam:combine:")
    leaves = [one for one in graph.components.transforms.values() if not one.subtransforms]
    assert len(leaves) > 40
    assert [one.unique_name for one in leaves if not one.spec.urn.startswith(known)] == []


def test_no_document_leaves_its_worker_between_read_and_stage(graph):
    assert list(texts_between_workers(graph)) == []


def _made(build):
    pipeline = beam.Pipeline(runner=PortableRunner(), options=PipelineOptions([]))
    read = pipeline | beam.Create([1]) | "read" >> beam.Map(str)
    build(pipeline, read | "admit" >> beam.Map(str))
    return portable_graph(pipeline)


def test_a_graph_that_shuffles_documents_is_found_out():
    def shuffled(_, read):
        read | "mix" >> beam.Reshuffle() | "stage" >> beam.Map(str)

    assert list(texts_between_workers(_made(shuffled))) != []


def test_a_graph_that_hands_documents_to_all_workers_is_found_out():
    def shown(pipeline, read):
        read | "stage" >> beam.Map(str)
        pipeline | "one" >> beam.Create([1]) | "look" >> beam.Map(max, AsList(read))

    assert list(texts_between_workers(_made(shown))) == ["look"]


def test_neither_key_nor_text_stands_in_the_graph(graph, run_file):
    secret = (run_file.parent / "key").read_text(encoding="ascii")
    assert secret.encode() not in graph.SerializeToString()
    assert bytes.fromhex(secret) not in graph.SerializeToString()


def test_a_dry_run_says_what_would_be_sent_and_makes_nothing(run_file, tmp_path):
    plan = dry_run(run_file, {}, str(tmp_path / "out"), "dataflow", 2, DATAFLOW)
    assert plan.steps[0] == "input files"
    assert {"read", "scrub", "stage", "write shards", "finish"} <= set(plan.steps)
    assert set(plan.shuffles) < set(plan.steps)
    assert plan.graph_bytes < 10_000_000
    assert plan.environments == ["beam:env:docker:v1"]
    assert plan.options["region"] == "europe-west3"
    assert any(place.startswith("what is staged: ") for place in plan.outside)
    assert "nothing was sent" in plan.as_text()
    assert not (tmp_path / "out").exists()
    assert json.dumps(dataclasses.asdict(plan), default=str)


def test_a_dry_run_holds_the_region_against_the_policy(tmp_path):
    folder = tmp_path / "zones"
    run = runs.make_run(folder, ("notes",))
    policy = yaml.safe_load((folder / "policy.yaml").read_text(encoding="utf-8"))
    policy["locations"] = {str(folder): "KE", "europe-west3": "DE", "gs://archive": "KE"}
    policy["residency_zones"] = ["KE", "INT"]
    (folder / "policy.yaml").write_text(yaml.safe_dump(policy), encoding="utf-8")
    with pytest.raises(InputError, match=r"--region: lies in DE, outside"):
        dry_run(run, {}, None, "dataflow", 2, DATAFLOW)


def test_beams_own_checks_of_options_are_made_too():
    wrong = tuple(one.replace("gs://archive/tmp", "/tmp/here") for one in DATAFLOW)  # noqa: S108
    with pytest.raises(InputError, match="Invalid GCS path"):
        usable("dataflow", wrong)


def test_a_worker_becomes_what_the_engine_asks_for(monkeypatch):
    from google.protobuf import struct_pb2

    options = struct_pb2.Struct()
    options.update({"beam:option:parallelism:v1": "2"})
    info = SimpleNamespace(
        pipeline_options=options, runner_capabilities=["beam:protocol:progress_reporting:v1"],
        control_endpoint=SimpleNamespace(url="localhost:11"),
        logging_endpoint=SimpleNamespace(url="localhost:12"),
    )  # fmt: skip
    monkeypatch.setattr(worker, "_provisioned", lambda _: info)
    given = worker._parse(["--id='job[1]'", "--provision_endpoint=localhost:10"])
    made = worker._environment(given)
    assert made["WORKER_ID"] == "job[1]"
    assert json.loads(made["PIPELINE_OPTIONS"]) == {"beam:option:parallelism:v1": "2"}
    assert made["CONTROL_API_SERVICE_DESCRIPTOR"].strip() == 'url: "localhost:11"'
    assert made["LOGGING_API_SERVICE_DESCRIPTOR"].strip() == 'url: "localhost:12"'


def test_the_worker_command_helps_without_an_engine():
    done = subprocess.run(
        [sys.executable, "-m", "pipelines.worker", "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "--provision_endpoint" in done.stdout


def test_a_run_that_is_stopped_here_is_stopped_on_the_engine_too():
    stopped = []

    class Result:
        def wait_until_finish(self):
            raise KeyboardInterrupt

        def cancel(self):
            stopped.append(True)
            raise OSError("the engine is gone")

    with pytest.raises(KeyboardInterrupt):
        portable.run_to_end(SimpleNamespace(run=Result))
    assert stopped == [True]


@pytest.mark.parametrize("runner", [one for one in RUNNERS if one.asks], ids=lambda one: one.name)
def test_every_runner_that_asks_for_something_has_a_page_with_its_command(runner):
    page = (runs.ROOT / f"docs/running-on-{runner.name}.md").read_text(encoding="utf-8")
    assert f"--runner {runner.name}" in page
    assert "run file" in page or "RUN.yaml" in page
