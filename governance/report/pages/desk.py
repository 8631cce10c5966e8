"""The decision desk: may it be released, what speaks against it, and what waits for a person."""

from typing import Any

from governance.report.blocks import (
    Block,
    Code,
    Column,
    Decide,
    Figures,
    Heading,
    Link,
    Missing,
    Note,
    Number,
    Prose,
    Row,
    Table,
)
from governance.report.counted import decision
from governance.report.counted.waiting import waiting
from governance.report.page import Facts, Material, Page
from governance.report.words import _


def facts(material: Material) -> Facts:
    """The verdict, the gates, what waits for a decision, and what became of earlier ones."""
    return {
        **decision.facts(material),
        "waiting": waiting(material),
        "applied": material.run.get("decisions"),
        "waivers": [dict(waiver) for waiver in material.waivers],
        "previous": (material.previous.get("release"), material.previous.get("version")),
        "validated": bool(material.results),
    }


def show(fact: Facts) -> list[Block]:
    """Verdict, figures, gates, what waits, decisions applied, waivers."""
    return [
        _verdict(fact),
        *_warnings(fact),
        Figures(
            [
                (_("gates passed"), Number("passed", fact["passed"], "gates",
                 _("Gates that were judged and passed"))),
                (_("gates that block"), Number("blocking", _count(fact, "critical"), "gates",
                 _("Gates that were judged, failed, and block the release"))),
                (_("warnings"), Number("warnings", _count(fact, "warning"), "gates",
                 _("Gates that failed and do not block the release"))),
                (_("not judged"), Number("not_judged", _not_judged(fact), "gates",
                 _("Gates whose records do not exist yet"))),
                (_("wait for a person"), Number("waiting", len(fact["waiting"]), "things",
                 _("Things listed below that a person should decide"))),
            ]
        ),
        *_gates(fact),
        *_waiting(fact),
        *_applied(fact),
        *_waivers(fact),
    ]  # fmt: skip


def _verdict(fact: Facts) -> Block:
    if fact["may_be_released"]:
        return Note("good", _("May be released."),
                    _("Every gate that blocks has passed, for exactly these files."))  # fmt: skip
    reasons = [f"{one['gate']}: {one['sentence']}" if one["gate"] else one["sentence"]
               for one in fact["reasons"]]  # fmt: skip
    return Note("bad", _("Must not be released."), "", reasons)


def _warnings(fact: Facts) -> list[Block]:
    if not fact["warnings"]:
        return []
    told = [f"{one['id']}: {one['title']}" for one in fact["warnings"]]
    return [Note("warn", _("Warnings do not block, but ask for a reader:"), "", told)]


def _count(fact: Facts, severity: str) -> int:
    return sum(1 for gate in fact["gates"] if state_of(gate) == "failed"
               and gate["severity"] == severity)  # fmt: skip


def _not_judged(fact: Facts) -> int:
    return sum(1 for gate in fact["gates"] if not gate.get("judged", True))


def state_of(gate: dict[str, Any]) -> str:
    """passed, failed, waived, or not judged."""
    if gate.get("state") == "waived":
        return "waived"
    if not gate.get("judged", True):
        return "not judged"
    return "passed" if gate["passed"] else "failed"


def light(gate: dict[str, Any]) -> tuple[str, str]:
    """The sign and the class of a gate's state; never by colour alone."""
    state = state_of(gate)
    if state == "failed" and gate["severity"] != "critical":
        return _("! warning"), "warn"
    told = {
        "passed": (_("✓ passed"), "good"),
        "failed": (_("✗ blocks"), "bad"),
        "waived": (_("~ waived"), "warn"),
        "not judged": (_("? not judged"), "open"),
    }
    return told[state]


def _gates(fact: Facts) -> list[Block]:
    if not fact["gates"]:
        return [
            Missing(
                _("The gates have not been judged; this command judges them:"),
                "endonym validate RELEASE",
            )
        ]
    rows = [
        Row(
            gate["id"],
            {
                "gate": Link("gates", gate["id"], f"gate-{gate['id']}"),
                "title": gate["title"],
                "result": light(gate)[0],
                "decide": Decide("gate", gate["id"], state_of(gate)),
            },
            f"light {light(gate)[1]}",
        )
        for gate in fact["gates"]
    ]
    columns = [Column("gate", _("Gate")), Column("title", _("What must hold")),
               Column("result", _("Result"), kind="result nowrap"),
               Column("decide", _("Your note"), kind="control")]  # fmt: skip
    table = Table("gates", columns, rows, caption=_("Every gate with its result"))
    return [Heading(_("Gates")), table]


def _waiting(fact: Facts) -> list[Block]:
    if not fact["waiting"]:
        return [
            Heading(_("What waits for a person")),
            Prose(_("Nothing in the records of this run waits for a person.")),
        ]
    rows = [
        Row(
            str(place),
            {
                "what": one["what"],
                "documents": one["documents"],
                "owner": one["owner"],
                "page": Link(one["page"], one["title"], one.get("anchor", "")),
            },
        )
        for place, one in enumerate(fact["waiting"])
    ]
    columns = [
        Column("what", _("What")),
        Column("documents", _("Documents"), "documents", _("Documents that it is about")),
        Column("owner", _("Whose")),
        Column("page", _("Where")),
    ]
    table = Table("open", columns, rows, caption=_("What waits for a person, the most first"),
                  is_public=False)  # fmt: skip
    return [Heading(_("What waits for a person"), is_public=False),
            Prose(_("Found in the records of this run, those about the most documents first."
                    " A great number is no mistake by itself: it is where to look."),
                  is_public=False),
            table]  # fmt: skip


def _applied(fact: Facts) -> list[Block]:
    applied = fact["applied"]
    heading = Heading(_("Decisions of earlier reports"), is_public=False)
    if not applied:
        return [
            heading,
            Missing(
                _("This run had no decisions to carry out; decisions exported from these pages"
                  " are taken over by:"),
                "endonym decisions apply RUN.yaml decisions.json",
                is_public=False,
            ),
        ]  # fmt: skip
    rows = [
        Row(
            str(one.get("id", place)),
            {
                "target": Code(str(one.get("target", ""))),
                "kind": str(one.get("kind", "")),
                "verdict": str(one.get("verdict", "")),
                "became": str(one.get("state", "")),
                "documents": one.get("documents"),
            },
        )
        for place, one in enumerate(applied)
    ]
    columns = [
        Column("target", _("About")),
        Column("kind", _("Kind")),
        Column("verdict", _("Verdict")),
        Column("became", _("What became of it")),
        Column("documents", _("Documents"), "documents", _("Documents that it changed")),
    ]
    table = Table("applied", columns, rows, caption=_("Decisions and what became of them"),
                  is_public=False)  # fmt: skip
    return [heading, table]


def _waivers(fact: Facts) -> list[Block]:
    if not fact["waivers"]:
        return []
    rows = [
        Row(
            str(one.get("gate")),
            {"gate": str(one.get("gate")), "expires": str(one.get("expires_at") or "")},
        )
        for one in fact["waivers"]
    ]  # fmt: skip
    columns = [Column("gate", _("Gate")), Column("expires", _("Expires"))]
    return [Heading(_("Waivers in force")), Table("waivers", columns, rows, kind="narrow")]


PAGE = Page(
    "desk",
    _("Decision desk"),
    _("May this corpus be released, and if not: what must be decided, and by whom?"),
    facts,
    show,
    is_public=True,
)
