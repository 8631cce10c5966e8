"""Find duplicates: pairs become groups, groups become verdicts, verdicts go beside the documents.

Only references to documents and names of files cross a shuffle here (promise P3).
"""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import polars as pl

from pipelines import files
from pipelines.clock import clocked
from pipelines.dedup.components import Groups, chunks, components
from pipelines.dedup.leaders import verdicts
from pipelines.run import Run
from pipelines.steps.meet import Block, opener, staged_prints
from pipelines.steps.stage import Receipt

#: Documents whose verdicts are held at once when they go to the staged files: about
#: 150 bytes each.
SPAN_DOCUMENTS = 100_000
_SPACE_BITS = 64


@dataclass(frozen=True, slots=True)
class Share:
    """Some groups of documents that may be copies of one another.

    Args:
        groups: decided together.
        spans: in so many spans of staged files are the verdicts of all shares sorted out.
    """

    groups: Groups
    spans: int


#: A span of staged files, by their numbers: which, and of how many.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """What was found about one staged file that holds copies, or originals of copies.

    Args:
        name: of the staged file; its verdicts lie beside it.
        losing: its groups of rows that lose some as duplicates.
        digest: of the verdicts.
    """

    name: str
    losing: tuple[int, ...]
    digest: str


def groups(edges: np.ndarray) -> Iterator[Share]:
    """Documents joined by pairs, in shares of work."""
    found = components([edges])
    spans = -(-len(found.members) // SPAN_DOCUMENTS)
    for share in chunks(found):
        yield Share(share, spans)


@clocked("settle")
def settle(share: Share, run: Run) -> list[tuple[Span, str]]:
    """Who is kept and who goes, for some groups, unless an earlier attempt has decided it.

    Returns:
        For each span of staged files with a verdict, the name of the file of verdicts.
    """
    threshold, same_address = run.settings.dedup.threshold, run.settings.dedup.url_threshold
    name = _name(share.groups, f"{threshold} {same_address}")
    path = run.own(f"told/{name}.settled")
    if not files.exists(path):
        decided = verdicts(share.groups, opener(run), threshold, same_address)
        with files.create(path) as file:
            decided.write_ipc(file, compat_level=pl.CompatLevel.oldest())
    numbers = _settled(path)["file"].to_numpy()
    cuts = np.searchsorted(numbers, [_first(at, share.spans) for at in range(share.spans)])
    spans = np.flatnonzero(np.diff(np.append(cuts, len(numbers))))
    return [((int(at), share.spans), name) for at in spans]


def _name(members: Groups, thresholds: str) -> str:
    content = hashlib.sha256(f"{thresholds}\n{len(members)}\n".encode())
    content.update(members.starts.tobytes() + members.members.tobytes())
    return content.hexdigest()[:16]


def _first(span: int, spans: int) -> np.uint64:
    return np.uint64((span << _SPACE_BITS) // spans)


def _settled(path: str) -> pl.DataFrame:
    with files.open_input(path) as file:
        return pl.read_ipc(file)


@clocked("record verdicts")
def record(
    span_to_names: tuple[Span, Iterable[str]], blocks: Iterable[Block], run: Run
) -> list[Told]:
    """Writes the verdicts about each staged file of a span beside it."""
    span, names = span_to_names
    sources = pl.DataFrame(
        [(one.number, one.source) for one in blocks],
        schema={"file": pl.UInt64, "source_id": pl.String},
        orient="row",
    )
    kept = sources.rename({"file": "kept_file", "source_id": "kept_source_id"})
    parts = [_of_span(_settled(run.own(f"told/{name}.settled")), span) for name in sorted(names)]
    told = pl.concat(parts).sort("file", "row").join(sources, on="file", how="left")
    told = told.join(kept, on="kept_file", how="left", maintain_order="left")
    about = told.partition_by("file", as_dict=True, maintain_order=True)
    return [_recorded(f"{number:016x}", part, run) for (number,), part in about.items()]


def _of_span(decided: pl.DataFrame, span: Span) -> pl.DataFrame:
    at, spans = span
    first, last = _first(at, spans), np.uint64((((at + 1) << _SPACE_BITS) // spans) - 1)
    return decided.filter(pl.col("file").is_between(pl.lit(first), pl.lit(last)))


def _held_against(run: Run) -> tuple[pl.Expr, pl.Expr]:
    """The threshold of each verdict, and whether it was that of documents at one address."""
    threshold = run.settings.dedup.threshold
    of_address = pl.lit(run.settings.dedup.url_threshold, dtype=pl.Float64)
    at_address = pl.col("similarity") < threshold
    return (
        pl.when(at_address).then(of_address).otherwise(threshold).alias("threshold"),
        at_address.alias("same_address"),
    )


def _recorded(name: str, told: pl.DataFrame, run: Run) -> Told:
    doc_ids = pl.DataFrame(staged_prints(name, run).select(["row", "doc_id"]))
    whole = told.join(doc_ids, on="row", how="left", maintain_order="left").with_columns(
        *_held_against(run)
    )
    data = io.BytesIO()
    whole.drop("file", "row", "kept_file", "kept_row").write_parquet(data, statistics=False)
    files.write_bytes(run.own(f"told/{name}.verdicts"), data.getvalue())
    receipt = Receipt.from_json(files.read_bytes(run.staged(f"{name}.json")))
    ends = np.cumsum([group.rows for group in receipt.groups])
    removed = told.filter(~pl.col("is_representative"))["row"].to_numpy()
    losing = np.unique(np.searchsorted(ends, removed, "right"))
    digest = hashlib.sha256(data.getvalue()).hexdigest()
    return Told(name, tuple(losing.tolist()), digest)
