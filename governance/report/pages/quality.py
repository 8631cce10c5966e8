"""How the text is: every measure with its spread, and which source loses most to the rules."""

from typing import Any

import polars as pl

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Grid,
    Heading,
    Missing,
    Prose,
    Row,
    Table,
)
from governance.report.page import Facts, Material, Page
from governance.report.render import measure
from governance.report.sketches import edge, is_share
from governance.report.words import _
from schemas.measures import MEASURES

#: Buckets that one bar of a spread holds: twentieths of a share, half doublings of a count.
_OF_SHARE, _OF_COUNT = 5, 4
#: A share of one is in the last bar with those just below it.
_LAST_OF_SHARE = 19


def facts(material: Material) -> Facts:
    """Spread of every measure among the released documents, and losses at screening by source."""
    tables = material.tables
    return {
        "spreads": _spreads(tables["measured"]) if "measured" in tables else {},
        "before": _before(material.previous),
        "sources": _sources(material),
    }


def _spreads(table: pl.DataFrame) -> dict[str, dict[int, int]]:
    kept = table.filter(pl.col("folder") == "documents", pl.col("measure").is_in(MEASURES))
    sums = kept.group_by("measure", "bucket").agg(pl.col("documents").sum())
    found: dict[str, dict[int, int]] = {}
    for name, place, documents in sums.sort("measure", "bucket").iter_rows():
        bar = place // (_OF_SHARE if is_share(name) else _OF_COUNT)
        bar = min(bar, _LAST_OF_SHARE) if name.endswith("_share") else bar
        spread = found.setdefault(name, {})
        spread[bar] = spread.get(bar, 0) + documents
    return {name: found[name] for name in MEASURES if name in found}


def _before(previous: Any) -> dict[str, dict[int, int]]:  # noqa: ANN401  # another release's JSON
    metrics = previous.get("metrics") or {}
    return {
        name: {
            int(bar): count for bar, count in metrics[f"quality.{name}.documents"]["values"].items()
        }
        for name in MEASURES
        if f"quality.{name}.documents" in metrics
    }


def _sources(material: Material) -> list[dict[str, Any]]:
    decisions = material.tables["decisions"]
    at = decisions.filter(pl.col("stage").is_in(["screen", "duplicates", "release"]))
    sums = at.group_by("source").agg(
        pl.col("documents").sum().alias("screened"),
        pl.col("documents").filter(pl.col("stage") == "screen").sum().alias("held"),
    )
    ordered = sums.sort(-pl.col("held") / pl.col("screened"), "source", nulls_last=True)
    return ordered.to_dicts()


def show(fact: Facts) -> list[Block]:
    """Losses by source, spreads, what is not measured."""
    return [*_losses(fact), *_charts(fact), *_unmeasured()]


def _losses(fact: Facts) -> list[Block]:
    if not fact["sources"]:
        return [Missing(_("No document got as far as being measured."))]
    columns = [
        Column("source", _("Source")),
        Column("screened", _("Screened"), "documents",
               _("Documents of the source that came as far as the quality rules")),
        Column("held", _("Held back"), "documents",
               _("Documents of the source that a quality rule held back")),
        Column("share", _("Share"), "share", _("Share of those screened")),
        Column("bar", "", kind="chart"),
    ]  # fmt: skip
    rows = [
        Row(str(one["source"]), {**one, "source": Code(str(one["source"])),
            "share": one["held"] / one["screened"] if one["screened"] else None,
            "bar": svg.meter(one["held"] / max(one["screened"], 1), "removed", "")})
        for one in fact["sources"]
    ]  # fmt: skip
    return [
        Heading(_("What the quality rules held back, by source")),
        Table("sources", columns, rows, caption=_("Held back by quality rules, by source")),
    ]


def _charts(fact: Facts) -> list[Block]:
    heading = Heading(_("Every measure"))
    if not fact["spreads"]:
        return [heading, Missing(_("No released document has a quality measure."))]
    told = _("Each histogram shows the documents released by one measure; shares from 0 at the"
             " left, counts in steps of half a doubling.")  # fmt: skip
    if fact["before"]:
        told += " " + _("The line is the shape of the release before this one.")
    return [heading, Prose(told, kind="grid"),
            Grid([_chart(name, spread, fact["before"].get(name, {}))
                  for name, spread in fact["spreads"].items()])]  # fmt: skip


def _chart(name: str, spread: dict[int, int], before: dict[int, int]) -> Chart:
    first, last = min(spread), max(spread)
    step = _OF_SHARE if is_share(name) else _OF_COUNT
    rows = [
        Row(str(bar), {"from": measure(edge(name, bar * step)), "documents": spread.get(bar, 0)})
        for bar in range(first, last + 1)
    ]
    columns = [Column("from", _("From")),
               Column("documents", _("Documents"), "documents",
                      _("Documents released whose value lies in this step"))]  # fmt: skip
    bars = range(first, last + 1)
    drawing = svg.spread([spread.get(bar, 0) for bar in bars], [before.get(bar, 0) for bar in bars],
                         _("Spread of {name}").format(name=name))  # fmt: skip
    ends = f"{rows[0].cells['from']} – {measure(edge(name, (last + 1) * step))}"
    title = f"{name.replace('_', ' ')}, {ends}"
    return Chart(title, drawing, Table(name, columns, rows, caption=name, kind="dense narrow"))


def _unmeasured() -> list[Block]:
    return [
        Heading(_("Genre, fluency and harmful text")),
        Missing(
            _("Genre, perplexity and harmful text are not measured by this version: no model for"
              " them is in the package, and no command makes these numbers. A reading round judges"
              " them by people:"),
            "endonym review round RELEASE",
        ),
    ]  # fmt: skip


PAGE = Page(
    "quality",
    _("Quality and genre"),
    _("Is the text good enough, and is a rule too harsh for a kind of text?"),
    facts,
    show,
    is_public=False,
)
