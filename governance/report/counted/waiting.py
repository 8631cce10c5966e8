"""What the records of a run leave to a person, the largest first."""

from typing import Any

import polars as pl

from governance.report.page import Material
from governance.report.words import _
from schemas.decision import QUARANTINED
from schemas.opt_outs import EVIDENCE_FILE

#: So many are listed; the pages hold the rest.
_MOST = 24
#: Stage of a quarantine -> whose it is, and the page where it is judged.
_OWNERS = {
    "admit": ("rights officer", "rights", _("Licence and rights")),
    "identify": ("data steward", "language", _("Language")),
    "read": ("data steward", "funnel", _("Funnel and reconciliation")),
    "scrub": ("privacy officer", "privacy", _("Personal data")),
}
_OTHER = ("data steward", "funnel", _("Funnel and reconciliation"))


def waiting(material: Material) -> list[dict[str, Any]]:
    """What waits in quarantine by rule, unverified sources, expiring cards, due checks."""
    found = [*_held(material), *_unverified(material), *_due(material)]
    ordered = sorted(found, key=lambda one: (-(one["documents"] or 0), one["what"]))
    return ordered[:_MOST]


def _held(material: Material) -> list[dict[str, Any]]:
    decisions = material.tables["decisions"].filter(pl.col("outcome") == QUARANTINED)
    rules = decisions.group_by("stage", "rule").agg(pl.col("documents").sum())
    found = []
    for stage, rule, documents in rules.sort("stage", "rule").iter_rows():
        owner, page, title = _OWNERS.get(stage, _OTHER)
        told = _("In quarantine, held by {rule}").format(rule=f"{stage}/{rule}")
        found.append(_one(told, documents, owner, page, title))
    return found


def _unverified(material: Material) -> list[dict[str, Any]]:
    counts = material.books.counts["by_source"]
    found = []
    for card in material.cards:
        licence = card.get("licence") or {}
        released = counts.get(card.get("id"), {}).get("released", 0)
        if released and not (licence.get("verified_by") and licence.get("verified_on")):
            told = _("Licence of source {source} that nobody verified").format(
                source=card.get("id")
            )
            found.append(_one(told, released, "rights officer", "rights", _OWNERS["admit"][2]))
    return found


def _due(material: Material) -> list[dict[str, Any]]:
    """Hosts whose answer is older than the run's day allows."""
    path = material.release.folder / EVIDENCE_FILE
    day = (material.run.get("settings") or {}).get("as_of")
    if not path.is_file() or not isinstance(day, str):
        return []
    table = pl.scan_parquet(path, hive_partitioning=False)
    due = table.filter(pl.col("recheck_due") < day).select(
        pl.col("host").n_unique().alias("hosts"), pl.col("documents").sum()
    )
    hosts, documents = due.collect().row(0)
    if not hosts:
        return []
    told = _("Hosts whose opt-outs are to be asked for again: {hosts}").format(hosts=hosts)
    return [_one(told, documents, "rights officer", "optouts", _("Opt-out and takedown"))]


def _one(what: str, documents: int, owner: str, page: str, title: str) -> dict[str, Any]:
    return {"what": what, "documents": documents, "owner": owner, "page": page, "title": title}
