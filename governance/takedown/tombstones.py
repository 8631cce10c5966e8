"""The public list of what is gone, and of the releases that may still be used.

A row says that a document, by its random name, left a release on the day of a batch, and in
the coarsest words why. Without the old copy it means nothing. Rows are chained by their
hashes, each file holds all rows before it, and nothing finer than the day is told. Documents
taken down as unlawful are told only to registered holders: even their ids would be a map.

Source: governance notes 5.4 (2026-11).
"""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polars as pl

from governance.corpus import Corpus
from governance.keys import Keyring
from governance.release_folder import read_json
from governance.takedown.stored import write_bytes, write_json

FOLDER = "tombstones"
LATEST = "latest_usable.json"
#: Beside the releases for all to read, and in the state for registered holders alone.
RESTRICTED = "restricted"
GENESIS = "0" * 64
_COLUMNS: dict[str, pl.DataType | type[pl.DataType]] = {
    "tombstone_id": pl.String,
    "doc_id": pl.String,
    "release": pl.String,
    "shards": pl.List(pl.String),
    "effective": pl.String,
    "ground": pl.String,
    "case_ref": pl.String,
    "chain": pl.String,
}
SCHEMA = pl.Schema(_COLUMNS)
_USABLE, _WITHDRAWN, _WAITING = "usable", "withdrawn", "being-reissued"


def read(folder: Path) -> pl.DataFrame:
    """The newest list in a folder; no rows when there is none."""
    paths = sorted(folder.glob("[0-9]*.parquet"))
    return pl.read_parquet(paths[-1]) if paths else SCHEMA.to_frame()


def doc_ids(release: Path) -> pl.Series:
    """The ids that the lists in a release and beside it name, each once, sorted."""
    lists = [read(release / FOLDER), read(release.parent / FOLDER)]
    return pl.concat([one.select("doc_id") for one in lists])["doc_id"].unique().sort()


def new_rows(
    located: pl.DataFrame, case: str, ground: str, day: str, keyring: Keyring
) -> pl.DataFrame:
    """The rows for some documents, unchained.

    Args:
        located: `release`, `doc_id`, `path` (file of the release that holds it).
        case: opaque id.
        ground: public code.
        day: of the batch.
        keyring: names the tombstones.
    """
    rows = located.group_by("release", "doc_id").agg(pl.col("path").unique().sort().alias("shards"))
    rows = rows.sort("release", "doc_id")
    values = (f"{case}\0{release}\0{name}".encode() for release, name, _ in rows.iter_rows())
    names = [one[:32] for one in keyring.digests("tombstone", values)]
    return rows.select(
        pl.Series("tombstone_id", names, dtype=pl.String),
        "doc_id",
        "release",
        "shards",
        pl.lit(day).alias("effective"),
        pl.lit(ground).alias("ground"),
        pl.lit(case).alias("case_ref"),
    )


def publish(folder: Path, rows: pl.DataFrame, day: str) -> pl.DataFrame:
    """Adds rows to the list of a folder; rows that stand there already are not added again.

    Returns:
        The whole list, which is in `<day>.parquet` now (or in the file of a later day).
    """
    before = read(folder)
    fresh = rows.join(before, on="tombstone_id", how="anti").sort("tombstone_id")
    chained, last = [], before["chain"][-1] if len(before) else GENESIS
    for row in fresh.iter_rows(named=True):
        last = _link(last, row)
        chained.append({**row, "chain": last})
    whole = pl.concat([before, pl.DataFrame(chained, schema=SCHEMA)])
    if chained:
        latest = max([day, *(path.stem for path in folder.glob("[0-9]*.parquet"))])
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{latest}.partial"
        whole.write_parquet(partial, compression="zstd", statistics=False)
        partial.replace(folder / f"{latest}.parquet")
    return whole


def broken_links(rows: pl.DataFrame) -> list[int]:
    """The rows, from 0, whose chain does not follow from those before; none when all is well."""
    broken, last = [], GENESIS
    for at, row in enumerate(rows.iter_rows(named=True)):
        if _link(last, {name: row[name] for name in SCHEMA if name != "chain"}) != row["chain"]:
            broken.append(at)
        last = row["chain"]
    return broken


def _link(last: str, row: dict[str, Any]) -> str:
    text = json.dumps(row, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{last}\n{text}".encode()).hexdigest()


def point(corpus: Corpus, reissued: Iterable[tuple[str, str]] = ()) -> dict[str, Any]:
    """Writes `latest_usable.json`: which releases may be used, and what stands for the others.

    Args:
        corpus: whose releases.
        reissued: old version and new one, of releases that are being written again.
    """
    waiting = dict(reissued)
    rows = []
    for release in corpus.versions():
        gone = read_json(release / "withdrawn.json")
        later = gone.get("superseded_by") or waiting.get(release.name)
        status = _WITHDRAWN if gone else _WAITING if later else _USABLE
        rows.append({"version": release.name, "status": status, "superseded_by": later})
    rows.sort(key=lambda row: natural(str(row["version"])))
    usable = [row["version"] for row in rows if row["status"] != _WITHDRAWN]
    folder = corpus.releases / FOLDER
    listed = read(folder)
    told = {
        "corpus": corpus.name,
        "latest_usable": usable[-1] if usable else None,
        "releases": rows,
        "tombstones": len(listed),
        "head": listed["chain"][-1] if len(listed) else GENESIS,
    }
    write_json(folder / LATEST, told, mode=0o644)
    return told


def natural(version: str) -> list[tuple[int, int, str]]:
    """A key that orders versions as people do: 1.10 after 1.9.

    >>> sorted(["1.10.0", "1.9.0"], key=natural)
    ['1.9.0', '1.10.0']
    """
    parts = version.replace("-", ".").replace("+", ".").split(".")
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def copy_into(folder: Path, release: Path) -> None:
    """Lays the newest list into a release."""
    paths = sorted(folder.glob("[0-9]*.parquet"))
    if paths:
        write_bytes(release / FOLDER / paths[-1].name, paths[-1].read_bytes(), mode=0o644)
