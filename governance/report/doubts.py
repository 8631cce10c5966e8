"""Doubts about languages as blocks: what nobody could tell, second models, unexpected ones."""

from typing import Any

from governance.report.blocks import (
    Block,
    Code,
    Column,
    Heading,
    Number,
    Prose,
    Row,
    Table,
)
from governance.report.page import Facts
from governance.report.words import _
from governance.tongues import tongue


def doubts(fact: Facts) -> list[Block]:
    """Documents that nobody could call, and where a second model says otherwise."""
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


def unexpected(fact: Facts) -> list[Block]:
    """Languages that a source holds and its card does not name."""
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
