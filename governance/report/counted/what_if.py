"""What another limit would hold back, from counts in buckets."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from governance.report.page import Material
from governance.report.sketches import is_share
from governance.tongues import tongue

#: Languages, those with the most documents, whose every rule can be moved on the page; of the
#: others those rules that hold something back. It bounds the size of the page.
_WHOLE_LANGUAGES = 60
#: Limits that are listed, those that hold back the most.
_MOST_LIMITS = 60
#: Scores for which the documents kept are told beforehand.
SCORES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
Buckets = dict[tuple[str, str], list[int]]


def limit_for(limits: Sequence[Mapping[str, Any]], tag: str, rule: str) -> Mapping[str, Any] | None:
    """The limit of a rule that holds for a language; its own comes before the common one."""
    fitting = [one for one in limits if one.get("rule") == rule]
    for profile in (tag, f"script of {tag}", "default"):
        found = [one for one in fitting if one.get("profile") == profile]
        if found:
            return found[-1]
    return None


def what_if(material: Material) -> dict[str, Any]:
    """For the page: rules with their measures, languages with the buckets of each rule.

    Returns:
        `rules` and `languages`, empty when the run states no measured limits or the tables hold
        no sketches. Buckets are packed: the first one, then the documents of it and of each
        after it.
    """
    limits = [one for one in material.run.get("limits") or [] if one.get("measure")]
    tables = material.tables
    if not limits or "measured" not in tables:
        return {"rules": {}, "languages": {}}
    rules = {one["rule"]: one for one in limits if one["profile"] == "default"}
    kept = _buckets(tables["measured"].filter(pl.col("folder") == "documents"), "measure")
    held = _buckets(tables["held"], "rule")
    named = material.books.counts["languages"]
    ordered = sorted(named, key=lambda tag: (-named[tag], str(tag)))
    first = set(ordered[:_WHOLE_LANGUAGES])
    tags = [*ordered, *sorted({tag for tag, _ in held} - set(ordered))]
    return {
        "rules": {
            name: {
                "measure": one["measure"],
                "side": one["side"],
                "scale": "share" if is_share(one["measure"]) else "count",
                "unit": one["measure"].replace("_", " "),
            }
            for name, one in rules.items()
        },
        "languages": {
            tag: {"name": tongue(tag).name, "rules": found}
            for tag in tags
            if tag and (found := _rules(tag, rules, limits, kept, held, is_whole=tag in first))
        },
    }


def _rules(  # one language in six parts
    tag: str,
    rules: Mapping[str, Mapping[str, Any]],
    limits: Sequence[Mapping[str, Any]],
    kept: Buckets,
    held: Buckets,
    *,
    is_whole: bool,
) -> dict[str, Any]:
    found = {}
    for name, rule in rules.items():
        inside, outside = kept.get((tag, rule["measure"]), []), held.get((tag, name), [])
        if outside or (is_whole and inside):
            own = limit_for(limits, tag, name) or rule
            found[name] = {"limit": own["limit"], "kept": inside, "held": outside}
    return found


def _buckets(table: pl.DataFrame, name: str) -> Buckets:
    rows = table.group_by("tag", name, "bucket").agg(pl.col("documents").sum())
    found: Buckets = {}
    for tag, key, place, documents in rows.sort("tag", name, "bucket").iter_rows():
        packed = found.setdefault((tag, key), [place])
        packed += [0] * (place - packed[0] - len(packed) + 1)
        packed.append(documents)
    return found


def busiest(material: Material) -> list[dict[str, Any]]:
    """The limits that hold back the most documents, by language and rule."""
    if "held" not in material.tables:
        return []
    limits = [one for one in material.run.get("limits") or [] if one.get("measure")]
    sums = material.tables["held"].group_by("tag", "rule").agg(pl.col("documents").sum())
    whole = dict(
        material.tables["languages"].group_by("tag").agg(pl.col("documents").sum()).iter_rows()
    )
    ordered = sums.sort(-pl.col("documents"), "tag", "rule").head(_MOST_LIMITS)
    found = []
    for tag, rule, documents in ordered.iter_rows():
        one = limit_for(limits, tag, rule) or {}
        found.append(
            {
                "tag": tag, "rule": rule, "documents": documents, "of": whole.get(tag, 0),
                "limit": one.get("limit"), "key": one.get("key") or rule, "side": one.get("side"),
                "source": one.get("source"),
            }
        )  # fmt: skip
    return found


def kept_at(material: Material) -> list[dict[str, Any]]:
    """Of each language the documents released whose score reaches each of `SCORES`."""
    if "measured" not in material.tables:
        return []
    scores = material.tables["measured"].filter(
        pl.col("measure") == "raw_score", pl.col("folder") == "documents"
    )
    found = []
    for (tag,), part in scores.sort("tag").group_by("tag", maintain_order=True):
        kept = {
            score: int(part.filter(pl.col("bucket") >= round(score * 100))["documents"].sum())
            for score in SCORES
        }
        found.append({"tag": tag, "released": int(part["documents"].sum()), "kept": kept})
    return sorted(found, key=lambda row: (-row["released"], row["tag"]))
