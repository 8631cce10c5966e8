"""What changed since the release before, and whether the text still is what the limits were for."""

from collections.abc import Mapping
from typing import Any

from governance.report import svg
from governance.report.blocks import (
    Block,
    Code,
    Column,
    Figures,
    Heading,
    Missing,
    Note,
    Number,
    Prose,
    Row,
    Small,
    Table,
)
from governance.report.counted import likeness
from governance.report.page import Facts, Material, Page
from governance.report.words import _
from governance.tongues import tongue

#: Compared: metric of the earlier report, and what it is called here.
_COMPARED = {
    "source": "funnel.sources.released",
    "language": "language.languages.released",
    "rule": "funnel.rules.documents",
}
_MOST = 40


def facts(material: Material) -> Facts:
    """Differences to the earlier report's own numbers, and the drift from the reference text."""
    metrics = material.previous.get("metrics") or {}
    now = _now(material)
    return {
        "previous": material.previous.get("version"),
        "changes": {name: _changes(now[name], _values(metrics, key))
                    for name, key in _COMPARED.items()} if metrics else {},
        "distances": {name: distance(now[name], _values(metrics, key))
                      for name, key in _COMPARED.items()} if metrics else {},
        "likeness": likeness.facts(material),
    }  # fmt: skip


def _now(material: Material) -> dict[str, dict[str, int]]:
    counts = material.books.counts
    held = material.tables["decisions"].to_dicts()
    rules: dict[str, int] = {}
    for row in held:
        if row["outcome"] != "released":
            key = f"{row['stage']}/{row['rule']}/{row['outcome']}"
            rules[key] = rules.get(key, 0) + row["documents"]
    sources = {str(name): row["released"] for name, row in counts["by_source"].items()}
    return {"source": sources, "language": {str(k): v for k, v in counts["languages"].items()},
            "rule": rules}  # fmt: skip


def _values(metrics: Mapping[str, Any], name: str) -> dict[str, int]:
    values = (metrics.get(name) or {}).get("values") or {}
    return {key: value for key, value in values.items() if key and isinstance(value, int)}


def _changes(now: Mapping[str, int], before: Mapping[str, int]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"name": name, "before": before.get(name, 0), "now": now.get(name, 0)}
        for name in sorted({*now, *before})
    ]
    moved = [row for row in rows if row["now"] != row["before"]]
    return sorted(moved, key=lambda row: (-abs(row["now"] - row["before"]), row["name"]))[:_MOST]


def distance(now: Mapping[str, int], before: Mapping[str, int]) -> float | None:
    """Half the sum of the differences of the shares: 0 alike, 1 nothing in common.

    Source: total variation distance; none where one side is empty.

    >>> distance({"a": 1, "b": 1}, {"a": 2})
    0.5
    """
    here, there = sum(now.values()), sum(before.values())
    if not here or not there:
        return None
    return sum(abs(now.get(name, 0) / here - before.get(name, 0) / there)
               for name in {*now, *before}) / 2  # fmt: skip


def show(fact: Facts) -> list[Block]:
    """The earlier release, then the reference text."""
    return [*_since(fact), *_likeness(fact["likeness"])]


def _since(fact: Facts) -> list[Block]:
    if not fact["changes"]:
        return [
            Missing(
                _("No report of an earlier release of this corpus lies beside this one, so nothing"
                  " can be compared; this command names one:"),
                "endonym report RELEASE --previous FOLDER",
            )
        ]  # fmt: skip
    names = {"source": _("Sources"), "language": _("Languages"), "rule": _("Rules")}
    blocks: list[Block] = [
        Prose(_("Compared with release {version}, by the numbers of its own report. A distance"
                " of 0 means the same shares, 1 that nothing is shared."),
              parts={"version": str(fact["previous"])}),
        Figures([(names[key], Number(f"distance_{key}", value, "score",
                  _("Total variation distance between the shares then and now")))
                 for key, value in fact["distances"].items()]),
    ]  # fmt: skip
    for key, rows in fact["changes"].items():
        blocks += [Heading(names[key]), _change_table(key, rows)]
    return blocks


def _change_table(key: str, rows: list[dict[str, Any]]) -> Block:
    if not rows:
        return Prose(_("Nothing changed."))
    columns = [
        Column("name", _("Name")),
        Column("before", _("Before"), "documents", _("Documents in the earlier release")),
        Column("now", _("Now"), "documents", _("Documents in this release")),
        Column("more", _("Difference"), "documents", _("More documents, or fewer")),
    ]
    shown = [
        Row(row["name"], {**row, "more": row["now"] - row["before"],
            "name": tongue(row["name"]) if key == "language" else Code(row["name"])})
        for row in rows
    ]  # fmt: skip
    return Table(f"by_{key}", columns, shown, caption=_("Changes, the greatest first"))


def _likeness(fact: Facts) -> list[Block]:
    heading = Heading(_("Like the text that the limits are from?"))
    if not fact["languages"]:
        return [heading, Missing(_(
            "No language of this run has a profile that was measured on reference text, so there"
            " is nothing to compare; this command makes one:"), "endonym calibrate")]  # fmt: skip
    numbers = [
        Number("compared", len(fact["languages"]), "languages",
               _("Languages whose documents were held against reference text")),
        Number("drifted", fact["drifted"], "languages",
               _("Languages of which a measure is too far from its reference")),
    ]  # fmt: skip
    kind = "warn" if fact["drifted"] else "good"
    told = _("Languages compared: {compared}; unlike their reference: {drifted}.")
    return [
        heading,
        Prose(
            _("The limits of these languages were measured on reference text. The documents of"
              " this run, kept or not, are held against it, measure by measure. The distance is"
              " the largest difference between the share of the reference text and the share of"
              " the documents that lie at or below a value; it is too far when it is beyond its"
              " limit by more than chance. A language that has drifted is no worse for it, but"
              " its limits were not made for such text.")
        ),
        Note(kind, "", told, numbers=numbers),
        *_far(fact), _nearest(fact),
    ]  # fmt: skip


def _far(fact: Facts) -> list[Block]:
    rows = [
        Row(f"{language['tag']}|{one['measure']}", {
            **one, "language": tongue(language["tag"]),
            "measure": (Code(one["measure"]), one["direction"],
                        Small(str(fact["sources"].get(one["measure"], "")))),
            "bar": svg.meter(one["distance"], "bar", "")})
        for language in fact["languages"] for one in language["far"]
    ]  # fmt: skip
    if not rows:
        return []
    columns = [
        Column("language", _("Language")),
        Column("measure", _("Measure")),
        Column("documents", _("Documents"), "documents", _("Documents compared")),
        Column("reference_middle", _("Half of the reference is up to"), "measure",
               _("Median of the reference text")),
        Column("share_up_to_it", _("of these documents"), "share",
               _("Share of the documents at or below it")),
        Column("distance", _("Distance"), "score", _("Kolmogorov and Smirnov's distance")),
        Column("bar", "", kind="chart"),
        Column("limit", _("Limit"), "score", _("Distance that is too far")),
    ]  # fmt: skip
    return [Table("far", columns, rows, caption=_("Measures that are too far"), is_public=False)]


def _nearest(fact: Facts) -> Block:
    columns = [
        Column("language", _("Language")),
        Column("documents", _("Documents"), "documents", _("Documents compared")),
        Column("measure", _("Measure")),
        Column("distance", _("Distance"), "score", _("Kolmogorov and Smirnov's distance")),
        Column("surplus", _("without chance"), "score",
               _("Distance less what two samples from one text may differ by")),
        Column("limit", _("Limit"), "score", _("Distance that is too far")),
    ]  # fmt: skip
    rows = [
        Row(row["tag"], {**row["nearest_to_limit"], "language": tongue(row["tag"]),
                         "measure": Code(row["nearest_to_limit"]["measure"])})
        for row in fact["languages"]
    ]  # fmt: skip
    return Table("nearest", columns, rows, caption=_("Measures nearest to their limits"),
                 kind="dense", is_public=False,
                 folded=_("The measure of each language that is nearest to its limit"))  # fmt: skip


PAGE = Page(
    "drift",
    _("Change and drift"),
    _("Is every change explained, and do the limits still fit the text?"),
    facts,
    show,
    is_public=False,
)
