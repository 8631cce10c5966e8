"""Index subjects: keyed digests of the personal data in every document, where a policy asks.

It stands before scrub, since afterwards nothing of it is left. Only digests leave the step:
they travel beside the batch and lie beside the staged file until the run is finished.
"""

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from governance import pii
from governance.subjects import build, references
from pipelines import files
from pipelines.run import Run
from pipelines.steps.scrub import WRITTEN_BY_PEOPLE, likely

COLUMN = "_subjects"
#: Of the file beside a staged batch.
SUFFIX = ".subjects"


def is_wanted(run: Run) -> bool:
    """Whether the policy asks for the index."""
    return run.policy.privacy.subject_index


def index_subjects(frame: pl.DataFrame, run: Run) -> pl.DataFrame:
    """The batch with a column of digests and types, of text and of all that people write.

    A document on which a recogniser fails has none: it goes to quarantine without its text.
    """
    if not is_wanted(run):
        return frame
    language = likely(frame["language"])  # as scrub, so that what it masks is in the index
    country = frame["source"].struct.field("jurisdiction")
    written = [frame["text"], *(frame["source"].struct.field(name) for name in WRITTEN_BY_PEOPLE)]
    parts = [
        references(text, pii.find(text, language, country), language, country, frame["doc_id"],
                   run.keyring)
        for text in written
    ]  # fmt: skip
    found = build.settled(pl.concat(parts))
    lists = found.group_by("doc_id").agg(pl.struct("digest", "type").alias(COLUMN))
    return frame.join(lists, on="doc_id", how="left", maintain_order="left")


def keep(name: str, frame: pl.DataFrame, run: Run) -> None:
    """Writes the rows of a batch beside its staged file."""
    if COLUMN not in frame.columns:
        return
    rows = frame.select("doc_id", COLUMN).explode(COLUMN).drop_nulls().unnest(COLUMN)
    ordered = build.settled(rows.select("digest", "type", "doc_id"))
    with files.create(run.staged(f"{name}{SUFFIX}")) as file:
        build.write_part(ordered, file)


def gather(names: Iterable[str], run: Run) -> None:
    """Writes the index of the release into the state of the corpus, from its staged batches."""
    if not is_wanted(run):
        return
    parts = [path for name in names if files.exists(path := run.staged(f"{name}{SUFFIX}"))]
    build.collect(index_path(run), map(Path, parts), run.keyring.key_id)


def index_path(run: Run) -> Path:
    """Where the index of a run's release lies: `.endonym/corpus/<name>/subjects/<version>`."""
    state = Path(run.state).parent.parent / "corpus" / run.settings.name
    return state / "subjects" / f"{run.settings.version}.parquet"
