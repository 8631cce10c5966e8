"""Which languages there are, how sure the model was, what it takes for what, what a limit costs."""

from textwrap import shorten
from typing import Any

import polars as pl

from governance.report import svg
from governance.report.blocks import (
    Block,
    Chart,
    Code,
    Column,
    Decide,
    Heading,
    Missing,
    Number,
    Prose,
    Row,
    Samples,
    Small,
    Table,
    WhatIf,
)
from governance.report.counted import languages
from governance.report.counted.what_if import SCORES, busiest, kept_at, what_if
from governance.report.page import Facts, Material, Page
from governance.report.render import endonym
from governance.report.words import _
from governance.tongues import tongue

#: Pairs of neighbours that are listed, and languages that the heat map has room for.
_PAIRS, _HEAT = 60, 16
#: As much of the source of a limit as stands under its rule; all of it stands on the funnel's page.
_SOURCE_CHARS = 150


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
        *_table(fact), *_confusions(fact), *_limits(fact), *_moved(fact), *_doubts(fact),
        *_unexpected(fact), *_passages(fact),
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


def _limits(fact: Facts) -> list[Block]:
    if not fact["busiest"]:
        return []
    columns = [
        Column("language", _("Language")),
        Column("rule", _("Rule")),
        Column("documents", _("Held back"), "documents",
               _("Documents of the language that the rule held back")),
        Column("share", _("of the language"), "share",
               _("Share of all documents of the language that the rule held back")),
        Column("limit", _("Limit"), "measure", _("The limit that holds for the language")),
        Column("try", _("Try another")),
        Column("decide", _("Your limit"), kind="control"),
    ]  # fmt: skip
    rows = [
        Row(
            f"{one['tag']}|{one['rule']}",
            {
                "language": tongue(one["tag"]),
                "rule": (Code(one["rule"]), Small(_shortened(one["source"]))),
                "documents": one["documents"],
                "share": one["documents"] / one["of"] if one["of"] else None,
                "limit": one["limit"],
                "try": svg.try_link(one["tag"], one["rule"], _("move it")),
                "decide": Decide("threshold", f"{one['tag']}:{one['key']}", f"{one['limit']:g}"
                                 if one["limit"] is not None else ""),
            },
        )
        for one in fact["busiest"]
    ]  # fmt: skip
    return [
        Heading(_("Limits that hold back the most"), "limits", is_public=False),
        Table(
            "limits",
            columns,
            rows,
            caption=_("Limits by the documents that they hold back"),
            is_public=False,
        ),
    ]


def _shortened(source: str | None) -> str:
    return shorten(source or "", _SOURCE_CHARS, placeholder=" …")


def _moved(fact: Facts) -> list[Block]:
    blocks: list[Block] = []
    if fact["kept_at"]:
        columns = [Column("language", _("Language")),
                   Column("released", _("Released"), "documents",
                          _("Documents released in the language that have a score"))]  # fmt: skip
        columns += [
            Column(f"at_{round(100 * score):02}", f"≥ {score:g}", "documents",
                   _("Documents that would stay if this score were asked for"))
            for score in SCORES
        ]  # fmt: skip
        rows = [
            Row(row["tag"], {"language": tongue(row["tag"]), "released": row["released"]}
                | {f"at_{round(100 * score):02}": row["kept"][score] for score in SCORES})
            for row in fact["kept_at"]
        ]  # fmt: skip
        blocks = [
            Heading(_("What another score would keep"), is_public=False),
            Table("kept_at", columns, rows, caption=_("Documents kept by least score"),
                  kind="dense", folded=_("Documents that stay, by the least score asked for"),
                  is_public=False),
        ]  # fmt: skip
    data = fact["what_if"]
    heading = Heading(_("Move a limit"), "move", is_public=False)
    if not data["languages"]:
        return [*blocks, heading, Missing(
            _("The record of this run does not say which measure each limit is held against, so a"
              " limit cannot be moved here; a run with this version states it:"),
            "endonym curate RUN.yaml", is_public=False)]  # fmt: skip
    words = {
        "still": _("This is the limit that held in the run."),
        "moved": _("Counted from buckets, so exact to a step. A document that this rule lets go"
                   " may still fail a later one, or be a copy."),
        "bars": _("Documents kept and held back, by the value measured"),
    }  # fmt: skip
    return [
        *blocks,
        heading,
        Prose(_("Choose a language and a rule and move the limit: the page counts again how many"
                " documents would stay and how many would come free."), is_public=False),
        WhatIf({**data, "words": words}, _bucket_numbers(data)),
    ]  # fmt: skip


def _bucket_numbers(data: dict[str, Any]) -> list[Number]:
    told = {
        "kept": _("Released documents by bucket of the rule's measure: the first, then the counts"),
        "held": _("Documents that the rule held back by bucket: the first bucket, then the counts"),
    }
    numbers = []
    for which, means in told.items():
        values = {
            f"{tag}|{rule}": one[which]
            for tag, language in data["languages"].items()
            for rule, one in language["rules"].items()
        }
        numbers.append(Number(f"what_if.{which}", values, "documents", means))  # type: ignore[arg-type]  # buckets
    return numbers


def _doubts(fact: Facts) -> list[Block]:
    blocks: list[Block] = []
    if fact["undetermined"]:
        columns = [
            Column("reason", _("Reason")),
            Column(
                "documents",
                _("Documents"),
                "documents",
                _("Documents of which no language could be told, for this reason"),
            ),
        ]
        rows = [Row(one["reason"], {**one, "reason": Code(one["reason"])})
                for one in fact["undetermined"]]  # fmt: skip
        blocks += [
            Heading(_("Where no language could be told")),
            Prose(_("These documents carry the tag und; the best guess stands in their rows as"
                    " the runner-up.")),
            Table("undetermined", columns, rows, caption=_("Reasons"), kind="narrow"),
        ]  # fmt: skip
    second = fact["second_model"]
    if second["agrees"] or second["disagrees"]:
        blocks += _second(second)
    return blocks


def _second(second: dict[str, Any]) -> list[Block]:
    numbers = [
        Number("agrees", second["agrees"], "documents",
               _("Documents on which the second model agrees")),
        Number("disagrees", second["disagrees"], "documents",
               _("Documents on which the second model disagrees")),
    ]  # fmt: skip
    columns = [
        Column("called", _("Called")),
        Column("other", _("Second model")),
        Column("documents", _("Documents"), "documents",
               _("Documents that the two models call so")),
    ]  # fmt: skip
    rows = [
        Row(f"{one['tag']}|{one['other_tag']}", {"called": tongue(one["tag"]),
            "other": tongue(one["other_tag"]), "documents": one["documents"]})
        for one in second["pairs"]
    ]  # fmt: skip
    return [
        Heading(_("What the second model says"), is_public=False),
        Prose(_("It agrees on {agrees} documents and disagrees on {disagrees}. Of the others it"
                " knows no language that could be compared."), numbers, is_public=False),
        Table("second_model", columns, rows, caption=_("Where two models differ"), kind="narrow",
              is_public=False),
    ]  # fmt: skip


def _unexpected(fact: Facts) -> list[Block]:
    if not fact["unexpected"]:
        return []
    columns = [
        Column("source", _("Source")),
        Column("called", _("Called")),
        Column("documents", _("Documents"), "documents",
               _("Released documents in a language that the source's card does not name")),
    ]  # fmt: skip
    rows = [
        Row(f"{one['source']}|{one['tag']}", {"source": Code(one["source"]),
            "called": tongue(one["tag"]), "documents": one["documents"]})
        for one in fact["unexpected"]
    ]  # fmt: skip
    return [
        Heading(_("Languages that their source does not name"), is_public=False),
        Prose(_("Released in a language that is not among the `expected_languages` of the source's"
                " card: either the card is not complete, or the model is wrong."),
              is_public=False),
        Table("unexpected", columns, rows, caption=_("Languages not named on cards"),
              kind="narrow", is_public=False),
    ]  # fmt: skip


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
