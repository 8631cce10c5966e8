"""Copies that were removed: how alike, how many together, within and between sources."""

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Figures,
    Heading,
    Missing,
    Number,
    Pairs,
    Prose,
    Row,
    Table,
)
from governance.report.counted import duplicates
from governance.report.draw import pairs
from governance.report.page import Facts, Material, Page
from governance.report.words import _

_SOURCES = 16


def facts(material: Material) -> Facts:
    """The counts, and copies beside what was kept."""
    copies = material.drawn.get("copies", ())
    read = {name: row["read"] for name, row in material.books.counts["by_source"].items()}
    contamination = next((gate for gate in material.results.get("gates", [])
                          if gate["id"] == "G-CON"), None)  # fmt: skip
    return {
        **duplicates.facts(material),
        "pairs": pairs(material.release, copies, read, material.scrub) if copies else [],
        "contamination": contamination or material.run.get("contamination"),
    }


def show(fact: Facts) -> list[Block]:
    """How many, how alike, between which sources, how well the search finds them, pairs."""
    copies = fact["exact"] + fact["near"] + fact["at_address"]
    blocks: list[Block] = [
        Figures(
            [
                (_("exact copies"), Number("exact", fact["exact"], "documents",
                 _("Documents removed because the same text is kept elsewhere"))),
                (_("near copies"), Number("near", fact["near"], "documents",
                 _("Documents removed because nearly the same text is kept elsewhere"))),
                (_("same address"), Number("at_address", fact["at_address"], "documents",
                 _("Documents removed because another one of the same address is kept"))),
                (_("of all read"), Number("share", copies / fact["read"] if fact["read"] else None,
                 "share", _("Share of the documents read that were removed as copies"))),
                (_("threshold"), Number("threshold", fact["threshold"], "score",
                 _("Least share of five-word sequences that makes a copy (Jaccard)"))),
            ]
        ),
        Prose(_("A copy counts only if it shares at least so many of its five-word sequences,"
                " compared exactly, with a document that was kept.")),
    ]  # fmt: skip
    if fact["against"]:
        told = ", ".join(map(str, fact["against"]))
        blocks.append(Prose(_("Earlier releases were compared too: {told}."), parts={"told": told},
                            is_public=False))  # fmt: skip
    if copies:
        blocks += [*_similarity(fact), *_sizes(fact), *_between(fact)]
    return [*blocks, *_curve(fact), *_contamination(fact), *_pairs(fact)]


def _similarity(fact: Facts) -> list[Block]:
    bars = len(fact["similarity"])
    rows = [
        Row(f"{place / bars:.2f}", {"similarity": f"{place / bars:.2f} – {(place + 1) / bars:.2f}",
                                    "copies": count})
        for place, count in enumerate(fact["similarity"]) if count
    ]  # fmt: skip
    columns = [Column("similarity", _("Similarity")),
               Column("copies", _("Copies"), "copies",
                      _("Copies whose similarity with what was kept lies here"))]  # fmt: skip
    return [Chart(_("Similarity of the copies with what was kept, 0 to 1"),
                  svg.histogram(fact["similarity"], _("Similarity of the copies")),
                  Table("similarity", columns, rows, caption=_("Copies by similarity"),
                        kind="narrow"))]  # fmt: skip


def _sizes(fact: Facts) -> list[Block]:
    rows = [Row(one["size"], one) for one in fact["cluster_sizes"]]
    columns = [Column("size", _("Documents together")),
               Column("clusters", _("Clusters"), "clusters",
                      _("Groups of so many documents that lost a copy"))]  # fmt: skip
    bars = [(one["size"], one["clusters"]) for one in fact["cluster_sizes"]]
    return [
        Chart(
            _("How many stood together"),
            svg.bars(bars, _("Clusters by size")),
            Table("sizes", columns, rows, caption=_("Clusters by size"), kind="narrow"),
        )
    ]


def _between(fact: Facts) -> list[Block]:
    earlier = _("an earlier release")
    rows = [
        Row(f"{one['removed_from']}|{one['kept_in']}", {
            "removed_from": Code(str(one["removed_from"])),
            "kept_in": Code(str(one["kept_in"])) if one["kept_in"] else earlier,
            "documents": one["documents"]})
        for one in sorted(fact["between"], key=lambda one: -one["documents"])
    ]  # fmt: skip
    columns = [
        Column("removed_from", _("Removed from")),
        Column("kept_in", _("Kept in")),
        Column("documents", _("Copies"), "copies", _("Copies removed from the one source while"
               " the text is kept in the other")),
    ]  # fmt: skip
    sums: dict[str, int] = {}
    for one in fact["between"]:
        for name in (one["removed_from"], one["kept_in"] or earlier):
            sums[name] = sums.get(name, 0) + one["documents"]
    names = sorted(sums, key=lambda name: (-sums[name], name))[:_SOURCES]
    counts = {(str(one["removed_from"]), str(one["kept_in"] or earlier)): one["documents"]
              for one in fact["between"]}  # fmt: skip
    return [
        Heading(_("Within and between sources"), is_public=False),
        Prose(_("Each row is a source that lost copies, each column the source in which the text"
                " is kept; copies within a source stand on the diagonal. Which source is kept"
                " follows from licence, trust, length and date."), is_public=False),
        Chart(_("Copies by source"), svg.heat(names, counts, _("Copies by source")),
              Table("between", columns, rows, caption=_("Copies by source"), kind="narrow"),
              is_public=False),
    ]  # fmt: skip


def _curve(fact: Facts) -> list[Block]:
    if not fact["s_curve"]:
        return []
    rows = [Row(f"{at:.2f}", {"similarity": f"{at:.2f}", "found": found})
            for at, found in fact["s_curve"]]  # fmt: skip
    columns = [
        Column("similarity", _("Similarity")),
        Column(
            "found",
            _("Compared"),
            "share",
            _("Probability that two documents so alike are compared at all"),
        ),
    ]
    drawing = svg.curve(fact["s_curve"], fact["threshold"] or 0, _("Probability of being compared"))
    return [
        Heading(_("How many copies the search finds")),
        Prose(
            _("Before two documents are compared they must meet in one of {bands} bands of {rows}"
              " values. This is how likely that is, by their similarity; the line marks the"
              " threshold."),
            [Number("bands", fact["bands"], "bands", _("Bands of the signature")),
             Number("rows", fact["rows"], "values", _("Values of the signature in a band"))],
        ),
        Chart(_("Probability of being compared, by similarity"), drawing,
              Table("curve", columns, rows, caption=_("Probability by similarity"),
                    kind="narrow")),
    ]  # fmt: skip


def _contamination(fact: Facts) -> list[Block]:
    heading = Heading(_("Test sets in the text"))
    found = fact["contamination"]
    if not isinstance(found, dict) or not found.get("judged", True):
        note = found.get("note") if isinstance(found, dict) else None
        return [heading, Missing(note or _(
            "Whether benchmarks stand in the text was not looked for in this run."))]  # fmt: skip
    number = Number("contaminated", found.get("figure"), "documents",
                    _("Released documents in which a test set was found"))  # fmt: skip
    told = Prose(_("Released documents that hold a test set: {contaminated}. {note}"), [number],
                 {"note": str(found.get("note") or "")})  # fmt: skip
    return [heading, told]


def _pairs(fact: Facts) -> list[Block]:
    if not fact["exact"] + fact["near"]:
        return []
    return [
        Heading(_("Copies beside what was kept"), is_public=False),
        Prose(_("Up to ten near copies, drawn by lot. What only the removed one says is struck"
                " through, what only the kept one says is underlined."), is_public=False),
        Pairs(fact["pairs"]),
    ]  # fmt: skip


PAGE = Page(
    "duplicates",
    _("Duplication"),
    _("Was anything removed that is no copy, and is the right source kept?"),
    facts,
    show,
    is_public=True,
)
