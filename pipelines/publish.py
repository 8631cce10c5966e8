"""Where a release comes to lie: one run at a time works on it, and it appears when it is whole.

On a disk the draft is renamed, folder and all. Other filesystems cannot do that for a folder:
there a release is made on this machine's disk and then sent file by file, `run.json` first,
which says whose files these are, and `manifest.json` last. Without it, it is no release yet.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from governance.manifest import NAME as MANIFEST
from pipelines import files, reuse
from pipelines.inputs import InputFile
from pipelines.run import Run
from pipelines.steps.digest import described
from pipelines.watched import reason
from schemas.errors import InputError

RECORD = "run.json"
Progress = Callable[[int, int], None]


@contextmanager
def alone(run: Run) -> Iterator[int]:
    """Only one run at a time works on a release; the locks go when the process does.

    One lock lies beside what the run stages; the other beside the release, where runs from
    other run files come by. Other filesystems than the disk have no locks. The batches are
    shared with runs for other versions of the corpus.

    Yields:
        The lock on the batches, as `tidy` wants it.

    Raises:
        InputError: another run is at work, or the place cannot be written to.
    """
    with ExitStack() as held:
        held.enter_context(_locked(Path(f"{run.state}.lock"), run))
        if files.is_local(run.release):
            folder, version = os.path.split(run.release)
            held.enter_context(_locked(Path(folder) / f".{version}.lock", run))
        else:
            _check_writable(run.release)
        shared = held.enter_context(_shared(Path(f"{run.batches}.lock"), run))
        yield shared


@contextmanager
def _locked(path: Path, run: Run) -> Iterator[None]:
    descriptor = _held(path, run)
    try:
        yield
        with suppress(OSError):
            path.unlink()
    finally:
        os.close(descriptor)


@contextmanager
def _shared(path: Path, run: Run) -> Iterator[int]:
    """A lock that other runs may hold too, and a takedown may not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError(
                f"a takedown is at work on corpus {run.settings.name}; wait for it"
            ) from None
        yield file.fileno()


def _held(path: Path, run: Run) -> int:
    """A lock on a file that is there: the run before may have taken away the one that we opened."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise InputError(files.cannot_write(path.parent, error)) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        except BlockingIOError:
            message = "wait for it, or choose another `version`"
            raise InputError(f"another run is at work on {run.release}; {message}") from None
        except OSError as error:
            message = "choose an `output`, and a place for the run file, on a disk that has locks"
            raise InputError(f"{path}: cannot be locked ({reason(error)}); {message}") from None
        os.close(descriptor)


def _check_writable(release: str) -> None:
    from pipelines import remote  # noqa: PLC0415  # Beam takes seconds to import

    probe = files.join(release, ".endonym-may-write")
    files.write_bytes(probe, b"")
    remote.remove(probe)


def is_released(run: Run, inputs: Iterable[InputFile]) -> bool:
    """True when the release is there, made with the same settings from the same input files.

    Files are compared by name and size. A release that was sent in part only is not there.

    Raises:
        InputError: something else lies in its place.
    """
    if not _is_there(run.release):
        return False
    record = _record(run.release)
    remedy = "choose another `version`, or move the folder away"
    if record.get("settings_digest") != run.settings_digest:
        raise InputError(
            f"{run.release} is there already and was made with other settings; {remedy}"
        )
    if not files.exists(files.join(run.release, MANIFEST)):
        return False
    if _named(record.get("inputs", [])) != _named(described(file, run) for file in inputs):
        raise InputError(
            f"{run.release} is there already and was made from other input files, or from files"
            f" that have changed since; {remedy}"
        )
    return True


def _is_there(release: str) -> bool:
    return os.path.lexists(release) if files.is_local(release) else bool(files.sizes(release))


def _record(release: str) -> dict[str, Any]:
    path = files.join(release, RECORD)
    try:
        found = json.loads(files.read_bytes(path)) if files.exists(path) else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _named(inputs: Iterable[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((one["source"], one["uri"], one["bytes"]) for one in inputs)


def publish(run: Run, progress: Progress | None = None) -> None:
    """The release appears at once and whole.

    Args:
        run: the run, its draft complete.
        progress: called with files sent and files in all, where they must be sent.
    """
    if files.is_local(run.release):
        Path(run.output).replace(run.release)
        for draft in Path(run.release).parent.glob(f".{run.settings.version}.*.draft"):
            shutil.rmtree(draft)
    else:
        _send(Path(run.output), run.release, progress)


def _send(draft: Path, release: str, progress: Progress | None) -> None:
    from pipelines import remote  # noqa: PLC0415  # Beam takes seconds to import

    names = [path.relative_to(draft).as_posix() for path in draft.rglob("*") if path.is_file()]
    ordered = [RECORD, *sorted(set(names) - {RECORD, MANIFEST}), MANIFEST]
    for done, name in enumerate(ordered, start=1):
        if name == MANIFEST:
            # An attempt that broke off may have left what this one does not have.
            for path in files.sizes(release).keys() - {files.join(release, one) for one in names}:
                remote.remove(path)
        target = files.join(release, name)
        with files.open_input(str(draft / name)) as source, files.create(target) as sink:
            shutil.copyfileobj(source, sink, 1 << 20)
        if progress:
            progress(done, len(ordered))


def tidy(run: Run, shared: int) -> None:
    """What was staged for a release that is there goes, but for batches that are to be kept.

    Batches stay, all of them, while a run for another version of the corpus is at work.

    Args:
        run: the run.
        shared: its lock on the batches.
    """
    batches, state = Path(run.batches), Path(run.state)
    with suppress(BlockingIOError):
        fcntl.flock(shared, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if run.settings.keep_staging:
            reuse.remove_others(run)
        elif batches.exists():
            shutil.rmtree(batches)
    if state.exists():
        shutil.rmtree(state)
    if not files.is_local(run.release) and Path(run.output).exists():
        shutil.rmtree(run.output)
