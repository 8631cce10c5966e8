"""Under which licence each source is held, what it asks for, and what nobody has verified."""

from typing import Any

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Decide,
    Heading,
    Missing,
    Prose,
    Row,
    Small,
    Table,
)
from governance.report.counted import rights
from governance.report.page import Facts, Material, Page
from governance.report.words import _


def facts(material: Material) -> Facts:
    """Licences by source, duties, evidence, and what is released without a verified licence."""
    found = rights.facts(material)
    cards = {card.get("id"): card.get("licence") or {} for card in material.cards}
    return {
        **found,
        "evidence": [
            {"id": source, "released": row["released"], **_evidence(cards.get(source, {}))}
            for source, row in material.books.counts["by_source"].items()
        ],
        "released": material.books.counts["released"],
    }


def _evidence(licence: dict[str, Any]) -> dict[str, Any]:
    return {
        "concluded": licence.get("concluded"),
        "verified_by": licence.get("verified_by"),
        "verified_on": licence.get("verified_on"),
        "evidence": licence.get("evidence"),
        "hosts": len(licence.get("hosts") or ()),
        "is_verified": bool(licence.get("verified_by") and licence.get("verified_on")),
    }


def show(fact: Facts) -> list[Block]:
    """The licence mix, documents by licence and source, evidence, what is unverified."""
    if not fact["licences"]:
        return [Missing(_("No document has a licence: nothing was admitted."))]
    return [
        Prose(
            _("The licence declared is what came with the text; the licence concluded is what a"
              " person found to hold for it, or what was declared where nobody has looked.")
        ),
        *_mix(fact), *_evidence_table(fact), *_matrix(fact),
    ]  # fmt: skip


def _mix(fact: Facts) -> list[Block]:
    sums: dict[str, list[Any]] = {}
    for row in fact["licences"]:
        entry = sums.setdefault(row["concluded"], [0, row["duties"]])
        entry[0] += row["released"]
    held = [item for item in sums.items() if item[1][0]]
    ordered = sorted(held, key=lambda item: (-item[1][0], item[0]))
    if not ordered:
        return [Heading(_("The mix")), Prose(_("No document is released."))]
    total = sum(count for count, _duties in sums.values()) or 1
    rows = [
        Row(name, {"licence": Code(name), "duties": duties, "released": count,
                   "share": count / total, "bar": svg.meter(count / total, "bar", "")})
        for name, (count, duties) in ordered
    ]  # fmt: skip
    columns = [
        Column("licence", _("Licence concluded")),
        Column("duties", _("Asks for")),
        Column("released", _("Released"), "documents", _("Documents released under the licence")),
        Column("share", _("of the release"), "share", _("Share of the released documents")),
        Column("bar", "", kind="chart"),
    ]
    return [Heading(_("The mix")), Table("mix", columns, rows, caption=_("Released by licence"))]


def _evidence_table(fact: Facts) -> list[Block]:
    ordered = sorted(fact["evidence"], key=lambda one: (one["is_verified"], -one["released"]))
    unverified = [one for one in ordered if not one["is_verified"] and one["released"]]
    parts, reached = [], 0
    whole = sum(one["released"] for one in unverified) or 1
    for one in unverified:
        reached += one["released"]
        parts.append(Row(one["id"], {"source": Code(one["id"]), "released": one["released"],
                                     "reached": reached / whole}))  # fmt: skip
    blocks: list[Block] = []
    if unverified:
        columns = [
            Column("source", _("Source")),
            Column("released", _("Released"), "documents",
                   _("Documents released of a source whose licence nobody verified")),
            Column("reached", _("up to here"), "share",
                   _("Share of all such documents, with the sources above")),
        ]  # fmt: skip
        bars = [(one["id"], one["released"]) for one in unverified]
        blocks = [Chart(_("Released without a verified licence, by source"), svg.bars(bars, _(
            "Documents released without a verified licence")),
            Table("unverified", columns, parts), is_public=False)]  # fmt: skip
    rows = [_evidence_row(one) for one in ordered]
    columns = [
        Column("source", _("Source")),
        Column("concluded", _("Concluded"), kind="licence"),
        Column("verified", _("Verified")),
        Column("evidence", _("Evidence")),
        Column("released", _("Released"), "documents", _("Documents released of the source")),
        Column("decide", _("Your conclusion"), kind="control"),
    ]
    return [
        Heading(_("What stands behind each licence"), is_public=False),
        *blocks,
        Table("evidence", columns, rows, caption=_("Licence evidence by source, the unverified"
              " first"), is_public=False),
    ]  # fmt: skip


def _evidence_row(one: dict[str, Any]) -> Row:
    verified = (
        (one["verified_on"], Small(str(one["verified_by"]))) if one["is_verified"] else _("nobody")
    )
    hosts = Small(_("and {hosts} hosts with licences of their own").format(hosts=one["hosts"]))
    cells = {
        **one,
        "source": Code(str(one["id"])),
        "verified": verified,
        "evidence": (one["evidence"] or _("none"), hosts) if one["hosts"] else one["evidence"],
        "decide": Decide("licence", f"source:{one['id']}", str(one["concluded"] or "")),
    }
    return Row(str(one["id"]), cells)


def _matrix(fact: Facts) -> list[Block]:
    rows = [
        Row(
            str(place),
            {
                **row,
                "source": Code(str(row["source"])),
                "declared": row["declared"],
                "concluded": row["concluded"],
            },
        )
        for place, row in enumerate(fact["licences"])
    ]
    columns = [
        Column("source", _("Source")),
        Column("declared", _("Declared"), kind="licence"),
        Column("concluded", _("Concluded"), kind="licence"),
        Column("released", _("Released"), "documents", _("Documents released so")),
        Column("removed", _("Removed"), "documents", _("Documents removed so")),
        Column("quarantined", _("Quarantined"), "documents", _("Documents in quarantine so")),
    ]
    return [
        Heading(_("Documents by licence and source"), is_public=False),
        Table("matrix", columns, rows, caption=_("Documents by licence and source"),
              is_public=False),
    ]  # fmt: skip


PAGE = Page(
    "rights",
    _("Licence and rights"),
    _("Which licence holds for each source, and who says so?"),
    facts,
    show,
    is_public=True,
)
