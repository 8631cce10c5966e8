"""Opt-outs were asked for, are young enough, and nothing that was denied is released."""

from collections.abc import Iterator

import polars as pl

from governance.optouts.model import ALLOW, DENY, EXEMPT
from governance.optouts.places import places
from governance.release_folder import Release, read_parts
from governance.validate.check import Check, Finding
from governance.validate.evidence import Evidence, policy_of
from schemas.decision import RELEASED
from schemas.opt_outs import DECISION, EVIDENCE, EVIDENCE_FILE

_ARCHIVES = ("warc", "wet")


def find(evidence: Evidence) -> Finding:
    """Counts hosts without an answer, answers that are too old, and denials not carried out."""
    release = evidence.release
    crawled, table = _crawled(release), _table(release)
    if table is None:
        missing = f"{EVIDENCE_FILE} is missing, so nobody can tell whether hosts were asked"
        return Finding(int(bool(crawled)), (missing,) * bool(crawled))
    reasons = [*_unasked(release, crawled, table), *_old(evidence, table)]
    reasons += _uncounted(evidence, table)
    hosts = table["host"].n_unique() if len(table) else 0
    return Finding(len(reasons), tuple(reasons), f"Hosts with evidence: {hosts:,}")


def _crawled(release: Release) -> set[str]:
    cards = release.run.get("sources", [])
    by_type = {card.get("id") for card in cards if card.get("source_type") == "crawl"}
    files = release.run.get("inputs", [])
    return by_type | {file.get("source") for file in files if file.get("format") in _ARCHIVES}


def _table(release: Release) -> pl.DataFrame | None:
    path = release.folder / EVIDENCE_FILE
    if not path.is_file():
        return None
    return pl.read_parquet(path, columns=list(EVIDENCE), hive_partitioning=False)


def _unasked(release: Release, crawled: set[str], table: pl.DataFrame) -> Iterator[str]:
    """Released documents of hosts that nobody let them be held by."""
    lenient = (policy_of(release).get("opt_outs") or {}).get("unknown") == "keep"
    decided = table.filter(pl.col("protocol") == DECISION)
    if not lenient:
        decided = decided.filter(pl.col("value").is_in([ALLOW, EXEMPT]))
    known = {source: set(part["host"]) for (source,), part in decided.group_by("source")}
    lacking: dict[str, int] = {}
    for shard in release.shards if crawled else ():
        if shard.outcome != RELEASED:
            continue
        for part in read_parts(release, shard, ("source", "url")):
            for source, hosts in _hosts(part, crawled):
                odd = hosts.is_in(list(known.get(source, ()))).not_() & ~hosts.str.contains(
                    "[", literal=True
                )
                count = int(odd.fill_null(None not in known.get(source, ())).sum())
                lacking[source] = lacking.get(source, 0) + count
    for source, count in sorted(lacking.items()):
        if count:
            yield f"released without leave of their hosts: {count} documents of {source}"


def _hosts(part: pl.DataFrame, crawled: set[str]) -> Iterator[tuple[str, pl.Series]]:
    chosen = part.filter(pl.col("source").is_in(list(crawled)))
    for (source,), rows in chosen.group_by("source"):
        yield str(source), places(rows["url"])["host"]


def _old(evidence: Evidence, table: pl.DataFrame) -> Iterator[str]:
    """Hosts whose documents are released on an answer that should have been renewed."""
    if evidence.as_of is None:
        return
    allowed = table.filter((pl.col("protocol") != DECISION) & (pl.col("value") == ALLOW))
    newest = allowed.group_by("source", "host").agg(pl.col("recheck_due").max().alias("due"))
    held = table.filter((pl.col("protocol") == DECISION) & (pl.col("value") == ALLOW))
    late = newest.join(held, on=["source", "host"], how="semi")
    late = late.filter(pl.col("due") < evidence.as_of.isoformat())
    if len(late):
        yield f"hosts whose opt-outs must be looked at again: {len(late)}"


def _uncounted(evidence: Evidence, table: pl.DataFrame) -> Iterator[str]:
    """Denials of the evidence against documents that were held back for them."""
    denied = table.filter((pl.col("protocol") == DECISION) & (pl.col("value") == DENY))
    said = int(denied["documents"].sum())
    rules = evidence.tables["decisions"].filter(
        pl.col("rule").str.starts_with("opt-out-")
        & ~pl.col("rule").is_in(["opt-out-unknown", "opt-out-too-old"])
        & (pl.col("outcome") != RELEASED)
    )
    held = int(rules["documents"].sum())
    if said != held:
        yield f"documents denied by the evidence: {said}, held back for it: {held}"


CHECK = Check(
    id="G-OPT-1",
    title="Every crawled host was asked for its opt-outs, lately, and every denial is honoured",
    unit="problems",
    limit=0,
    source="governance notes, gate G-OPT-1 (2026-11); the policy of the run, opt_outs",
    find=find,
)
