"""report/: the public edition of the review report, without samples and small numbers."""

from typing import Any

from governance.books import reconcile
from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.exports.written import as_json
from governance.report.page import Facts
from governance.report.page import Material as ReportMaterial
from governance.report.pages import PAGES
from governance.report.render import render_alone
from governance.report.small_cells import SMALL, SMALLEST_SHOWN, hide_count

PAGE, NUMBERS = "report/steward_report.public.html", "report/review.public.json"
#: What may be shown outside; the rest shows passages, single documents or places on a disk.
PUBLIC = ("decision", "funnel", "removals", "privacy")


def facts(material: Material) -> dict[str, Facts]:
    """The numbers of the public pages; what counts fewer than ten documents is hidden."""
    books = material.books or reconcile(material.release, material.tables)
    gates = [dict(gate) for gate in material.standing.gates]
    validated = material.record("validation/results.json")
    # The gates decide, with the waivers: the validation at the end of the run knew of none.
    results = {**validated, "gates": gates, "may_be_released": True}
    whole = ReportMaterial(material.release, material.tables, books, results, _nothing)
    found = {page.id: page.facts(whole) for page in PAGES if page.id in PUBLIC}
    released = {card["id"] for card in material.cards}
    found["funnel"]["sources"] = [
        row for row in found["funnel"]["sources"] if row["id"] in released
    ]
    found["privacy"]["sources"] = [
        {**row, "read": hide_count(row["read"])}
        for row in found["privacy"]["sources"]
        if row["id"] in released
    ]
    found["removals"]["rules"] = [_row(row) for row in found["removals"]["rules"]]
    return found


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A rule without what was measured of a few documents."""
    kept = {name: row[name] for name in ("stage", "rule", "outcome", "documents", "sources")}
    return {**kept, "documents": SMALL} if row["documents"] < SMALLEST_SHOWN else kept


def _nothing(*_: object) -> Any:  # noqa: ANN401  # never called: no page here shows text
    raise AssertionError


def make(material: Material) -> Made:
    """The page and its numbers."""
    found = facts(material)
    page = render_alone("public.html", {"name": material.release.name, "facts": found})
    return Made({PAGE: page.encode(), NUMBERS: as_json(found)})


EXPORT = Export("public_report", "The report without samples and small numbers", make)
