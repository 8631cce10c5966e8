"""Who and what is represented: places, periods, scripts, and languages that are wanting."""

from typing import Any

import polars as pl

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Column,
    Heading,
    Missing,
    Prose,
    Row,
    Table,
)
from governance.report.counted import languages
from governance.report.page import Facts, Material, Page
from governance.report.words import _
from governance.tongues import tongue

#: Bars of a chart; its table has them all.
_BARS = 20


def facts(material: Material) -> Facts:
    """Released documents by jurisdiction, year and script; languages named but not released."""
    table = material.tables.get("periods")
    kept = None if table is None else table.filter(pl.col("folder") == "documents")
    return {
        "places": [] if kept is None else _by(kept, "jurisdiction"),
        "years": [] if kept is None else _by(kept, "year"),
        "scripts": languages.facts(material)["scripts"],
        "wanting": _wanting(material),
        "is_named": _named(material) != set(),
        "released": material.books.counts["released"],
    }


def _by(table: pl.DataFrame, key: str) -> list[dict[str, Any]]:
    return table.group_by(key).agg(pl.col("documents").sum()).sort(key, nulls_last=True).to_dicts()


def _named(material: Material) -> set[str]:
    asked = (material.run.get("settings") or {}).get("languages")
    wanted = set(asked) if isinstance(asked, list) else set()
    return wanted | {str(tag) for card in material.cards
                     for tag in card.get("expected_languages") or ()}  # fmt: skip


def _wanting(material: Material) -> list[dict[str, Any]]:
    released = material.books.counts["languages"]
    seen = dict(
        material.tables["languages"].group_by("tag").agg(pl.col("documents").sum()).iter_rows()
    )
    return [{"tag": tag, "read": seen.get(tag, 0)} for tag in sorted(_named(material))
            if not released.get(tag)]  # fmt: skip


def show(fact: Facts) -> list[Block]:
    """Wanting languages, scripts, places, years, associations."""
    return [*_gaps(fact), *_scripts(fact), *_places(fact), *_years(fact), *_associations()]


def _gaps(fact: Facts) -> list[Block]:
    heading = Heading(_("Languages that were asked for and are wanting"))
    if not fact["is_named"]:
        return [heading, Missing(_(
            "No targets are recorded: the run takes all languages and no source card names"
            " `expected_languages`, so no gap can be told."))]  # fmt: skip
    if not fact["wanting"]:
        told = _("Every language that the run or a source card names has released documents.")
        return [heading, Prose(told)]
    columns = [
        Column("language", _("Language")),
        Column(
            "read",
            _("Seen"),
            "documents",
            _("Documents called by the language, none of which is released"),
        ),
    ]
    rows = [Row(one["tag"], {"language": tongue(one["tag"]), "read": one["read"]})
            for one in fact["wanting"]]  # fmt: skip
    return [heading, Table("wanting", columns, rows, caption=heading.text, kind="narrow")]


def _scripts(fact: Facts) -> list[Block]:
    columns = [
        Column("script", _("Script")),
        Column("languages", _("Languages"), "languages", _("Languages released in the script")),
        Column("documents", _("Documents"), "documents", _("Documents released in the script")),
        Column("share", _("of the release"), "share", _("Share of the released documents")),
    ]
    whole = max(fact["released"], 1)
    rows = [Row(one["script"], {**one, "script": one["name"], "share": one["documents"] / whole})
            for one in fact["scripts"]]  # fmt: skip
    bars = [(one["name"], one["documents"]) for one in fact["scripts"][:_BARS]]
    return [Chart(_("Scripts of the documents released"), svg.bars(bars, _("Scripts")),
                  Table("scripts", columns, rows, caption=_("Documents by script")))]  # fmt: skip


def _places(fact: Facts) -> list[Block]:
    rows = [Row(str(one["jurisdiction"]), {"place": one["jurisdiction"] or _("not stated"),
                                           "documents": one["documents"]})
            for one in fact["places"]]  # fmt: skip
    columns = [Column("place", _("Jurisdiction")),
               Column("documents", _("Documents"), "documents",
                      _("Documents released whose source lives there"))]  # fmt: skip
    if not rows:
        return [Missing(_("Nothing is released, so there are no places and periods to show."))]
    most = sorted(fact["places"], key=lambda one: -one["documents"])[:_BARS]
    bars = [(str(one["jurisdiction"] or _("not stated")), one["documents"]) for one in most]
    drawing = svg.bars(bars, _("Documents by jurisdiction"))
    return [Chart(_("Where the sources live, the most first"), drawing,
                  Table("places", columns, rows, caption=_("Documents by jurisdiction"),
                        kind="narrow"))]  # fmt: skip


def _years(fact: Facts) -> list[Block]:
    dated = [one for one in fact["years"] if one["year"]]
    heading = Heading(_("When the text is from"))
    if not dated:
        return [heading, Missing(_(
            "No released document has a date; `fields: {date: …}` on a source card names the"
            " column that holds it."))]  # fmt: skip
    rows = [Row(str(one["year"]), {"year": one["year"] or _("not dated"),
                                   "documents": one["documents"]})
            for one in fact["years"]]  # fmt: skip
    columns = [Column("year", _("Year")),
               Column("documents", _("Documents"), "documents",
                      _("Documents released that their source dates so"))]  # fmt: skip
    bars = [(str(one["year"]), one["documents"]) for one in dated[-40:]]
    return [heading, Chart(_("Documents by year"), svg.bars(bars, _("Documents by year")),
                           Table("years", columns, rows, caption=_("Documents by year"),
                                 kind="narrow"))]  # fmt: skip


def _associations() -> list[Block]:
    return [
        Heading(_("Words that go with groups of people")),
        Missing(
            _("Associations of words with groups of people are not measured by this version: they"
              " need a list of terms in each language, made by its speakers. What the release"
              " favours must be written by a person into its card.")
        ),
    ]  # fmt: skip


PAGE = Page(
    "representation",
    _("Representation"),
    _("Whose language is this, and whose is missing?"),
    facts,
    show,
    is_public=False,
)
