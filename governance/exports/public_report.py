"""report/: the public edition of the review report, without samples and small numbers."""

from collections.abc import Sequence
from typing import Any

from governance.books import reconcile
from governance.exports.export import Export, Made
from governance.exports.material import Material
from governance.report.blocks import Block
from governance.report.page import Facts
from governance.report.page import Material as ReportMaterial
from governance.report.pages import PAGES
from governance.report.public import published
from governance.report.render import Edition, render
from governance.report.twin import as_bytes, digest_of, record_of
from governance.report.words import _

PAGE, NUMBERS = "report/steward_report.public.html", "report/review.public.json"
#: What may be shown outside; the rest names documents, hosts or places on a disk.
PUBLIC = tuple(page for page in PAGES if page.is_public)


def facts(material: Material) -> dict[str, Facts]:
    """The facts of the public pages. Sources of which nothing is released are not named."""
    books = material.books or reconcile(material.release, material.tables)
    gates = [dict(gate) for gate in material.standing.gates]
    validated = material.record("validation/results.json")
    # The gates decide, with the waivers: the validation at the end of the run knew of none.
    results = {**validated, "gates": gates, "may_be_released": True}
    waivers = tuple(dict(waiver) for waiver in material.standing.waivers)
    whole = ReportMaterial(
        material.release, material.tables, books, results, _nothing, waivers=waivers
    )
    found = {page.id: page.facts(whole) for page in PUBLIC}
    released = {card["id"] for card in material.cards}
    for page in ("funnel", "privacy"):
        rows = found[page]["sources"]
        found[page]["sources"] = [row for row in rows if row["id"] in released]
    lost = found["glance"]["most_lost"]
    found["glance"]["most_lost"] = [
        row for row in lost if row["what"] != "source" or row["name"] in released
    ]
    return found


def _nothing(*_: object) -> Any:  # noqa: ANN401  # never called: no page here shows text
    raise AssertionError


def edition(material: Material) -> tuple[dict[str, Sequence[Block]], bytes]:
    """The blocks of the public pages, and the bytes of their numbers."""
    found = facts(material)
    blocks: dict[str, Sequence[Block]] = {
        page.id: published(page.show(found[page.id])) for page in PUBLIC
    }
    return blocks, as_bytes(record_of(material.release, blocks, found["desk"]))


def make(material: Material) -> Made:
    """The page and its numbers."""
    blocks, twin = edition(material)
    run = material.run
    caution = [_("Without passages from documents; numbers under ten are hidden. What is told of"
                 " personal data stands in privacy_statement.md.")]  # fmt: skip
    named = Edition(
        material.release.name, str(run.get("name")), str(run.get("version")), digest_of(twin),
        caution, is_public=True,
    )  # fmt: skip
    pages = render(named, PUBLIC, blocks, is_single=True)
    return Made({PAGE: pages["index.html"].encode(), NUMBERS: twin})


EXPORT = Export("public_report", "The report without samples and small numbers", make)
