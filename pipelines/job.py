"""The whole way of a run on one machine: lock, graph, manifest, validation, report, summary."""

import json
import os
import platform
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines import files
from pipelines.clock import seconds
from pipelines.evaluation import prepare
from pipelines.failures import failure
from pipelines.inputs import InputFile, find_all
from pipelines.judge import REPORT, VALIDATE, judge
from pipelines.load import load_run
from pipelines.opt_outs import gather
from pipelines.portable import run_to_end
from pipelines.progress import Watcher
from pipelines.publish import alone, is_released, publish, tidy
from pipelines.run import Run
from pipelines.runners import default_workers, make_pipeline, usable
from pipelines.shown import Steps
from pipelines.steps.evidence import privacy_evidence
from pipelines.summary import Summary


@dataclass
class Job:
    """A run as a person starts it.

    Args:
        run_file: the run file.
        overrides: settings that replace those of the file, by dotted key.
        out: folder or URI that replaces the file's `output`, or None.
        runner: name of the runner.
        workers: how many work at once; 0 is one a processor.
        beam_options: passed to Beam untouched.
    """

    run_file: Path
    overrides: dict[str, Any] = field(default_factory=dict)
    out: str | None = None
    runner: str = "local"
    workers: int = 0
    beam_options: tuple[str, ...] = ()
    _seconds: dict[str, float] = field(default_factory=dict)

    def curate(self, *, with_report: bool = True, with_progress: bool = True) -> Summary:
        """Curates, validates and reports; goes on where an earlier attempt was killed.

        Raises:
            InputError: the settings, cards or files cannot be used, another run is at
                work on the same release, or the release is there already.
        """
        usable(self.runner, self.beam_options, is_sent=True)
        run = load_run(self.run_file, self.overrides, self.out, self.beam_options)
        files.use_beam_options(self.beam_options)
        inputs = find_all(run)
        run = gather(run, inputs)
        with alone(run) as shared:
            if is_released(run, inputs):
                tidy(run, shared)
                return Summary.of(run.release, was_there=True)
            self._write(run, inputs, with_progress=with_progress)
            self._judge(run, with_report=with_report, with_progress=with_progress)
            with Steps("send", shown=with_progress) as steps:
                publish(run, steps.count)
            tidy(run, shared)
            return Summary.of(run.release)

    def _write(self, run: Run, inputs: list[InputFile], *, with_progress: bool) -> None:
        from pipelines.curate import curate  # noqa: PLC0415  # takes seconds

        started = time.monotonic()
        workers = self.workers or default_workers()
        run.check_models()
        prepare(run)
        privacy_evidence(run)
        pipeline = make_pipeline(self.runner, workers, self.beam_options)
        curate(pipeline, run, inputs)
        with Watcher(run, inputs, shown=with_progress):
            try:
                run_to_end(pipeline)
            except Exception as error:
                raise failure(error) from None
        self._seconds["curate"] = round(time.monotonic() - started, 2)

    def _judge(self, run: Run, *, with_report: bool, with_progress: bool) -> None:
        from governance.manifest import write_manifest  # noqa: PLC0415

        draft = Path(run.output)
        files.remove_drafts(draft)  # the manifest would name them
        self._journal(run)
        with Steps("manifest", shown=with_progress) as steps, files.writing(draft):
            write_manifest(draft, steps.count)
        if run.suppression is not None:
            from pipelines.takedown.rescan import second_look  # noqa: PLC0415  # rarely needed

            second_look(draft, run.suppression)
        names = (VALIDATE, REPORT) if with_report else (VALIDATE,)
        self._seconds |= judge(names, draft, shown=with_progress)
        self._journal(run)

    def _journal(self, run: Run) -> None:
        """What may differ between two runs of the same settings; no digest covers it."""
        journal = {
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "seconds": self._seconds,
            "seconds_by_step": seconds(),
            "runner": self.runner,
            "workers": self.workers or default_workers(),
            "python": platform.python_version(),
            "worked_share": _worked_share(run),
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        }
        text = json.dumps(journal, indent=1, sort_keys=True) + "\n"
        files.write_bytes(files.join(run.output, "journal.json"), text.encode())


def _worked_share(run: Run) -> float:
    """Of the input, the share whose batches this attempt made and did not find."""
    noted = [json.loads(path.read_bytes()) for path in Path(run.own("receipts")).glob("*.json")]
    total = sum(one["read_bytes"] for one in noted)
    made = sum(one["read_bytes"] for one in noted if not one["again"])
    return round(made / total, 3) if total else 0.0
