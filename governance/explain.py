"""What became of a document, and why: for any document that was read, kept or not.

A document is found by its doc_id, or by the id or address that it has in its source.
Those were masked like text when they held personal data, so they are masked before they
are compared. Nothing is shown of the text.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from governance.release_folder import (
    CLUSTERS,
    OVERLAPS,
    Release,
    Shard,
    open_release,
    read_column,
    read_rows,
)
from governance.told import sentences
from schemas.errors import InputError

#: Texts, languages and countries in; a frame with masked `text` out.
Scrub = Callable[[pl.Series, pl.Series, pl.Series], pl.DataFrame]
#: Columns that are told; all but the text.
_TOLD = ["doc_id", "language", "source", "rights", "quality", "privacy", "duplicates",
         "provenance", "decision"]  # fmt: skip
_STRIDE = 1024
_TAG = re.compile(r"[a-z]{3}_[A-Z][a-z]{3}")
#: Copies that are named when a document stands for others.
_COPIES_NAMED = 20


@dataclass(frozen=True)
class Explanation:
    """Everything that a release knows of one document.

    Args:
        path: the file where it lies.
        row: its columns by name, without the text.
        copies: ids of the first documents that were removed in its favour.
        copies_total: how many there are.
        kept_in: the file where the document lies that was kept instead, if it is here.
        limit_source: where the limit of the rule is from, if the run states it.
        is_masked: whether it was found by the masked form of what was asked.
        overlaps: what it has in common with evaluation sets: set, passages, share, item, outcome.
    """

    path: str
    row: dict[str, Any]
    copies: tuple[str, ...] = ()
    copies_total: int = 0
    kept_in: str | None = None
    limit_source: str | None = None
    is_masked: bool = False
    overlaps: tuple[dict[str, Any], ...] = ()

    @property
    def doc_id(self) -> str:
        """The document's name."""
        return self.row["doc_id"]

    def as_dict(self) -> dict[str, Any]:
        """For machines: the decision's parts at the top, the other columns by name."""
        row = {name: value for name, value in self.row.items() if name != "decision"}
        row["quality"] = {
            name: value for name, value in (row["quality"] or {}).items() if value is not None
        }
        told = {"kept_in": self.kept_in, "limit_source": self.limit_source}
        others = {"copies": list(self.copies), "copies_total": self.copies_total}
        return {
            **row,
            **(self.row["decision"] or {}),
            "path": self.path,
            **told,
            **others,
            "found_by_masked_form": self.is_masked,
            "evaluation_sets": list(self.overlaps),
            "sentences": list(sentences(self)),
        }

    def as_text(self) -> str:
        """For people: a few plain sentences, a line each."""
        return "\n".join(sentences(self))


def explain(
    release: Path,
    *,
    doc_id: str | None = None,
    native_id: str | None = None,
    url: str | None = None,
    scrub: Scrub | None = None,
) -> list[Explanation]:
    """Finds a document in a release and says what became of it.

    Args:
        release: the release folder.
        doc_id: its name, 32 hexadecimal characters.
        native_id: the id that it has in its source.
        url: its address in its source.
        scrub: masks personal data as the run did; the project's own when None.

    Returns:
        One explanation for every document that fits, in the order of the files. There
        may be several: an address may hold more than one document, and masked forms of
        different addresses may be the same.

    Raises:
        InputError: not exactly one name is given, nothing fits, or the folder is no release.
    """
    asked = {"doc_id": doc_id, "native_id": native_id, "url": url}
    given = {name: value.strip() for name, value in asked.items() if value and value.strip()}
    if len(given) != 1:
        raise InputError("give one of --doc-id, --native-id and --url, so that it is clear which")
    opened = open_release(release)
    ((column, value),) = given.items()
    forms = {value.lower()} if column == "doc_id" else {value, *masked_forms(value, opened, scrub)}
    found = [
        _explanation(opened, shard, place, is_masked=stands != value and column != "doc_id")
        for shard, place, stands in _places(opened, column, forms)
    ]
    if not found:
        raise InputError(
            f"{release}: no document with this {column.replace('_', ' ')} was read in this run;"
            " look at it for slips, or ask another release"
        )
    return found


def _places(release: Release, column: str, forms: set[str]) -> Iterator[tuple[Shard, int, str]]:
    for shard in release.shards:
        values = read_column(release, shard, column)
        for place in values.is_in(sorted(forms)).arg_true():
            yield shard, int(place), values[int(place)]


def masked_forms(value: str, release: Release, scrub: Scrub | None = None) -> set[str]:
    """How the value may stand in the release, by the languages and countries in it."""
    mask = scrub or _own_scrub()
    tags = [*sorted(release.run.get("counts", {}).get("languages", {})), None]
    lands = {card.get("jurisdiction") for card in release.run.get("sources", [])}
    pairs = [(tag, land) for tag in tags for land in [*sorted(lands - {None}), None]]
    values = pl.Series([value] * len(pairs), dtype=pl.String)
    columns = (pl.Series(list(names), dtype=pl.String) for names in zip(*pairs, strict=True))
    return set(mask(values, *columns)["text"].drop_nulls())


def _explanation(release: Release, shard: Shard, place: int, *, is_masked: bool) -> Explanation:
    row = _row(release, shard, place)
    decision = row["decision"] or {}
    copies = _copies(release, row["doc_id"])
    return Explanation(
        shard.path,
        row,
        tuple(copies.head(_COPIES_NAMED)),
        len(copies),
        _kept_in(release, decision.get("kept_doc_id")),
        limit_source(release.run.get("limits") or [], decision, (row["language"] or {}).get("tag")),
        is_masked,
        _overlaps(release, row["doc_id"]),
    )


def _row(release: Release, shard: Shard, place: int) -> dict[str, Any]:
    for batch in read_rows(release, shard, _TOLD, size=_STRIDE):
        if place < len(batch):
            return batch.row(place, named=True)
        place -= len(batch)
    raise InputError(f"{shard.path}: has fewer rows than its footer says; verify the release")


def limit_source(
    limits: list[dict[str, Any]], decision: dict[str, Any], tag: str | None
) -> str | None:
    """The source of the limit that a decision was held against.

    Args:
        limits: as `run.json` states them: profile, rule, limit, source.
        decision: of the document.
        tag: its language; its own profile comes before the common ones.

    >>> common = {"profile": "default", "rule": "short", "limit": 20.0, "source": "Rae et al. 2021"}
    >>> limit_source([common], {"rule": "short", "limit": 20.0}, "swh_Latn")
    'Rae et al. 2021'
    """
    value = decision.get("limit")
    fitting = [
        one
        for one in limits
        if value is not None
        and (one.get("rule"), one.get("limit")) == (decision.get("rule"), value)
    ]
    own = [one for one in fitting if one.get("profile") == tag]
    common = [one for one in fitting if not _TAG.fullmatch(str(one.get("profile")))]
    return next((str(one.get("source")) for one in own + common), None)


def _copies(release: Release, doc_id: str) -> pl.Series:
    path = release.folder / CLUSTERS
    if not path.is_file():
        return pl.Series("doc_id", [], dtype=pl.String)
    listed = pl.scan_parquet(path, hive_partitioning=False)
    return listed.filter(pl.col("kept_doc_id") == doc_id).sort("doc_id").collect()["doc_id"]


def _overlaps(release: Release, doc_id: str) -> tuple[dict[str, Any], ...]:
    path = release.folder / OVERLAPS
    if not path.is_file():
        return ()
    listed = pl.scan_parquet(path, hive_partitioning=False).filter(pl.col("doc_id") == doc_id)
    return tuple(listed.drop("doc_id").sort("evaluation_set").collect().iter_rows(named=True))


def _kept_in(release: Release, kept: str | None) -> str | None:
    if kept is None:
        return None
    return next((shard.path for shard, _, _ in _places(release, "doc_id", {kept})), None)


def _own_scrub() -> Scrub:
    from governance.pii import scrub  # noqa: PLC0415  # slow to import

    return scrub
