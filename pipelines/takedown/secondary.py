"""Copies outside the releases: staged batches, drafts of unfinished runs, the subject index."""

import fcntl
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from governance.corpus import Corpus
from schemas.errors import InputError


@contextmanager
def alone(corpus: Corpus) -> Iterator[None]:
    """One takedown at a time, and none while a run is at work on the corpus.

    Raises:
        InputError: somebody else is at work.
    """
    corpus.state.mkdir(parents=True, exist_ok=True)
    locks = [corpus.state / "takedown.lock", *_run_locks(corpus)]
    held: list[int] = []
    try:
        for path in locks:
            held.append(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            fcntl.flock(held[-1], fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise InputError(
            f"corpus {corpus.name}: a run or another takedown is at work; wait for it and start"
            " the same command again"
        ) from None
    finally:
        for descriptor in held:
            os.close(descriptor)


def staging(corpus: Corpus) -> list[Path]:
    """The folders of staged batches of a corpus: those that runs share, and those of each run."""
    home = corpus.state.parent.parent
    own = sorted(path for path in (home / "staging").glob(f"{corpus.name}-*") if path.is_dir())
    return [home / "batches" / corpus.name, *own]


def _run_locks(corpus: Corpus) -> list[Path]:
    home = corpus.state.parent.parent
    own = sorted((home / "staging").glob(f"{corpus.name}-*.lock"))
    return [*own, *(home / "batches").glob(f"{corpus.name}.lock")]


def holding(corpus: Corpus, ids: Collection[str]) -> list[Path]:
    """Staged batches and drafts of releases that hold some documents.

    A draft is named as a folder, a staged batch by its Arrow file. What cannot be read is
    named too: we could not tell.
    """
    names = pl.Series("doc_id", sorted(ids), dtype=pl.String)
    staged = [
        path
        for folder in staging(corpus)
        for path in sorted(folder.rglob("*.arrow"))
        if _has(_arrow_ids, path, names)
    ]
    drafts = sorted(corpus.releases.glob(".*.draft")) if corpus.releases.is_dir() else []
    return staged + [
        draft
        for draft in drafts
        if any(_has(_parquet_ids, path, names) for path in sorted(draft.rglob("*.parquet")))
    ]


def purge(corpus: Corpus, ids: Collection[str]) -> int:
    """Deletes staged batches and drafts that hold some documents, and their subjects' rows.

    A run that is started again reads those batches anew, and then meets the suppression list.

    Returns:
        How many batches and drafts went.
    """
    found = holding(corpus, ids)
    for path in found:
        if path.is_dir():
            shutil.rmtree(path)
            continue
        for part in path.parent.glob(f"{path.stem}.*"):
            part.unlink()
    for folder in staging(corpus) if found else ():
        for told in folder.rglob("*.settled"):
            told.unlink()
    forget_subjects(corpus, ids)
    return len(found)


def forget_subjects(corpus: Corpus, ids: Collection[str]) -> int:
    """Takes documents out of the subject index; how many rows went."""
    from governance.subjects import forget  # noqa: PLC0415  # slow to import

    return forget(corpus, ids)


def _has(read: "object", path: Path, names: pl.Series) -> bool:
    try:
        return bool(read(path).is_in(names.implode()).any())  # type: ignore[operator]
    except (OSError, KeyError, pa.ArrowException):
        return True


def _arrow_ids(path: Path) -> pl.Series:
    with pa.OSFile(str(path)) as source, pa.ipc.open_file(source) as file:
        return pl.Series(pl.from_arrow(file.read_all()["doc_id"])).cast(pl.String)


def _parquet_ids(path: Path) -> pl.Series:
    with pq.ParquetFile(path) as file:
        if "doc_id" not in file.schema_arrow.names:
            return pl.Series([], dtype=pl.String)
        return pl.Series(pl.from_arrow(file.read(columns=["doc_id"])["doc_id"])).cast(pl.String)
