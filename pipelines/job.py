"""The whole way of a run on one machine: lock, graph, manifest, validation, report, summary."""

import fcntl
import json
import os
import platform
import re
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from pipelines import files
from pipelines.clock import seconds
from pipelines.inputs import find
from pipelines.progress import Watcher
from pipelines.run import Run, load_run
from pipelines.runners import default_workers, make_pipeline, usable
from pipelines.summary import Summary
from schemas.errors import InputError


@dataclass
class Job:
    """A run as a person starts it.

    Args:
        run_file: the run file.
        overrides: settings that replace those of the file, by dotted key.
        out: folder that replaces the file's `output`, or None.
        runner: name of the runner.
        workers: how many work at once; 0 is one a processor.
        beam_options: passed to Beam untouched.
    """

    run_file: Path
    overrides: dict[str, Any] = field(default_factory=dict)
    out: Path | None = None
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
        usable(self.runner)
        run = load_run(self.run_file, self.overrides, str(self.out) if self.out else None)
        with _alone(run):
            if not _is_released(run):
                self._write(run, with_progress=with_progress)
                self._judge(run, with_report=with_report)
                _publish(run)
            return Summary.of(Path(run.release))

    def _write(self, run: Run, *, with_progress: bool) -> None:
        from pipelines.curate import curate  # noqa: PLC0415  # takes seconds

        started = time.monotonic()
        workers = self.workers or default_workers()
        inputs = [file for card, folder in run.cards.values() for file in find(card, folder)]
        run.check_models()
        pipeline = make_pipeline(self.runner, workers, self.beam_options)
        curate(pipeline, run, inputs)
        with Watcher(run, inputs, shown=with_progress):
            try:
                pipeline.run().wait_until_finish()
            except Exception as error:
                told = _told(error)
                if told:
                    raise InputError(told) from None
                raise
        self._seconds["curate"] = round(time.monotonic() - started, 2)

    def _judge(self, run: Run, *, with_report: bool) -> None:
        from governance.manifest import write_manifest  # noqa: PLC0415
        from governance.report import write_report  # noqa: PLC0415
        from governance.validate import validate  # noqa: PLC0415

        draft = Path(run.output)
        self._journal(run)
        write_manifest(draft)
        self._timed("validate", validate, draft)
        if with_report:
            self._timed("report", write_report, draft)
        self._journal(run)
        write_manifest(draft)

    def _timed(self, name: str, work: Callable[[Path], Any], draft: Path) -> None:
        started = time.monotonic()
        # In a process of its own: what the graph held does not add to what the judging takes.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            alone.submit(work, draft).result()
        self._seconds[name] = round(time.monotonic() - started, 2)

    def _journal(self, run: Run) -> None:
        """What may differ between two runs of the same settings; no digest covers it."""
        journal = {
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "seconds": self._seconds,
            "seconds_by_step": seconds(),
            "runner": self.runner,
            "workers": self.workers or len(os.sched_getaffinity(0)),
            "python": platform.python_version(),
            "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors",
        }
        text = json.dumps(journal, indent=1, sort_keys=True) + "\n"
        files.write_bytes(files.join(run.output, "journal.json"), text.encode())


def _told(error: BaseException) -> str | None:
    """What a worker found wrong with the input; Beam passes it on inside a longer message."""
    found = re.findall(r"InputError: (.*?)(?: \[while running |$)", str(error), re.DOTALL)
    if isinstance(error, InputError):
        return str(error).partition(" [while running ")[0]
    return str(found[-1]).strip() if found else None


@contextmanager
def _alone(run: Run) -> Iterator[None]:
    """Only one run at a time works on a release; the lock goes when the process does."""
    lock = Path(f"{run.state}.lock")
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise InputError(
                f"another run is at work on {run.output}; wait for it, or choose another version"
            ) from None
        yield


def _is_released(run: Run) -> bool:
    """True when the release is there, made with the same settings.

    Raises:
        InputError: something else lies in its place.
    """
    record = Path(run.release) / "run.json"
    if not Path(run.release).exists():
        return False
    if record.exists():
        found = json.loads(record.read_text(encoding="utf-8")).get("settings_digest")
        if found == run.settings_digest:
            return True
    raise InputError(
        f"{run.release} is there already and was made with other settings; choose another"
        " `version`, or move the folder away"
    )


def _publish(run: Run) -> None:
    """The release appears at once and whole; what was staged for it goes."""
    Path(run.output).replace(run.release)
    for draft in Path(run.release).parent.glob(f".{run.settings.version}.*.draft"):
        shutil.rmtree(draft)
    # What is kept are the batches; the shards that were written are the release's now.
    kept = run.settings.keep_staging
    shutil.rmtree(files.join(run.state, "written") if kept else run.state)
