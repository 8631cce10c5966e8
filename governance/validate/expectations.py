"""Great Expectations on narrow columns: what the suites in `schemas/suites/` say of a release.

It is slow to import, so it is imported when the first frame is judged. It is told to
answer yes or no only: in every other setting it copies values of the data into its results
(measured with 1.24, 2026-11), and its error messages may hold them too.
"""

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import polars as pl

from governance.release_folder import ROWS_AT_ONCE
from governance.validate.later import imported_when_asked

SUITES = ("released", "withheld", "release")
_SHARDS_NAMED = 5


@dataclass(frozen=True)
class Expectation:
    """One expectation of a suite, judged.

    Args:
        suite: name of the suite.
        type: what is expected, in the words of Great Expectations.
        columns: of which columns.
        gate: id of the gate that it belongs to.
        severity: `critical` or `warning`.
        why: what it protects, in one sentence.
        passed: whether everything is as expected.
        shards: up to five files where it is not.
    """

    suite: str
    type: str
    columns: tuple[str, ...]
    gate: str
    severity: str
    why: str
    passed: bool
    shards: tuple[str, ...] = ()


def read_suite(name: str) -> dict[str, Any]:
    """A suite as it lies in `schemas/suites/`."""
    return json.loads((files("schemas") / "suites" / f"{name}.json").read_text("utf-8"))


class Judge:
    """Judges the frames of one suite, many small shards at a time.

    Args:
        name: of the suite.
        parameters: values that the suite names with `$PARAMETER`.
    """

    def __init__(self, name: str, parameters: dict[str, list[str]]) -> None:
        self._name = name
        self._parameters = parameters
        self._definition: Any = None
        self._wanted = read_suite(name)["expectations"]
        self._failed: dict[int, list[str]] = {}

    def judge(self, frames: Iterable[pl.DataFrame]) -> None:
        """Judges frames with a `path` column; what fails is looked for shard by shard."""
        for frame in _grouped(frames):
            failed = self._failing(frame)
            for index in failed:
                self._failed.setdefault(index, [])
            if failed:
                self._locate(frame, failed)

    def results(self) -> list[Expectation]:
        """Every expectation of the suite, in its order. Nothing judged: all passed."""
        return [self._result(index, wanted) for index, wanted in enumerate(self._wanted)]

    def _locate(self, frame: pl.DataFrame, failed: set[int]) -> None:
        """Halves the shards until those are found where something fails."""
        paths = frame["path"].unique(maintain_order=True)
        if len(paths) == 1:
            for index in failed:
                self._failed[index].append(paths[0])
            return
        for half in (paths.head(len(paths) // 2), paths.tail(-(len(paths) // 2))):
            part = frame.filter(pl.col("path").is_in(half.implode()))
            inner = {index for index in failed if len(self._failed[index]) < _SHARDS_NAMED}
            found = self._failing(part) & inner if inner else set()
            if found:
                self._locate(part, found)

    def _result(self, index: int, wanted: dict[str, Any]) -> Expectation:
        kwargs, meta = wanted["kwargs"], wanted["meta"]
        columns = tuple(kwargs[key] for key in ("column", "column_A", "column_B") if key in kwargs)
        return Expectation(
            self._name,
            wanted["type"],
            columns,
            meta["gate"],
            wanted["severity"],
            meta["why"],
            index not in self._failed,
            tuple(self._failed.get(index, [])[:_SHARDS_NAMED]),
        )

    def _failing(self, frame: pl.DataFrame) -> set[int]:
        """Places of the expectations that fail; one that cannot be judged fails too."""
        self._definition = self._definition or _definition(self._name, self._wanted)
        result = self._definition.run(
            batch_parameters={"dataframe": frame.to_pandas()},
            expectation_parameters=self._parameters,
            result_format="BOOLEAN_ONLY",
        )
        passed = {item.expectation_config.meta["index"] for item in result.results if item.success}
        return set(range(len(self._wanted))) - passed


def _grouped(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    waiting: list[pl.DataFrame] = []
    rows = 0
    for frame in frames:
        for part in frame.iter_slices(ROWS_AT_ONCE):
            if waiting and rows + len(part) > ROWS_AT_ONCE:
                yield pl.concat(waiting)
                waiting, rows = [], 0
            waiting.append(part)
            rows += len(part)
    if rows:
        yield pl.concat(waiting)


def _definition(name: str, wanted: list[dict[str, Any]]) -> Any:  # noqa: ANN401  # untyped
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with imported_when_asked("altair", "scipy", "scipy.stats"):
        import great_expectations as gx  # noqa: PLC0415  # takes seconds, and only here
        from great_expectations.data_context.types.base import (  # noqa: PLC0415
            DataContextConfig,
            InMemoryStoreBackendDefaults,
            ProgressBarsConfig,
        )

    quiet = DataContextConfig(
        store_backend_defaults=InMemoryStoreBackendDefaults(init_temp_docs_sites=False),
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )
    context = gx.get_context(mode="ephemeral", project_config=quiet)
    numbered = [
        item | {"meta": item["meta"] | {"index": index}} for index, item in enumerate(wanted)
    ]
    suite = context.suites.add(gx.ExpectationSuite(name=name, expectations=numbered))
    asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
    batches = asset.add_batch_definition_whole_dataframe(name)
    definition = gx.ValidationDefinition(name=name, data=batches, suite=suite)
    return context.validation_definitions.add(definition)
