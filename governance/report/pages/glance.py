"""What the release is, in one look."""

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Figures,
    Heading,
    Link,
    Number,
    Prose,
    Row,
    Table,
)
from governance.report.counted.glance import facts
from governance.report.page import Facts, Page
from governance.report.words import _
from governance.tongues import tongue


def show(fact: Facts) -> list[Block]:
    """Figures, what became of the documents, languages, where the most was lost."""
    return [_figures(fact), *_outcome(fact), *_largest(fact), *_lost(fact)]


def _figures(fact: Facts) -> Block:
    told = [
        (_("documents released"), "released", "documents", _("Documents in the release")),
        (_("text released"), "bytes_text", "bytes", _("Bytes of UTF-8 text in the release")),
        (_("languages"), "languages", "languages", _("Different tags of released documents")),
        (_("scripts"), "scripts", "scripts", _("Different scripts of released documents")),
        (_("sources"), "sources", "sources", _("Sources that documents were read from")),
        (_("copies removed"), "duplicates", "documents",
         _("Documents removed as exact or near copies")),
        (_("personal data masked"), "personal_data", "values",
         _("Values of personal data that were masked, in all documents read as text")),
    ]  # fmt: skip
    return Figures([(name, Number(key, fact[key], unit, means)) for name, key, unit, means in told])


def _outcome(fact: Facts) -> list[Block]:
    names = {
        "released": _("Documents that are released"),
        "quarantined": _("Documents of which something could not be told, so that they wait"),
        "removed": _("Documents that a rule removed"),
    }
    read = fact["read"]
    rows = [
        Row(key, {"outcome": key, "documents": fact[key],
                  "share": fact[key] / read if read else None}, kind="")
        for key in names
    ]  # fmt: skip
    columns = [
        Column("outcome", _("Outcome")),
        Column("documents", _("Documents"), "documents", _("Documents that ended so")),
        Column("share", _("of all read"), "share", _("Share of the documents read that ended so")),
    ]
    told = [(f"{key}: {fact[key]:,}", fact[key], key) for key in names]
    label = ", ".join(name for name, _size, _colour in told)
    return [
        Prose(
            _("{read} documents were read. Each ended exactly once: released, removed by a rule,"
              " or in quarantine because something about it could not be told."),
            [Number("read", read, "documents", _("Documents read, of all sources"))],
        ),
        Chart(_("What became of the documents read"), svg.stacked(told, label),
              Table("outcome", columns, rows, kind="narrow"),
              [(key, _(key)) for key in names]),
    ]  # fmt: skip


def _largest(fact: Facts) -> list[Block]:
    top = fact["largest"][0]["documents"] if fact["largest"] else 1
    rows = [
        Row(
            str(one["tag"]),
            {
                "language": tongue(one["tag"]),
                "documents": one["documents"],
                "share": one["documents"] / fact["released"],
                "bar": svg.meter(one["documents"] / top, "bar", ""),
            },
        )
        for one in fact["largest"]
    ]
    columns = [
        Column("language", _("Language")),
        Column("documents", _("Released"), "documents", _("Documents released in the language")),
        Column("share", _("of the release"), "share", _("Share of the released documents")),
        Column("bar", "", kind="chart"),
    ]
    return [Heading(_("Largest languages")), Table("largest", columns, rows,
            caption=_("The languages with the most released documents"))]  # fmt: skip


def _lost(fact: Facts) -> list[Block]:
    if not fact["most_lost"]:
        return [Heading(_("What to look at first")), Prose(_("Nothing was held back."))]
    places = {"rule": "funnel", "source": "sources", "language": "language"}
    names = {"rule": _("Rule that held back the most"),
             "source": _("Source that lost the greatest part"),
             "language": _("Language that lost the greatest part")}  # fmt: skip
    rows = [
        Row(
            one["what"],
            {
                "what": Link(places[one["what"]], names[one["what"]]),
                "name": Code(str(one["name"])),
                "documents": one["documents"],
                "share": one["share"],
            },
        )
        for one in fact["most_lost"]
    ]
    columns = [
        Column("what", _("Where")),
        Column("name", _("Name")),
        Column("documents", _("Held back"), "documents", _("Documents that were held back there")),
        Column("share", _("Share"), "share",
               _("Of the documents read there; of all documents read for a rule")),
    ]  # fmt: skip
    return [
        Heading(_("What to look at first")),
        Table("lost", columns, rows, caption=_("Where the most was held back")),
        Prose(_("A great loss is no mistake by itself. Sources and languages with fewer than ten"
                " documents are left out here."), kind="aside"),
    ]  # fmt: skip


PAGE = Page(
    "glance",
    _("At a glance"),
    _("Is this the corpus that the programme asked for?"),
    facts,
    show,
    is_public=True,
)
