"""lineage/openlineage.ndjson: which run made the release from which sources.

Two runs: the curation and the release, each with a START and a COMPLETE. Their ids follow
from the record of the run, and their times are days at midnight, so that the same release
has the same events; how long a run took stands in its journal, which is not handed out.

Source: OpenLineage 2-0-2; the classes are those of openlineage-python.
"""

import uuid
from typing import TYPE_CHECKING, Any

from governance.exports import records
from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.schema import columns
from governance.exports.written import as_lines

if TYPE_CHECKING:
    from openlineage.client.event_v2 import InputDataset, OutputDataset, Run, RunEvent

NAME = "lineage/openlineage.ndjson"
PRODUCER = "urn:endonym:pipeline"
_NAMESPACE = uuid.UUID("0d6c8c5e-4f4b-5a5e-9a41-6e646f6e796d")


def events(material: Material) -> "list[RunEvent]":
    """The events in their order."""
    who = records.identity(material)
    run_day = str((material.run.get("settings") or {}).get("as_of") or who["published"])
    made = _output(material, f"{who['name']}/{who['version']}/documents")
    shipped = _output(material, f"{who['name']}/{who['version']}")
    curated = _job_events(material, "curate", run_day, _sources(material), [made])
    documents = _as_input(made)
    return curated + _job_events(material, "release", who["published"], [documents], [shipped])


def _job_events(
    material: Material,
    job: str,
    day: str,
    inputs: "list[InputDataset]",
    outputs: "list[OutputDataset]",
) -> "list[RunEvent]":
    from openlineage.client.event_v2 import Job, RunEvent, RunState  # noqa: PLC0415
    from openlineage.client.facet_v2 import job_type_job  # noqa: PLC0415

    name = str(material.run.get("name"))
    kind = job_type_job.JobTypeJobFacet(
        processingType="BATCH", integration="ENDONYM", jobType="JOB", producer=PRODUCER
    )
    return [
        RunEvent(
            eventType=state,
            eventTime=f"{day}T00:00:00Z",
            run=_run(material, job),
            job=Job(f"endonym/{name}", job, facets={"jobType": kind}),
            inputs=inputs,
            outputs=outputs if state is RunState.COMPLETE else [],
            producer=PRODUCER,
        )
        for state in (RunState.START, RunState.COMPLETE)
    ]


def _run(material: Material, job: str) -> "Run":
    from openlineage.client.event_v2 import Run  # noqa: PLC0415
    from openlineage.client.facet_v2 import processing_engine_run, test_run  # noqa: PLC0415

    who, software = records.identity(material), material.run.get("software") or {}
    seed = "/".join(map(str, (job, who["run_id"], who["settings_digest"], who["manifest_root"])))
    version = str(software.get("endonym", "unknown"))
    facets: dict[str, Any] = {
        "processing_engine": processing_engine_run.ProcessingEngineRunFacet(
            version=version, name="endonym", producer=PRODUCER
        )
    }
    if job == "curate":
        tests = [_test(gate) for gate in material.standing.gates]
        facets["test"] = test_run.TestRunFacet(tests=tests, producer=PRODUCER)
    return Run(str(uuid.uuid5(_NAMESPACE, seed)), facets=facets)


#: What became of a gate -> the word of OpenLineage; a waived gate failed all the same.
_STATUS = {"passed": "pass", "failed": "fail", "waived": "fail", "not judged": "skip"}


def _test(gate: dict[str, Any]) -> Any:  # noqa: ANN401
    from openlineage.client.facet_v2 import test_run  # noqa: PLC0415

    return test_run.TestExecution(
        name=str(gate["id"]),
        status=_STATUS[str(gate["state"])],
        severity="error" if gate.get("severity") == "critical" else "warn",
        description=str(gate["title"]),
        expected=str(gate["limit"]),
        actual=str(gate["figure"]),
    )


def _sources(material: Material) -> "list[InputDataset]":
    from openlineage.client.event_v2 import InputDataset  # noqa: PLC0415
    from openlineage.client.facet_v2 import documentation_dataset  # noqa: PLC0415

    facet = documentation_dataset.DocumentationDatasetFacet
    return [
        InputDataset(
            "endonym/sources",
            one["id"],
            facets={"documentation": facet(description=str(one["title"]), producer=PRODUCER)},
        )
        for one in records.sources(material)
    ]


def _output(material: Material, name: str) -> "OutputDataset":
    from openlineage.client.event_v2 import OutputDataset  # noqa: PLC0415
    from openlineage.client.facet_v2 import (  # noqa: PLC0415
        dataset_version_dataset,
        output_statistics_output_dataset,
        schema_dataset,
    )

    who = records.identity(material)
    field = schema_dataset.SchemaDatasetFacetFields
    described = [
        field(name=one["name"], type=one["type"], description=one.get("description"))
        for one in columns()
    ]
    statistics = output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
        rowCount=who["documents"], size=who["bytes"], producer=PRODUCER
    )
    return OutputDataset(
        "endonym/releases",
        name,
        facets={
            "schema": schema_dataset.SchemaDatasetFacet(fields=described, producer=PRODUCER),
            "version": dataset_version_dataset.DatasetVersionDatasetFacet(
                datasetVersion=who["version"], producer=PRODUCER
            ),
        },
        outputFacets={"outputStatistics": statistics},
    )


def _as_input(output: "OutputDataset") -> "InputDataset":
    from openlineage.client.event_v2 import InputDataset  # noqa: PLC0415

    return InputDataset(output.namespace, output.name, facets=output.facets)


def make(material: Material) -> Made:
    """The events, one a line."""
    from openlineage.client.serde import Serde  # noqa: PLC0415

    return Made({NAME: as_lines(Serde.to_dict(event) for event in events(material))})


EXPORT = Export("lineage", "Which run made it from which sources, as OpenLineage events", make)
