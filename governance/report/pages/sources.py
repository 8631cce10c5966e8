"""Where the text is from: every source with its card, its yield, and the way of its data."""

from typing import Any

from governance.report import svg
from governance.report.blocks import (
    Block,
    Code,
    Column,
    Decide,
    Heading,
    Missing,
    Note,
    Prose,
    Row,
    Small,
    Table,
)
from governance.report.counted import record, rights
from governance.report.page import Facts, Material, Page
from governance.report.words import _


def facts(material: Material) -> Facts:
    """Cards with documents and bytes, inputs by source, and the steps of the way."""
    inputs = {row["source"]: row for row in record.facts(material)["inputs"]}
    rows = {row["id"]: row for row in rights.facts(material)["sources"]}
    cards = {card.get("id"): card for card in material.cards}
    counted = material.books.counts["by_source"]
    released = max(material.books.counts["released"], 1)
    return {
        "sources": [
            {
                **_card(cards.get(source, {})),
                **rows.get(source, {}),
                "id": source,
                **counts,
                "share": counts["released"] / released,
                "files": inputs.get(source, {}).get("files"),
                "bytes": inputs.get(source, {}).get("bytes"),
            }
            for source, counts in counted.items()
        ],
        "models": [str(one.get("name")) for one in material.run.get("models") or []],
        "stages": [row["stage"] for row in material.books.counts["by_stage"]],
        "without_card": sorted(str(name) for name in counted if name not in cards),
    }


def _card(card: dict[str, Any]) -> dict[str, Any]:
    collected, licence = card.get("collected") or {}, card.get("licence") or {}
    return {
        "type": card.get("source_type"),
        "from": collected.get("from"),
        "to": collected.get("to"),
        "how": collected.get("how"),
        "trust": card.get("trust"),
        "zone": card.get("residency_zone") or card.get("jurisdiction"),
        "findings": len(licence.get("findings") or ()) + bool(licence.get("evidence")),
    }


def show(fact: Facts) -> list[Block]:
    """Sources, who keeps them, what was read of them, and the lineage."""
    blocks: list[Block] = []
    if fact["without_card"]:
        blocks.append(Note("bad", _("Sources without a card:"), "", fact["without_card"]))
    if not fact["sources"]:
        return [Missing(_("The release holds no document, so it has no source."))]
    return [
        *blocks,
        Prose(
            _("Every source has a card that somebody answers for. Approve it, put it into"
              " quarantine, or drop it: the next run reads the register that your decision is"
              " written into.")
        ),
        Table("sources", _COLUMNS, [_row(one) for one in fact["sources"]],
              caption=_("Sources with their yield")),
        Heading(_("Who keeps them, and where they live")),
        Table("cards", _CARD_COLUMNS, [_card_row(one) for one in fact["sources"]],
              caption=_("Custodians, periods and places of the sources")),
        Heading(_("The way of the data")),
        Prose(_("Each document passes these stages in this order; the record of the run names"
                " every setting, and `endonym explain` tells the way of any one document.")),
        _lineage(fact),
    ]  # fmt: skip


_COLUMNS = [
    Column("source", _("Source")),
    Column("read", _("Read"), "documents", _("Documents read of the source")),
    Column("released", _("Released"), "documents", _("Documents released of the source")),
    Column("share", _("of the release"), "share", _("Share of the released documents")),
    Column("bar", "", kind="chart"),
    Column("files", _("Files"), "files", _("Input files of the source")),
    Column("bytes", _("Size"), "bytes", _("Bytes of the input files, as they lie on disk")),
    Column("decide", _("Your verdict"), kind="control"),
]
_CARD_COLUMNS = [
    Column("source", _("Source")),
    Column("type", _("Type")),
    Column("custodian", _("Custodian")),
    Column("zone", _("Lives in")),
    Column("period", _("Collected")),
    Column("expires", _("Until")),
    Column("findings", _("Evidence"), "records", _("Pieces of licence evidence on the card")),
    Column("trust", _("Trust"), "points", _("Trust that the card gives, from 1 to 5")),
]


def _row(one: dict[str, Any]) -> Row:
    title = (str(one.get("title") or _("no card")), Code(str(one["id"])))
    bar = svg.meter(one["share"], "bar", "")
    decide = Decide("source", str(one["id"]), str(one.get("basis") or ""))
    return Row(str(one["id"]), {**one, "source": title, "bar": bar, "decide": decide})


def _card_row(one: dict[str, Any]) -> Row:
    period = " – ".join(dict.fromkeys(str(day) for day in (one.get("from"), one.get("to")) if day))
    cells = {
        **one,
        "source": Code(str(one["id"])),
        "period": (period or None, Small(str(one.get("how") or ""))),
        "expires": one.get("expires") or _("no end"),
    }
    return Row(str(one["id"]), cells)


def _lineage(fact: Facts) -> Table:
    columns = [Column("place", _("Place")), Column("stage", _("Stage")),
               Column("by", _("With"))]  # fmt: skip
    models = {"identify": ", ".join(fact["models"])}
    rows = [
        Row(stage, {"place": str(place), "stage": Code(stage), "by": models.get(stage)})
        for place, stage in enumerate(fact["stages"], start=1)
    ]
    return Table("lineage", columns, rows, caption=_("Stages in their order"), kind="narrow")


PAGE = Page(
    "sources",
    _("Sources and provenance"),
    _("Shall each source stay, wait, or go?"),
    facts,
    show,
    is_public=False,
)
