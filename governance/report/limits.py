"""Limits of languages as blocks: what each is, what it removed, and one that can be moved."""

from textwrap import shorten
from typing import Any

from governance.report import svg
from governance.report.blocks import (
    Block,
    Code,
    Column,
    Decide,
    Heading,
    Missing,
    Number,
    Prose,
    Row,
    Small,
    Table,
    WhatIf,
)
from governance.report.counted.what_if import SCORES
from governance.report.page import Facts
from governance.report.words import _
from governance.tongues import tongue

#: As much of the source of a limit as stands under its rule; all of it stands on the funnel's page.
_SOURCE_CHARS = 150


def limits(fact: Facts) -> list[Block]:
    """The limits of the languages with most documents, each with its source; none: no block."""
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


def movable(fact: Facts) -> list[Block]:
    """What other score limits would keep, as a table, and one limit that the reader moves."""
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
