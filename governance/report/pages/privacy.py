"""Personal data that was masked, how well it is found, and what stands beside the masks."""

from typing import Any

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Column,
    Estimate,
    Figures,
    Heading,
    Missing,
    Number,
    Prose,
    Row,
    Samples,
    Table,
)
from governance.report.counted import privacy
from governance.report.draw import contexts
from governance.report.page import Facts, Material, Page
from governance.report.render import data_type
from governance.report.small_cells import SMALLEST_SHOWN
from governance.report.words import _


def facts(material: Material) -> Facts:
    """Types and sources, measured recall, and contexts of types seen in enough documents."""
    found = privacy.facts(material)
    common = {
        row["type"]
        for row in found["types"]
        if isinstance(row["documents"], int) and row["documents"] >= SMALLEST_SHOWN
    }
    drawn = [one for one in material.drawn.get("private", ()) if one["type"] in common]
    shown = [one for passages in material.drawn.values() for one in passages]
    return {
        **found,
        "evidence": material.run.get("privacy_evidence"),
        "contexts": contexts(drawn),
        "passages": len(shown),
        "second_look": sum(1 for one in shown if one.get("second_look")),
        "recheck": next((gate for gate in material.results.get("gates", [])
                         if gate["id"] == "G-PII-1"), None),
    }  # fmt: skip


def show(fact: Facts) -> list[Block]:
    """Types, by source, recall, the second look, contexts."""
    return [*_types(fact), *_recall(fact), *_second(fact), *_contexts(fact)]


def _types(fact: Facts) -> list[Block]:
    told = Prose("{names}", parts={"names": fact["names"]["statement"]})
    if not fact["types"]:
        return [Prose(_("No personal data was found.")), told]
    columns = [
        Column("type", _("Type")),
        Column("documents", _("Documents"), "documents",
               _("Documents that held personal data of the type")),
        Column("masked", _("Values masked"), "values", _("Values of the type that were masked")),
    ]  # fmt: skip
    rows = [Row(row["type"], {**row, "type": data_type(row["type"])}) for row in fact["types"]]
    by_source = [
        Column("source", _("Source")),
        Column("read", _("Read"), "documents", _("Documents read of the source")),
    ]
    by_source += [
        Column(kind, data_type(kind), "in 1,000",
               _("Documents that held the type, in 1,000 documents read of the source; <10 and"
                 " withheld stand for the number of documents"))
        for kind in fact["type_names"]
    ]  # fmt: skip
    source_rows = [
        Row(row["id"], {"source": row["id"], "read": row["read"], **row["per_1000"]})
        for row in fact["sources"]
    ]
    return [
        Prose(
            _("What was found and masked in all documents that were read as text, whether they are"
              " released or not. Counts from 1 to 9 are shown as <10; where a single hidden number"
              " could be worked out from its sum, a second one is withheld. Values became:"
              " {treatments}."), parts={"treatments": ", ".join(fact["treatments"])},
        ),
        told,
        Table("types", columns, rows, caption=_("Personal data by type"), kind="narrow"),
        Heading(_("By source: documents that held such data, in 1,000 read")),
        Table("by_source", by_source, source_rows, caption=_("Personal data by source and type")),
    ]  # fmt: skip


def _recall(fact: Facts) -> list[Block]:
    heading = Heading(_("How much of it is found"))
    measured = (fact["evidence"] or {}).get("recall_by_type") or {}
    if not measured:
        return [
            heading,
            Missing(
                _("How much of the personal data is found has not been measured for this run; this"
                  " command measures it, and `privacy: {evidence: FILE}` in the policy names the"
                  " result:"),
                "endonym pii eval DATA --out FILE",
            ),
        ]  # fmt: skip
    rows = [
        Row(kind, {"type": data_type(kind), "of": rate["whole"],
                   "recall": Estimate(rate["part"], rate["whole"], rate["low"], rate["high"])})
        for kind, rate in sorted(measured.items())
    ]  # fmt: skip
    columns = [
        Column("type", _("Type")),
        Column("of", _("Looked for"), "values", _("Labelled values of the type")),
        Column("recall", _("Found (95 % interval)"), "share",
               _("Share of the labelled values that was found, with Wilson's interval")),
    ]  # fmt: skip
    points = [(data_type(kind), rate["share"] or 0.0, rate["low"], rate["high"])
              for kind, rate in sorted(measured.items())]  # fmt: skip
    return [
        heading,
        Chart(_("Recall by type, with 95 % intervals"),
              svg.intervals(points, _("Recall by type")),
              Table("recall", columns, rows, caption=_("Recall by type"))),
    ]  # fmt: skip


def _second(fact: Facts) -> list[Block]:
    blocks: list[Block] = [Heading(_("The second look"))]
    gate: dict[str, Any] | None = fact["recheck"]
    if gate is None:
        told = _("Released documents have not been read again; this command does it:")
        blocks.append(Missing(told, "endonym validate RELEASE"))
    else:
        blocks += [
            Prose("{note}", parts={"note": gate["note"]}),
            Figures([(_("values left unmasked"), Number("left", gate["figure"], "values",
                     _("Values of personal data that a second look found in released text")))]),
        ]  # fmt: skip
    if fact["passages"]:
        blocks.append(
            Prose(
                _("Of the {passages} passages in this report, each masked once more before it was"
                  " put here, the second look changed {second_look}."),
                [
                    Number("passages", fact["passages"], "passages",
                           _("Passages shown or looked at in this report")),
                    Number("second_look", fact["second_look"], "passages",
                           _("Passages in which the second look masked something")),
                ],
                is_public=False,
            )
        )  # fmt: skip
    return blocks


def _contexts(fact: Facts) -> list[Block]:
    return [
        Samples(
            _("What stands beside the masks"),
            "random",
            _("Forty characters on each side of a mask, one of each document and up to twelve of"
              " each type, drawn by lot; only types seen in ten documents or more. Judge whether"
              " the mask is right and whether what is left still points at a person."),
            fact["contexts"],
            _("No type of personal data was seen in ten documents or more."),
        )
    ]  # fmt: skip


PAGE = Page(
    "privacy",
    _("Personal data"),
    _("Is what may remain acceptable, or must a source be masked more strictly?"),
    facts,
    show,
    is_public=True,
)
