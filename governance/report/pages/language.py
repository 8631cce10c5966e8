"""Which languages there are, how sure the model was, what it takes for what, what a limit costs."""

from typing import Any

import polars as pl

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Heading,
    Missing,
    Number,
    Prose,
    Row,
    Samples,
    Table,
)
from governance.report.counted import languages
from governance.report.counted.what_if import busiest, kept_at, what_if
from governance.report.doubts import doubts, unexpected
from governance.report.limits import limits, movable
from governance.report.page import Facts, Material, Page
from governance.report.render import endonym
from governance.report.words import _
from governance.tongues import tongue

#: Pairs of neighbours that are listed, and languages that the heat map has room for.
_PAIRS, _HEAT = 60, 16


def facts(material: Material) -> Facts:
    """Languages with scores, neighbours, limits that can be moved, passages."""
    return {
        **languages.facts(material),
        "neighbours": _neighbours(material),
        "busiest": busiest(material),
        "kept_at": kept_at(material),
        "what_if": what_if(material),
        "random": list(material.drawn.get("random", ())),
        "doubt": list(material.drawn.get("doubt", ())),
    }


def _neighbours(material: Material) -> list[dict[str, Any]]:
    table = material.tables.get("neighbours")
    if table is None:
        return []
    ordered = table.sort(-pl.col("documents"), "tag", "second").head(_PAIRS)
    return ordered.to_dicts()


def show(fact: Facts) -> list[Block]:
    """Languages, scores, neighbours, limits, a limit to be moved, passages."""
    if not fact["languages"]:
        return [Missing(_("No document got as far as being called by a language."))]
    return [
        *_table(fact), *_confusions(fact), *limits(fact), *movable(fact), *doubts(fact),
        *unexpected(fact), *_passages(fact),
    ]  # fmt: skip


def _table(fact: Facts) -> list[Block]:
    columns = [
        Column("language", _("Language")),
        Column("endonym", _("Called by its speakers")),
        Column("released", _("Released"), "documents", _("Documents released in the language")),
        Column("removed", _("Removed"), "documents", _("Documents removed in the language")),
        Column("quarantined", _("Quarantined"), "documents",
               _("Documents in quarantine in the language")),
        Column("share", _("Kept"), "share", _("Share of its documents that is released")),
        Column("mixed", _("Mixed"), "documents",
               _("Released documents with a tenth or more in another language")),
        Column("scores", _("Score, 0 to 1"), kind="chart"),
    ]  # fmt: skip
    rows = [_language(row) for row in fact["languages"]]
    blocks: list[Block] = [
        Prose(
            _("The language is what the model called each document, not what its source said."
              " The histogram shows how sure it was of the documents released, from 0 at the"
              " left to 1 at the right; a language whose bars stand far to the left deserves a"
              " reader.")
        ),
        Table("languages", columns, rows, caption=_("Documents by language"), kind="languages"),
        _histograms(fact),
    ]  # fmt: skip
    if fact["without"]:
        numbers = [Number(f"without_{key}", fact["without"][key], "documents",
                          _("Documents without a language: not read, or not admitted"))
                   for key in ("removed", "quarantined")]  # fmt: skip
        told = _("Without a language, because they were not read or not admitted: {without_removed}"
                 " removed, {without_quarantined} quarantined.")  # fmt: skip
        blocks.append(Prose(told, numbers, kind="aside"))
    return blocks


def _language(row: dict[str, Any]) -> Row:
    whole = row["released"] + row["removed"] + row["quarantined"]
    drawn = svg.histogram(row["scores"], _("Scores of {name}").format(name=row["name"]))
    return Row(
        str(row["tag"]),
        {
            **row,
            "language": tongue(row["tag"]),
            "endonym": endonym(tongue(row["tag"])),
            "share": row["released"] / whole if whole else None,
            "mixed": row["mixed"] if row["released"] else None,
            "scores": drawn if row["released"] else "",
        },
    )


def _histograms(fact: Facts) -> Table:
    bars = fact["bars"]
    columns = [Column("tag", _("Score from"))] + [
        Column(f"from_{100 * place // bars:02}", f"{place / bars:.2f}", "documents",
               _("Documents released whose score is in this twentieth of the scale"))
        for place in range(bars)
    ]  # fmt: skip
    rows = [
        Row(str(row["tag"]), {"tag": Code(str(row["tag"]))}
            | {f"from_{100 * place // bars:02}": one for place, one in enumerate(row["scores"])})
        for row in fact["languages"] if row["released"]
    ]  # fmt: skip
    return Table("scores", columns, rows, caption=_("Scores of the documents released"),
                 kind="dense", folded=_("The numbers of the histograms"),
                 is_public=False)  # fmt: skip


def _confusions(fact: Facts) -> list[Block]:
    heading = Heading(_("What is taken for what"), is_public=False)
    pairs = fact["neighbours"]
    if not pairs:
        told = _("No released document had a runner-up with a fifth of the probability or more.")
        return [heading, Prose(told, is_public=False)]
    columns = [
        Column("tag", _("Called")),
        Column("second", _("Runner-up")),
        Column("documents", _("Documents"), "documents",
               _("Released documents whose runner-up has a probability of a fifth or more")),
    ]  # fmt: skip
    rows = [
        Row(f"{one['tag']}|{one['second']}", {"tag": tongue(one["tag"]),
            "second": tongue(one["second"]), "documents": one["documents"]})
        for one in pairs
    ]  # fmt: skip
    names = list(dict.fromkeys(name for one in pairs for name in (one["tag"], one["second"])))
    drawing = svg.heat(
        names[:_HEAT],
        {(one["tag"], one["second"]): one["documents"] for one in pairs},
        _("Documents by call and runner-up"),
    )
    blocks: list[Block] = [
        heading,
        Prose(_("Released documents of which the model thought another language nearly as"
                " likely: rows are what they were called, columns the runner-up."),
              is_public=False),
        Chart(_("Call and runner-up"), drawing,
              Table("neighbours", columns, rows, caption=_("Call and runner-up"), kind="narrow"),
              is_public=False),
    ]  # fmt: skip
    return blocks


def _passages(fact: Facts) -> list[Block]:
    return [
        Samples(
            _("Kept, drawn by lot"),
            "random",
            _("One released document of each of the 60 languages with the most documents, of the"
              " first 30 one from each quarter of the score scale, drawn by lot among the keyed"
              " ids."),
            fact["random"],
            _("No document was kept."),
        ),
        Samples(
            _("Kept, and least sure"),
            "risk",
            _("Of each of these languages the released document with the least score. It is drawn"
              " to find what is wrong, and says nothing about the whole."),
            fact["doubt"],
            _("No document was kept."),
        ),
    ]  # fmt: skip


PAGE = Page(
    "language",
    _("Language"),
    _("Is each text in the language that it is said to be in, and does a limit cost too much?"),
    facts,
    show,
    is_public=True,
)
