"""Every limit that removed something names where it is from."""

import re
from collections.abc import Iterator

import polars as pl

from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence

_PLACEHOLDER = re.compile(
    r"(?i)^\W*$|^\W*(n/a|unknown|placeholder)\b|\b(todo|tbd|fixme|xxx+|to be (done|decided))\b"
)
#: Stages whose limits come from profiles; those of the others are settings of the run.
_STAGES = ("identify", "screen", "decontaminate")
_SHORTEST_SOURCE_CHARS = 8


def is_source(text: object) -> bool:
    """True when a text names a source and is no placeholder.

    >>> is_source("Rae et al. 2021, arXiv:2112.11446"), is_source("TODO"), is_source(None)
    (True, False, False)
    """
    return (
        isinstance(text, str)
        and len(text.strip()) >= _SHORTEST_SOURCE_CHARS
        and not _PLACEHOLDER.search(text)
    )


def find(evidence: Evidence) -> Finding:
    """Counts limits without a source, and rules that removed documents by an unlisted limit."""
    reasons = tuple(_problems(evidence))
    listed = len(evidence.release.run.get("limits") or [])
    return Finding(len(reasons), reasons, f"Limits stated by the run: {listed}")


def _problems(evidence: Evidence) -> Iterator[str]:
    limits = evidence.release.run.get("limits") or []
    for entry in limits:
        if not is_source(entry.get("source")):
            yield f"{entry.get('profile')}/{entry.get('rule')}: the limit names no source"
    decisions = evidence.tables["decisions"]
    by_limit = pl.col("stage").is_in(_STAGES) & pl.col("limit_min").is_not_null()
    used = decisions.filter(by_limit)["rule"].unique().sort().drop_nulls().to_list()
    listed = {entry.get("rule") for entry in limits}
    for number, rule in enumerate(used, start=1):
        if rule not in listed:
            yield f"run.json does not state the limit of rule {number} of {len(used)} that removed"


CHECK = Check(
    id="G-SRC",
    title="Every limit names its source: a paper, a measurement or a decision",
    unit="limits",
    limit=0,
    source="promise P8: every limit has a source (design, 2026-11)",
    find=find,
)
