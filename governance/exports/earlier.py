"""The release that this one follows, and what entered and left since then.

Only ids are compared, and only numbers are told: which document left is nobody's business
outside, and a list of them would show where to look in an old copy.
"""

from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from governance.release_folder import FOLDERS, Release, read_json
from schemas.errors import InputError

_FIELDS = {"doc_id": "doc_id", "source": "source.id", "tag": "language.tag"}
_REASON = {"stage": "decision.stage", "rule": "decision.rule"}
#: Why a document left that the new run did not read, or read no longer under the same id.
NOT_READ = "not among the documents read"


@dataclass(frozen=True)
class Earlier:
    """An earlier release, in place or as it was shipped.

    Args:
        folder: where it lies.
        name: of the corpus.
        version: its version.
        manifest_root: the root digest that its manifest states, if there is one.
    """

    folder: Path
    name: str
    version: str
    manifest_root: str | None


@dataclass(frozen=True)
class Changes:
    """What entered and left, in numbers.

    Args:
        entered: documents by source and tag that the earlier release did not hold.
        left: documents by source, tag and reason that this release does not hold any more.
        kept: documents that both hold.
    """

    entered: pl.DataFrame
    left: pl.DataFrame
    kept: int


def open_earlier(folder: Path, name: str) -> Earlier:
    """The release that `--previous` names.

    Args:
        folder: where it lies.
        name: of the corpus that follows it.

    Raises:
        InputError: it is no release, is of another corpus, or its documents are gone.
    """
    record = read_json(folder / "release.json") or read_json(folder / "run.json")
    if not record:
        raise InputError(f"{folder}: holds neither release.json nor run.json, so is no release")
    if record.get("name") != name:
        raise InputError(f"{folder}: is a release of another corpus than {name}")
    if not (folder / "documents").is_dir():
        raise InputError(
            f"{folder}: its documents are gone, so nothing can be compared; name one that has them"
        )
    root = read_json(folder / "manifest.json").get("root")
    return Earlier(folder, name, str(record.get("version")), root or None)


def compare(release: Release, earlier: Earlier) -> Changes:
    """Compares the ids of two releases.

    Returns:
        The changes. A document that left because this run removed or quarantined it counts
        under the stage and rule that did so.
    """
    old = _ids(earlier.folder, "documents", _FIELDS)
    new = _ids(release.folder, "documents", _FIELDS)
    entered = new.join(old, on="doc_id", how="anti")
    gone = old.join(new, on="doc_id", how="anti")
    held = pl.concat(
        [_ids(release.folder, name, _FIELDS | _REASON) for name in FOLDERS if name != "documents"]
    )
    why = pl.concat_str("stage", "rule", separator="/", ignore_nulls=True).alias("reason")
    left = gone.join(held.select("doc_id", why), on="doc_id", how="left")
    reasoned = left.with_columns(pl.col("reason").fill_null(NOT_READ))
    return Changes(
        _counted(entered, "source", "tag"),
        _counted(reasoned, "source", "tag", "reason"),
        len(new) - len(entered),
    )


def _counted(frame: pl.DataFrame, *keys: str) -> pl.DataFrame:
    return frame.group_by(keys).len("documents").sort(keys, nulls_last=True)


def _ids(folder: Path, name: str, fields: dict[str, str]) -> pl.DataFrame:
    parts = [pl.DataFrame(schema=dict.fromkeys(fields, pl.String()))]
    for path in sorted((folder / name).rglob("*.parquet")):
        try:
            with pq.ParquetFile(path) as file:
                table = file.read(columns=list(fields.values()))
        except (OSError, KeyError, pa.ArrowException):
            raise InputError(f"{path}: cannot be read, so nothing can be compared") from None
        flat = {key: pl.from_arrow(_leaf(table, dotted)) for key, dotted in fields.items()}
        parts.append(pl.DataFrame(flat).cast(dict.fromkeys(fields, pl.String())))
    return pl.concat(parts)


def _leaf(table: pa.Table, dotted: str) -> pa.ChunkedArray:
    top, *inner = dotted.split(".")
    column = table.column(top)
    return pc.struct_field(column, inner) if inner else column
