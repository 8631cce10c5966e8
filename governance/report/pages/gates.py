"""Every gate with what was found, the expectations behind them, and how the release was made."""

from collections import Counter
from typing import Any

from governance.report.blocks import (
    Block,
    Code,
    Column,
    Heading,
    Missing,
    Number,
    Prose,
    Row,
    Small,
    Table,
)
from governance.report.counted import decision, record
from governance.report.page import Facts, Material, Page
from governance.report.pages.desk import light
from governance.report.words import _

_REASONS = 12


def facts(material: Material) -> Facts:
    """Gates, expectations by suite, record of the run."""
    gates = decision.facts(material)["gates"]
    expectations = material.results.get("expectations", [])
    counted = Counter((str(one.get("suite")), str(one.get("severity")), bool(one.get("passed")))
                      for one in expectations)  # fmt: skip
    suites = sorted({(suite, severity) for suite, severity, _passed in counted})
    return {
        "gates": gates,
        "expectations": [
            {"suite": suite, "severity": severity, "passed": counted[suite, severity, True],
             "failed": counted[suite, severity, False]}
            for suite, severity in suites
        ],
        "record": record.facts(material),
    }  # fmt: skip


def show(fact: Facts) -> list[Block]:
    """The gates, the suites, the record."""
    return [*_gates(fact), *_expectations(fact), *_record(fact["record"])]


def _gates(fact: Facts) -> list[Block]:
    if not fact["gates"]:
        told = _("The gates have not been judged; this command judges them:")
        return [Missing(told, "endonym validate RELEASE")]
    columns = [
        Column("gate", _("Gate")),
        Column("title", _("What must hold")),
        Column("figure", _("Found"), "of its unit", _("The number that the gate found")),
        Column("limit", _("Limit"), "of its unit", _("The greatest number that passes")),
        Column("unit", _("Unit")),
        Column("result", _("Result"), kind="result nowrap"),
    ]
    rows = [_gate(gate) for gate in fact["gates"]]
    return [Table("gates", columns, rows, caption=_("Gates with what was found"))]


def _gate(gate: dict[str, Any]) -> Row:
    more = len(gate["reasons"]) - _REASONS
    reasons = [Small(reason) for reason in gate["reasons"][:_REASONS]]
    if more > 0:
        reasons.append(Small(_("and {more} more in validation/results.json").format(more=more)))
    sign, colour = light(gate)
    return Row(
        gate["id"],
        {
            **gate,
            "gate": Code(gate["id"]),
            "title": (f"{gate['title']}.", Small(gate["note"]) if gate["note"] else None, *reasons),
            "result": sign,
        },
        f"light {colour}",
        f"gate-{gate['id']}",
    )


def _expectations(fact: Facts) -> list[Block]:
    if not fact["expectations"]:
        return []
    columns = [
        Column("suite", _("Suite")),
        Column("severity", _("Severity")),
        Column("passed", _("Passed"), "expectations", _("Expectations of the suite that hold")),
        Column("failed", _("Failed"), "expectations", _("Expectations that do not hold")),
    ]
    rows = [Row(f"{one['suite']}/{one['severity']}", one) for one in fact["expectations"]]
    return [
        Heading(_("Expectations about columns and files"), is_public=False),
        Table("expectations", columns, rows, caption=_("Expectations by suite"), kind="narrow",
              is_public=False),
    ]  # fmt: skip


def _record(fact: Facts) -> list[Block]:
    named = [
        (_("Run"), fact["run_id"]), (_("Manifest root"), fact["manifest_root"] or _("none")),
        (_("Settings digest"), fact["settings_digest"]),
        (_("Key used for ids (its name, not the key)"), fact["key_id"]),
        (_("Schema version"), fact["schema_version"]),
    ]  # fmt: skip
    pairs = [Column("name", _("Name")), Column("value", _("Value"))]
    record_rows = [Row(str(place), {"name": name, "value": Code(str(value))})
                   for place, (name, value) in enumerate(named)]  # fmt: skip
    models = [
        Row(str(place), {"name": one.get("name"), "licence": one.get("licence"),
                         "sha256": Code(str(one.get("sha256") or "–"))})
        for place, one in enumerate(fact["models"])
    ]  # fmt: skip
    model_columns = [Column("name", _("Model")), Column("licence", _("Licence"), kind="licence"),
                     Column("sha256", _("sha256"), kind="long")]  # fmt: skip
    return [
        Heading(_("How it was made"), is_public=False),
        Prose(
            _("{shards} Parquet files. The same inputs, settings, models, software and key give"
              " the same manifest root; times and machine stand in journal.json."),
            [Number("shards", fact["shards"], "files", _("Parquet files with documents"))],
            is_public=False,
        ),
        Table("record", pairs, record_rows, caption=_("Record of the run"), is_public=False),
        Table("models", model_columns, models, caption=_("Models"), is_public=False),
        _plain("settings", _("Settings"), fact["settings"]),
        _plain("software", _("Software"), dict(sorted(fact["software"].items()))),
    ]  # fmt: skip


def _plain(name: str, title: str, values: dict[str, Any]) -> Table:
    rows = [Row(key, {"name": Code(key), "value": str(value)}) for key, value in values.items()]
    columns = [Column("name", _("Name")), Column("value", _("Value"))]
    return Table(name, columns, rows, caption=title, kind="narrow", folded=title, is_public=False)


PAGE = Page(
    "gates",
    _("Technical gates"),
    _("What was checked by machine, against which limit, and what could not be?"),
    facts,
    show,
    is_public=True,
)
