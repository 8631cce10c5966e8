"""What is different between two releases: settings, outcomes, languages, sources, documents.

Documents are matched by doc_id and only numbers are told. Nothing of a text is read; whether
it changed follows from its digest in the row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from governance.release_folder import Release, open_release, read_parts

_NAMES = ("doc_id", "source", "tag", "text_sha256", "outcome", "stage", "rule")
#: What a document became in a release that did not read it.
ABSENT = "not read"
#: Parts of `run.json` that say how a release was made.
_MADE_BY = ("settings", "policy", "software", "models", "sources")


@dataclass(frozen=True)
class Comparison:
    """Two releases side by side.

    Args:
        names: of the first and of the second release.
        settings: what is stated otherwise, as path, value before and value now.
        outcomes: documents by what became of them `before` and `now`.
        same_key: whether both name documents by the same key; by another none can be matched.
        changed: documents that both released, of which the `text` or the `language` is another.
        languages: released documents by tag: before, now, entered, left.
        sources: the same by source.
        rules: documents removed or in quarantine by stage/rule: before, now.
    """

    names: tuple[str, str]
    settings: tuple[tuple[str, Any, Any], ...]
    outcomes: pl.DataFrame
    same_key: bool
    changed: Mapping[str, int]
    languages: pl.DataFrame
    sources: pl.DataFrame
    rules: pl.DataFrame

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        settings = [{"path": path, "before": old, "now": new} for path, old, new in self.settings]
        frames = ("outcomes", "languages", "sources", "rules")
        tables = {name: getattr(self, name).to_dicts() for name in frames}
        told = {"releases": self.names, "same_key": self.same_key, "changed": self.changed}
        return {**told, "settings": settings, **tables}


def compare(before: Path, now: Path) -> Comparison:
    """Compares two releases of any corpora; documents are matched when their key is the same.

    Raises:
        InputError: one of the folders is no release.
    """
    first, second = open_release(before), open_release(now)
    both = _documents(first).join(
        _documents(second), on="doc_id", how="full", coalesce=True, suffix="_now"
    )
    filled = both.with_columns(pl.col("outcome", "outcome_now").fill_null(ABSENT))
    kept = filled.filter(pl.col("outcome") == "released", pl.col("outcome_now") == "released")
    outcomes = filled.group_by("outcome", "outcome_now").len("documents")
    return Comparison(
        names=(first.name, second.name),
        settings=tuple(_settings(first.run, second.run)),
        outcomes=outcomes.rename({"outcome": "before", "outcome_now": "now"}).sort("before", "now"),
        same_key=first.run.get("key_id") == second.run.get("key_id"),
        changed={
            "text": _count(kept, pl.col("text_sha256") != pl.col("text_sha256_now")),
            "language": _count(kept, pl.col("tag") != pl.col("tag_now")),
        },
        languages=_sides(filled, "tag"),
        sources=_sides(filled, "source"),
        rules=_rules(filled),
    )


def _documents(release: Release) -> pl.DataFrame:
    schema = pl.Schema(dict.fromkeys(_NAMES, pl.String()))
    parts = (part for shard in release.shards for part in read_parts(release, shard, _NAMES))
    return pl.concat([pl.DataFrame(schema=schema), *(part.cast(schema) for part in parts)])


def _count(frame: pl.DataFrame, condition: pl.Expr) -> int:
    return int(frame.select(condition.fill_null(value=False).sum()).item())


def _sides(both: pl.DataFrame, key: str) -> pl.DataFrame:
    """Released documents by a key on both sides, the largest change first."""
    was, is_now = pl.col("outcome") == "released", pl.col("outcome_now") == "released"
    old = (
        both.filter(was)
        .group_by(pl.col(key))
        .agg(pl.len().alias("before"), (~is_now).sum().alias("left"))
    )
    new = (
        both.filter(is_now)
        .group_by(pl.col(f"{key}_now").alias(key))
        .agg(pl.len().alias("now"), (~was).sum().alias("entered"))
    )
    sides = old.join(new, on=key, how="full", coalesce=True).with_columns(
        pl.col("before", "left", "now", "entered").fill_null(0).cast(pl.Int64)
    )
    return sides.select(key, "before", "now", "entered", "left").sort(
        (pl.col("now") - pl.col("before")).abs(), pl.col(key), descending=[True, False]
    )


def _rules(both: pl.DataFrame) -> pl.DataFrame:
    sides = []
    for name, end in (("before", ""), ("now", "_now")):
        held = both.filter(pl.col(f"outcome{end}").is_in(["removed", "quarantined"]))
        rule = pl.concat_str(f"stage{end}", f"rule{end}", separator="/").alias("rule")
        sides.append(held.group_by(rule).len(name))
    joined = sides[0].join(sides[1], on="rule", how="full", coalesce=True)
    counted = joined.with_columns(pl.col("before", "now").fill_null(0).cast(pl.Int64))
    return counted.sort((pl.col("now") - pl.col("before")).abs(), "rule", descending=[True, False])


def _settings(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """The statements of two records that differ, by dotted path, in their order.

    Of a source that only one of them has, that is said and no more.
    """
    old, new = (dict(_flat({name: run.get(name) for name in _MADE_BY})) for run in (before, now))
    for name in _sources(before) ^ _sources(now):
        old, new = _only_there(old, name), _only_there(new, name)
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) != new.get(path):
            yield path, old.get(path), new.get(path)


def _only_there(statements: dict[str, Any], source: str) -> dict[str, Any]:
    """The statements, with one in place of all those about a source."""
    path = f"sources.{source}"
    others = {name: value for name, value in statements.items() if not name.startswith(f"{path}.")}
    return others if len(others) == len(statements) else {**others, path: "there"}


def _sources(run: Mapping[str, Any]) -> set[str]:
    return {str(card["id"]) for card in run.get("sources", [])}


def _flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:  # noqa: ANN401  # from JSON
    """Every leaf of a record with its path; members of a list are called by their id."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, list) and value and isinstance(value[0], Mapping):
        for at, inner in enumerate(value):
            yield from _flat(inner, f"{path}.{inner.get('id') or inner.get('name') or at}")
    else:
        yield path, value
