"""Where documents went, stage by stage and source by source, whether it adds up, and why."""

from typing import Any

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Decide,
    Heading,
    Note,
    Number,
    Prose,
    Row,
    SideBySide,
    Small,
    Table,
)
from governance.report.counted import funnel, removals
from governance.report.page import Facts, Material, Page
from governance.report.words import _

#: Rules of which passages are shown side by side: those that held back the most.
_RULES_SHOWN = 30


def facts(material: Material) -> Facts:
    """The funnel, the rules, and passages of what each rule held back and let pass."""
    drawn = material.drawn
    return {
        **funnel.facts(material),
        "removals": removals.facts(material),
        "held": [one for one in drawn.get("held", ()) if one["chars"] is not None],
        "unwritten": sorted({str(one["group"]) for one in drawn.get("held", ())}
                            - {str(one["group"]) for one in drawn.get("held", ())
                               if one["chars"] is not None}),
        "edge": list(drawn.get("edge", ())),
    }  # fmt: skip


def show(fact: Facts) -> list[Block]:
    """Books, stages, sources, rules, passages."""
    return [_books(fact), *_stages(fact), *_sources(fact), *_rules(fact), *_beside(fact)]


def _books(fact: Facts) -> Block:
    if fact["imbalances"]:
        return Note("bad", _("The books do not balance."), _("These numbers do not agree:"),
                    fact["imbalances"][:40])  # fmt: skip
    total = fact["total"]
    means = {
        "read": _("Documents read, of all sources"),
        "released": _("Documents in the release"),
        "removed": _("Documents that a rule removed"),
        "quarantined": _("Documents that wait in quarantine"),
    }
    return Note(
        "good",
        _("The books balance."),
        _("Every record read ended exactly once: {read} read = {released} released + {removed}"
          " removed + {quarantined} quarantined. The files were counted again for this; every"
          " number that the run stated agrees."),
        numbers=[Number(key, total[key], "documents", told) for key, told in means.items()],
    )  # fmt: skip


def _stages(fact: Facts) -> list[Block]:
    drawing = svg.flow(
        [(row["stage"], row["out"], row["quarantined"], row["removed"]) for row in fact["stages"]],
        _("Documents that pass each stage"),
    )
    rows = [
        Row(row["stage"], {**row, "share": row["out"] / row["in"] if row["in"] else None})
        for row in fact["stages"]
    ]
    columns = [
        Column("stage", _("Stage")),
        Column("in", _("In"), "documents", _("Documents that came to the stage undecided")),
        Column("quarantined", _("Quarantined"), "documents",
               _("Documents that the stage put into quarantine")),
        Column("removed", _("Removed"), "documents", _("Documents that the stage removed")),
        Column("out", _("Passed on"), "documents", _("Documents that the stage passed on")),
        Column("share", _("of what came in"), "share", _("Share of them that it passed on")),
    ]  # fmt: skip
    table = Table("stages", columns, rows, caption=_("Documents by stage"),
                  folded=_("The numbers, stage by stage"))  # fmt: skip
    legend = [("released", _("passed on")), ("quarantined", _("quarantined")),
              ("removed", _("removed"))]  # fmt: skip
    # What one stage held back is the difference of two counts beside it, so none could be hidden.
    return [Chart(_("Stage by stage"), drawing, table, legend, is_public=False)]


def _sources(fact: Facts) -> list[Block]:
    rows = [_source(row) for row in fact["sources"]]
    ended = ("read", "released", "removed", "quarantined")
    columns = [
        Column("source", _("Source")),
        Column("read", _("Read"), "documents", _("Documents read of the source")),
        Column("released", _("Released"), "documents", _("Documents released of the source")),
        Column("removed", _("Removed"), "documents", _("Documents removed of the source")),
        Column("quarantined", _("Quarantined"), "documents",
               _("Documents of the source in quarantine")),
        Column("adds", _("Adds up")),
        Column("bar", _("Share of each"), kind="chart wide"),
    ]  # fmt: skip
    total = Row("", {"source": _("All sources"), "adds": "", "bar": ""}
                | {key: fact["total"][key] for key in ended})  # fmt: skip
    return [
        Heading(_("Source by source")),
        Table("sources", columns, rows, total, caption=_("Documents by source")),
    ]


def _source(row: dict[str, Any]) -> Row:
    whole = row["released"] + row["removed"] + row["quarantined"]
    parts = [(f"{key}: {row[key]:,}", row[key], key)
             for key in ("released", "quarantined", "removed")]  # fmt: skip
    return Row(
        str(row["id"]),
        {
            **row,
            "source": (row["title"], Code(str(row["id"]))),
            "adds": _("yes") if row["read"] == whole else _("no"),
            "bar": svg.stacked(parts, ", ".join(name for name, _size, _colour in parts)),
        },
    )


def _rules(fact: Facts) -> list[Block]:
    heading = Heading(_("What was held back, and why"), "rules")
    if not fact["removals"]["rules"]:
        return [heading, Prose(_("Nothing was held back."))]
    read = fact["removals"]["read"]
    return [
        heading,
        Prose(
            _("Each document is held back by the first rule that speaks against it, so the counts"
              " add up. Where a rule measures, the table shows the least, the mean and the"
              " greatest value among the documents that it held back, and the limit that they"
              " were held against (two limits where languages differ).")
        ),
        Table("rules", _RULE_COLUMNS, [_rule(row, read) for row in fact["removals"]["rules"]],
              caption=_("Rules that held documents back")),
    ]  # fmt: skip


_RULE_COLUMNS = [
    Column("rule", _("Rule")),
    Column("outcome", _("Outcome")),
    Column("documents", _("Documents"), "documents", _("Documents that the rule held back")),
    Column("share", _("of all read"), "share", _("Share of all documents read")),
    Column("measure_min", _("Least"), "measure",
           _("Least value that the rule measured in a document that it held back")),
    Column("measure_mean", _("Mean"), "measure",
           _("Mean of the values that the rule measured in documents that it held back")),
    Column("measure_max", _("Greatest"), "measure",
           _("Greatest value that the rule measured in a document that it held back")),
    Column("limit_min", _("Limit from"), "measure", _("Least limit that held for one of them")),
    Column("limit_max", _("to"), "measure", _("Greatest limit that held for one of them")),
    Column("decide", _("Your verdict"), kind="control"),
]  # fmt: skip


def _rule(row: dict[str, Any], read: int) -> Row:
    name = "/".join(str(part) for part in (row["stage"], row["rule"]) if part) or _("no rule")
    more = len(row["sources"]) - 2
    sources = [*row["sources"][:2], _("and {more} more, by language").format(more=more)]
    cells = {
        **row,
        "rule": (Code(name), *map(Small, sources if more > 0 else row["sources"])),
        "share": row["documents"] / read if read else None,
        "decide": Decide("rule", name) if row["rule"] else None,
    }
    return Row(f"{name}/{row['outcome']}", cells)


def _beside(fact: Facts) -> list[Block]:
    groups = [row for row in fact["removals"]["rules"] if row["rule"]]
    shown = sorted(groups, key=lambda row: -row["documents"])[:_RULES_SHOWN]
    blocks: list[Block] = [
        Heading(_("Held back and kept, side by side"), "beside", is_public=False),
        Prose(
            _("On the left, up to five documents that a rule held back, drawn by lot. On the"
              " right, the documents kept whose value lies nearest to the same rule's limit:"
              " they are drawn for their risk, and say nothing about the whole. The two are never"
              " counted together. Personal data is masked and was looked for once more; of a"
              " source with fewer than ten documents nothing is shown."),
            is_public=False,
        ),
    ]  # fmt: skip
    for row in shown:
        name = f"{row['stage']}/{row['rule']}"
        held = [one for one in fact["held"] if one["group"] == name]
        if not held:
            continue
        edge = [one for one in fact["edge"] if one["of_rule"] == row["rule"]]
        blocks.append(
            SideBySide(
                name,
                (_("Held back, by lot"), held),
                (_("Kept, nearest to the limit"), edge),
                id=f"rule-{row['rule']}",
            )
        )
    if fact["unwritten"]:
        blocks.append(
            Prose(
                _("Of documents held back by these rules no text was written, or there is none:"
                  " {rules}."),
                parts={"rules": ", ".join(fact["unwritten"])},
                kind="aside",
                is_public=False,
            )
        )  # fmt: skip
    return blocks


PAGE = Page(
    "funnel",
    _("Funnel and reconciliation"),
    _("Does it add up, and is a filter too harsh?"),
    facts,
    show,
    is_public=True,
)
