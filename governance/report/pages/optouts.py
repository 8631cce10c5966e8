"""What hosts and pages say about being used, how old the answers are, and what was taken down."""

from typing import Any

import polars as pl

from governance.release_folder import read_json
from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Figures,
    Heading,
    Missing,
    Number,
    Prose,
    Row,
    Table,
)
from governance.report.counted import rights
from governance.report.page import Facts, Material, Page
from governance.report.words import _
from schemas.opt_outs import EVIDENCE_FILE

_HOSTS = 200


def facts(material: Material) -> Facts:
    """Answers by protocol, hosts with their answers, and takedowns that the run applied."""
    path = material.release.folder / EVIDENCE_FILE
    day = str((material.run.get("settings") or {}).get("as_of") or "")
    has = path.is_file()
    table = pl.scan_parquet(path, hive_partitioning=False) if has else None
    tombstones = read_json(material.release.folder / "tombstones" / "latest_usable.json")
    suppressed = material.tables["decisions"].filter(
        pl.col("rule").str.contains("taken-down|suppress").fill_null(value=False)
    )
    return {
        "by_protocol": rights.facts(material)["opt_outs"],
        "hosts": _hosts(table) if table is not None else [],
        "due": _due(table, day) if table is not None else 0,
        "as_of": day,
        "suppressed": int(suppressed["documents"].sum()),
        "tombstones": tombstones or None,
        "has_list": material.run.get("suppression") is not None,
    }


def _hosts(table: pl.LazyFrame) -> list[dict[str, Any]]:
    decided = table.group_by("source", "host").agg(
        pl.col("value").filter(pl.col("protocol") == "decision").first().alias("decision"),
        pl.col("fetched_on").max(),
        pl.col("recheck_due").min(),
        pl.col("documents").max(),
    )
    return decided.sort(-pl.col("documents"), "source", "host").head(_HOSTS).collect().to_dicts()


def _due(table: pl.LazyFrame, day: str) -> int:
    due = table.filter(pl.col("recheck_due") < day) if day else table.head(0)
    return int(due.select(pl.col("host").n_unique()).collect().item())


def show(fact: Facts) -> list[Block]:
    """By protocol, by host, and the takedowns."""
    return [*_answers(fact), *_host_table(fact), *_takedown(fact)]


def _answers(fact: Facts) -> list[Block]:
    if not fact["by_protocol"]:
        return [
            Missing(
                _("No opt-out was read: no source of this run is a crawl, or none names snapshots"
                  " of what its hosts said (`opt_outs: {snapshots: …}` on the source card).")
            )
        ]  # fmt: skip
    rows = [
        Row(
            f"{row['protocol']}/{row['value']}",
            {**row, "protocol": Code(str(row["protocol"])), "value": str(row["value"])},
        )
        for row in fact["by_protocol"]
    ]
    columns = [
        Column("protocol", _("Protocol")),
        Column("value", _("Answer")),
        Column("hosts", _("Hosts"), "hosts", _("Hosts with this answer")),
        Column("documents", _("Documents"), "documents", _("Documents from these hosts")),
    ]
    bars = [(f"{row['protocol']}: {row['value']}", row["documents"]) for row in fact["by_protocol"]]
    return [
        Figures(
            [(_("hosts to ask again"), Number("due", fact["due"], "hosts",
              _("Hosts whose answer is older than the policy allows on the run's day")))]
        ),
        Prose(_("What hosts and pages say, protocol by protocol; as decision, what followed from"
                " all of them together.")),
        Chart(_("Answers by protocol, in documents"), svg.bars(bars, _("Answers by protocol")),
              Table("answers", columns, rows, caption=_("Answers by protocol"))),
    ]  # fmt: skip


def _host_table(fact: Facts) -> list[Block]:
    if not fact["hosts"]:
        return []
    rows = [
        Row(
            f"{row['source']}/{row['host']}",
            {
                **row,
                "host": Code(str(row["host"])),
                "source": str(row["source"]),
                "decision": row["decision"],
            },
        )
        for row in fact["hosts"]
    ]
    columns = [
        Column("host", _("Host")),
        Column("source", _("Source")),
        Column("decision", _("What followed")),
        Column("fetched_on", _("Asked on")),
        Column("recheck_due", _("Ask again by")),
        Column("documents", _("Documents"), "documents", _("Documents from the host")),
    ]
    return [
        Heading(_("Hosts"), is_public=False),
        Table("hosts", columns, rows, caption=_("Hosts with the most documents"), is_public=False),
    ]


def _takedown(fact: Facts) -> list[Block]:
    heading = Heading(_("Takedown"))
    number = Number("suppressed", fact["suppressed"], "documents",
                    _("Documents that the suppression list kept out of this run"))  # fmt: skip
    if not fact["has_list"]:
        return [
            heading,
            Missing(
                _("No suppression list was applied: no takedown has been decided for this corpus."
                  " Cases are kept outside the release; these commands open and show them:"),
                "endonym takedown --help",
            ),
        ]  # fmt: skip
    return [heading, Prose(_("The suppression list kept {suppressed} documents out."), [number])]


PAGE = Page(
    "optouts",
    _("Opt-out and takedown"),
    _("Is every refusal honoured, and is every answer young enough?"),
    facts,
    show,
    is_public=True,
)
